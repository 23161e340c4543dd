"""Two publishers at the same moment: no address belongs to two pages, and the index follows what is committed."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import Context, Template

from languages.codes import LANGUAGES
from pages.models import SitePage, StandardPage
from tests.building import make_home, make_standard
from tests.publishing import fresh
from tests.racing import outcomes


def slugs(slug):
    return {f"url_slug_{code}": slug for code in LANGUAGES}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_siblings_published_at_the_same_moment_with_the_same_slug_one_wins():
    home = make_home()
    for number in range(5):
        same = slugs(f"same-{number}")
        pair = [make_standard(home, f"{name} {number}", live=False, **same) for name in ("one", "another")]
        results = outcomes(*(page.latest_revision.publish for page in pair))
        assert [type(error) for error in results if error] == [ValidationError]
        assert [fresh(page).live for page in pair] == [error is None for error in results]
        assert SitePage.objects.filter(address_fr=f"same-{number}").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_moved_and_a_page_published_at_the_same_moment_do_not_share_an_address():
    home = make_home()
    place = make_standard(home, "place")
    for number in range(3):
        moved = make_standard(home, f"moved {number}", **slugs(f"same-{number}"))
        published = make_standard(place, f"published page {number}", live=False, **slugs(f"same-{number}"))
        results = outcomes(lambda page=moved: page.move(fresh(place), pos="last-child"), published.latest_revision.publish)
        assert [type(error) for error in results if error] == [ValidationError]
        assert SitePage.objects.filter(address_fr=f"place-fr/same-{number}").count() == 1
        assert SitePage.objects.filter(live=True, address_fr=None).count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_of_wagtail_follows_once_a_save_is_committed_and_never_a_save_that_is_not():
    key, answers = make_standard(make_home()).pk, []

    def is_found():
        return SitePage.objects.all().search("Xyzzy").count()

    def publish_and(finish):
        with transaction.atomic():
            page = SitePage.objects.get(pk=key).specific
            page.heading_nl = page.heading_fr = page.heading_en = "Xyzzy"
            page.save_revision().publish()
            answers.append(is_found())
            finish()
        answers.append(is_found())

    assert outcomes(lambda: publish_and(lambda: transaction.set_rollback(True))) == [None]
    assert outcomes(lambda: publish_and(bool)) == [None]
    assert answers == [0, 0, 0, 1]


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["save", "delete", "copy"])
def test_no_template_may_change_a_page(name):
    assert getattr(SitePage, name).alters_data
    assert Template("{{ page." + name + " }}").render(Context({"page": StandardPage()})) == ""
