"""Moving pages, singly and in bulk, as a publisher: who comes second waits, and what cannot be says why."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from languages.parity import ParityMissing
from pages import address_writer
from tests.building import make_standard
from tests.editor import messages_of, translate
from tests.many import multiply
from tests.publishing import bulk, fresh, is_hidden, move


def test_the_tree_is_read_for_a_new_order_once_nobody_else_changes_it(publisher, client, home):
    first, last = make_standard(home, "a"), make_standard(home, "b")
    url = reverse("wagtailadmin_pages:set_page_position", args=[last.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.post(f"{url}?position=0").status_code == 200
    asked = [one["sql"] for one in queries]
    locked = next(place for place, sql in enumerate(asked) if "pg_advisory_xact_lock" in sql)
    assert locked < next(place for place, sql in enumerate(asked) if f'"wagtailcore_page"."id" = {last.pk}' in sql)
    assert Page.objects.get(pk=last.pk).path < Page.objects.get(pk=first.pk).path


@pytest.mark.sampled(1)
@pytest.mark.parametrize("at_once", [0, 2_000])
def test_a_section_is_moved_by_as_many_statements_however_many_pages_stand_in_it(publisher, client, home, monkeypatch, at_once):
    monkeypatch.setattr("search.indexing.MOVED_AT_ONCE", at_once)
    place = make_standard(home, "place")

    def statements_of_a_move(number):
        section = make_standard(home, f"s{number}")
        multiply(make_standard(section, "below"), number)
        with CaptureQueriesContext(connection) as asked:
            assert move(client, section, place).status_code == 302
            statements = [one["sql"] for one in asked]
        old = f"s{number}-fr/below-fr-{number - 1}/"
        assert client.get(f"/fr/{old}")["Location"] == f"/fr/place-fr/{old}"
        assert Redirect.objects.filter(redirect_page__path__startswith=fresh(section).path).count() == 3 * (number + 2)
        return statements

    _warm, few, many = map(statements_of_a_move, (2, 3, 120))
    assert len(many) == len(few) <= 100
    assert len([sql for sql in many if "INTO wagtailredirects_redirect" in sql or "UPDATE pages_sitepage" in sql]) == 1


def test_a_page_that_moves_there_and_back_is_logged_as_moved_and_where_wagtail_looks_for_it(publisher, client, home):
    page, place = make_standard(home, "page"), make_standard(home, "place")
    below, before = make_standard(page, "below"), page.url_path
    for destination in (place, home):
        move(client, page, fresh(destination))
        for one, above in ((page, destination), (below, page)):
            assert fresh(one).url_path == f"{fresh(above).url_path}{one.slug}/"
    assert fresh(page).url_path == before
    logged = PageLogEntry.objects.filter(page=page, action__in=["wagtail.move", "wagtail.reorder"])
    assert [entry.action for entry in logged] == ["wagtail.move"] * 2


@pytest.mark.sweep
def test_pages_of_one_slug_are_not_moved_to_one_place(publisher, client, home):
    above = [make_standard(home, name) for name in "ab"]
    twins = [make_standard(parent, "twin") for parent in above]
    destination = make_standard(home, "c")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "move"])
    response = client.post(f"{url}?{'&'.join(f'id={page.pk}' for page in twins)}", {"chooser": destination.pk})
    assert response.status_code == 302
    with translation.override("fr"):
        assert address_writer.taken_message("nl") in messages_of(response)[-1]
    assert [Page.objects.get(pk=page.pk).get_parent().pk for page in twins] == [parent.pk for parent in above]


@pytest.mark.sweep
def test_a_move_that_would_make_an_address_too_long_says_that_nothing_was_moved(publisher, client, home):
    page = make_standard(home, "a")
    for _level in range(3):
        page = make_standard(page, "x" * 70)
    child, destination = make_standard(home, "y" * 70), page
    url = reverse("wagtailadmin_pages:move_confirm", args=[child.pk, destination.pk])
    response = client.post(url)
    assert messages_of(response)[-1].startswith(translate("Not moved.", "fr"))
    assert Page.objects.get(pk=child.pk).get_parent().pk == home.pk


@pytest.mark.sweep
def test_a_draft_that_is_moved_stays_a_draft(publisher, client, home, dutch):
    assert move(client, dutch, make_standard(home)).status_code == 302
    assert is_hidden(dutch)
    with pytest.raises(ParityMissing):
        fresh(dutch).latest_revision.publish()


@pytest.mark.sweep
def test_a_move_to_where_the_slug_is_taken_is_refused_with_a_message(publisher, client, home):
    place = make_standard(home, "place")
    make_standard(place, "other", url_slug_fr="same")
    page = make_standard(home, "page", url_slug_fr="same")
    for response in (move(client, page, place), bulk(client, "move", [page], chooser=place.pk)):
        assert response.status_code == 302
        message = translate("Another page has this address in %(language)s already.", "fr", language="fr")
        assert messages_of(response)[-1] == f"page fr: {message}"
        assert fresh(page).get_parent().specific == home
        assert fresh(page).paths()["fr"] == "/fr/same/"


def test_a_move_to_a_slug_of_the_site_itself_is_refused_with_a_message(publisher, client, home):
    page = make_standard(make_standard(home, "place"), "page", url_slug_fr="recherche")
    response = move(client, page, home)
    assert response.status_code == 302
    assert translate("This address belongs to the site itself; choose another.", "fr") in messages_of(response)[0]
    assert fresh(page).paths()["fr"] == "/fr/place-fr/recherche/"


@pytest.mark.sweep
def test_pages_that_have_the_same_slug_are_not_moved_together(publisher, client, home):
    place = make_standard(home, "place")
    first = make_standard(make_standard(home, "a"), "first", url_slug_nl="same")
    second = make_standard(make_standard(home, "b"), "second", url_slug_nl="same")
    response = bulk(client, "move", [first, second], chooser=place.pk)
    assert response.status_code == 302 and messages_of(response)
    assert fresh(first).paths()["nl"] == "/nl/a-nl/same/" and fresh(second).paths()["nl"] == "/nl/b-nl/same/"


@pytest.mark.sweep
def test_a_move_that_makes_an_address_too_long_is_refused_with_a_message(publisher, client, home):
    page = make_standard(home, "page", url_slug_fr="p" * 80)
    make_standard(page, "below", url_slug_fr="b" * 80)
    place = make_standard(make_standard(home, "a", url_slug_fr="a" * 80), "c", url_slug_fr="c" * 80)
    for response in (move(client, page, place), bulk(client, "move", [page], chooser=place.pk)):
        assert response.status_code == 302
        assert translate("The whole address would be too long; shorten the slug.", "fr") in messages_of(response)[-1]
        assert fresh(page).get_parent().specific == home


def test_another_order_of_pages_changes_no_address(publisher, client, home):
    pages = [make_standard(home, name) for name in ("first", "second")]
    position = reverse("wagtailadmin_pages:set_page_position", args=[pages[1].pk])
    assert client.post(f"{position}?position=0").status_code == 200
    assert list(fresh(home).get_children()) == [Page.objects.get(pk=page.pk) for page in reversed(pages)]
    assert [fresh(page).paths() for page in pages] == [page.paths() for page in pages]
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.sampled(1)
def test_a_move_in_the_shell_to_where_the_slug_is_taken_changes_nothing(plain, home):
    place = make_standard(home, "place")
    make_standard(place, "other", url_slug_fr="same")
    page = make_standard(home, "page", url_slug_fr="same")
    with pytest.raises(ValidationError):
        (Page.objects.get(pk=page.pk) if plain else page).move(fresh(place), pos="last-child")
    assert fresh(page).get_parent().specific == home
    assert fresh(page).paths()["fr"] == "/fr/same/"
