"""What leaves the translation memory: a match that a publisher forgets, and what was published by objects long gone."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageLogEntry

from directory.models import GlossaryTerm
from languages.standing import Standing
from pages.models import StandardPage
from reporting.retention import months_before
from tests.building import make_standard, make_term, make_user, staff
from tests.remembered import SENTENCES, make_page, matches_url, remembered_texts
from translation_memory.models import RememberedUnit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
ASKED = {"address": "summary", "language": "fr"}


@pytest.fixture
def page_to_translate(home):
    """A draft without French, of a text that was published twice, and once more in two languages only."""
    make_page(home, "one")
    make_page(home, "two", summary_en="Something else.")
    return make_page(home, "three", live=False, summary_fr="", summary_en="")


def forget_url(page):
    return reverse("forget_text", args=["pages", "standardpage", page.pk])


def shown_to(client, page):
    return client.get(matches_url(page), ASKED).json()["matches"]


def answer_to_forgetting(client, page, match, **others):
    sent = {"unit": match["unit"], "languages": [match["source"]["language"], "fr"]}
    return client.post(forget_url(page), sent | others)


@pytest.mark.parametrize("role", ["Publishers", None])
def test_a_match_is_forgotten_wherever_it_was_published_and_the_history_tells_without_its_text(role, page_to_translate):
    client = staff(role)
    (match,) = shown_to(client, page_to_translate)
    assert RememberedUnit.objects.filter(texts__text=SENTENCES["fr"]).count() == 2
    answer = answer_to_forgetting(client, page_to_translate, match)
    assert answer.status_code == 200 and answer.json()["says"]
    assert SENTENCES["fr"] not in remembered_texts("fr") and shown_to(client, page_to_translate) == []
    entry = PageLogEntry.objects.get(action="translation_memory.forget")
    assert entry.page_id == page_to_translate.pk and entry.data["languages"] == ["nl", "fr"]
    assert entry.formatter.format_comment(entry).endswith(": two nl") and SENTENCES["nl"] not in str(entry.data)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", ["Translators", "Reviewers", "Editors"])
def test_others_are_not_offered_it_and_are_refused(role, page_to_translate):
    (match,) = shown_to(staff("Publishers"), page_to_translate)
    client = staff(role, "fr")
    assert [one["unit"] for one in shown_to(client, page_to_translate)] == [None]
    assert answer_to_forgetting(client, page_to_translate, match).status_code == 403
    assert SENTENCES["fr"] in remembered_texts("fr")


def test_whoever_may_forget_does_so_in_their_own_languages_and_beside_what_they_may_edit(page_to_translate):
    (match,) = shown_to(staff("Publishers"), page_to_translate)
    publisher = make_user("Publishers")
    group = publisher.groups.get()
    group.permissions.remove(group.permissions.get(codename="write_all_languages"))
    publisher.languages = ["nl"]
    publisher.save()
    client = staff()
    client.force_login(publisher)
    assert [one["unit"] for one in shown_to(client, page_to_translate)] == [None]
    assert answer_to_forgetting(client, page_to_translate, match).status_code == 403
    publisher.languages = ["fr"]
    publisher.save()
    group.page_permissions.all().delete()
    assert answer_to_forgetting(client, page_to_translate, match).status_code == 403
    assert SENTENCES["fr"] in remembered_texts("fr")


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    "sent", [{"unit": ""}, {"unit": "9" * 30}, {"unit": "x"}, {"languages": ["fr"]}, {"languages": ["xx", "fr"]}]
)
def test_what_is_no_match_takes_nothing_out(sent, page_to_translate):
    client = staff("Publishers")
    (match,) = shown_to(client, page_to_translate)
    assert answer_to_forgetting(client, page_to_translate, match, **sent).status_code in (200, 403)
    assert SENTENCES["fr"] in remembered_texts("fr") and not PageLogEntry.objects.filter(action="translation_memory.forget")


def test_what_no_longer_exists_is_not_found(page_to_translate):
    assert staff().post(reverse("forget_text", args=["pages", "standardpage", 999_999])).status_code == 404


# --- What is gone


def forget():
    printed = io.StringIO()
    call_command("forget_translations", stdout=printed)
    return printed.getvalue()


def test_what_was_published_by_an_object_that_is_gone_is_forgotten_some_months_later(home, settings):
    settings.MEMORY_MONTHS = 3
    page, term = make_page(home, "one"), make_term(definition_nl="Wie het is.", definition_fr="Qui c’est.")
    stays = make_standard(home, "stays")
    assert forget().startswith("Forgot 0:")
    StandardPage.objects.get(pk=page.pk).delete()
    GlossaryTerm.objects.get(pk=term.pk).delete()
    assert forget().startswith("Forgot 0:") and {SENTENCES["nl"], "Wie het is."} <= remembered_texts()
    gone = RememberedUnit.objects.exclude(gone_since=None)
    assert {unit.object_id for unit in gone} == {page.pk, term.pk}
    limit = months_before(timezone.localtime(), 3)
    gone.filter(object_id=page.pk).update(gone_since=limit - timedelta(minutes=1))
    gone.filter(object_id=term.pk).update(gone_since=limit + timedelta(minutes=10))
    assert not forget().startswith("Forgot 0:")
    assert SENTENCES["nl"] not in remembered_texts() and {"Wie het is.", "stays nl"} <= remembered_texts()
    assert Standing.objects.filter(object_id=stays.pk).exists()


def test_what_somebody_publishes_again_is_gone_no_more(home):
    page = make_page(home, "one")
    StandardPage.objects.get(pk=page.pk).delete()
    forget()
    assert RememberedUnit.objects.exclude(gone_since=None).filter(texts__text=SENTENCES["nl"])
    make_page(home, "two")
    assert not RememberedUnit.objects.exclude(gone_since=None).filter(texts__text=SENTENCES["nl"])
