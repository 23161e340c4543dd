"""The home of each role: its own work, at most ten lines of a kind, and the same few queries whatever there is."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.admin.views.home import HomeView

from audience.models import Message
from languages.codes import LANGUAGES
from languages.standing import Standing
from languages.units import translated_fields
from pages.models import SiteSettings
from tests.building import client_of, make_standard, make_user
from tests.editor import edit_url, save_draft, translate
from tests.reviews import decide, submit, submit_change
from tests.work import HOME, ask_for, behind_in_french, panel
from worklists import home_work
from worklists.deadlines import day_words
from worklists.leaving import return_requests
from worklists.requesting import take

MAX_QUERIES = 13  # of what the home says, besides those that every page of the admin makes
TODAY = timezone.localdate()


def store_message(number, **values):
    return Message.objects.create(
        reference=f"CDFH-{number:04}", sending=str(number), kind="question", language="nl", text="Geheim", **values
    )


@pytest.mark.parametrize(
    ("language", "weekday", "day"),
    [("nl", "vrijdag", "1 januari"), ("fr", "vendredi", "1er janvier"), ("en", "Friday", "1 January")],
)
def test_a_day_is_said_as_its_language_does_with_the_year_where_it_is_another_one(language, weekday, day):
    with translation.override(language):
        assert day_words(date(1999, 1, 1)) == f"{weekday} {day} 1999"
        assert day_words(TODAY.replace(month=1, day=1)).endswith(f" {day}")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_a_translator_sees_what_waits_with_words_deadline_and_who_asks(language, home):
    translator = make_user("Translators", language)
    editor = make_user("Editors", name="Els")
    page = make_standard(home, "late")
    page.summary_nl, page.summary_fr = (
        ("Vier woorden staan hier.", page.summary_fr) if language == "fr" else (page.summary_nl, "Quatre mots sont ici.")
    )
    page.save_revision()
    ask_for(page, editor, language, deadline=TODAY - timedelta(days=1), note="Voor de pers.")
    (line,) = panel(translator, "waiting")
    for text in ("late", "4 ", "Els", "Voor de pers.", translate("Take", language, "a translation request")):
        assert text in line
    assert translate("overdue: %(day)s", language, day="")[:8] in line
    row = BeautifulSoup(client_of(translator).get(HOME).content.decode(), "lxml").select_one("#waiting-section li")
    assert row.a["href"] == f"{edit_url(page)}#unit=summary:{language}"
    assert row.select_one(".worklist__deadline--overdue .icon")


@pytest.mark.django_db
def test_what_somebody_took_and_has_begun_is_theirs_and_what_others_took_is_not(home):
    page, asker = behind_in_french(home), make_user("Editors")
    translator, colleague = make_user("Translators", "fr"), make_user("Translators", "fr")
    take(ask_for(page, asker), translator)
    assert len(panel(translator, "waiting")) == 1 and panel(colleague, "waiting") is None
    save_draft(client_of(translator), page, summary_fr="Un rés")
    assert len(panel(translator, "begun")) == 1 and panel(colleague, "begun") is None
    assert translator.username in panel(asker, "asked")[0]


@pytest.mark.django_db
def test_whoever_asked_sees_that_it_is_back_with_all(home):
    page, asker, translator = behind_in_french(home), make_user("Editors"), make_user("Translators", "fr")
    ask_for(page, asker, person=translator)
    translator.is_active = False
    translator.save()
    assert translate("back to all: whoever had it cannot do it any more", "nl") in panel(asker, "asked")[0]
    assert return_requests() == 0


@pytest.mark.django_db
def test_what_is_submitted_waits_for_approval_then_for_publication_and_comes_back_with_its_comment(home):
    editor, dutch, french = make_user("Editors", name="Els"), make_user("Reviewers", "nl"), make_user("Reviewers", "fr")
    publisher, page, other = make_user("Publishers"), make_standard(home, "draft"), make_standard(home, "other")
    submit_change(page, user=editor)
    submit_change(other, user=editor)
    assert len(panel(dutch, "approval")) == 2 and panel(french, "approval") is None
    assert "Els" in panel(dutch, "approval")[0]
    own = panel(editor, "submitted")
    assert len(own) == 2 and translate("waits for approval in %(language)s", "nl", language="nl") in own[0]
    decide(page, dutch)
    decide(other, dutch, "reject", "Dit is geen Nederlands.")
    assert panel(dutch, "approval") is None and panel(publisher, "ready") is None
    decide(page, french)
    (line,) = panel(publisher, "ready")
    assert "draft nl" in line
    (line,) = panel(editor, "submitted")
    assert "draft nl" in line and translate("publication", "nl") in line
    (line,) = panel(editor, "sent_back")
    assert "submitted" not in line
    assert "other nl" in line and "Dit is geen Nederlands." in line and dutch.username in line


@pytest.mark.django_db
def test_pages_past_their_review_date_are_shown_to_who_looks_after_them_and_to_publishers(home):
    mine, other = make_user("Editors"), make_user("Editors")
    make_standard(home, "late", responsible=mine, review_on=TODAY - timedelta(days=1))
    make_standard(home, "later", responsible=mine, review_on=TODAY + timedelta(days=1))
    assert len(panel(mine, "review_dates")) == len(panel(make_user("Publishers"), "review_dates")) == 1
    assert panel(other, "review_dates") is None


@pytest.mark.django_db
def test_messages_without_an_answer_wait_for_those_who_may_answer_and_say_nothing_of_what_was_written(home):
    editor, other = make_user("Editors"), make_user("Editors")
    store_message(1)
    store_message(2, assigned_to=other)
    store_message(3, answered_at=timezone.now())
    (line,) = panel(editor, "messages")
    assert "CDFH-0001" in line and "Geheim" not in line
    assert len(panel(other, "messages")) == 2
    assert panel(make_user("Translators"), "messages") is None


@pytest.fixture(autouse=True)
def settings_in_step(db):
    """Settings that lack nothing, which would wait as well: the first look at the admin makes them."""
    site = SiteSettings.load()
    for name in translated_fields(SiteSettings):
        for code in LANGUAGES:
            setattr(site, f"{name}_{code}", f"{name} {code}")
    site.save()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_where_nothing_waits_one_line_says_so(language, home):
    for role in ("Editors", "Translators", "Publishers", None):
        client = client_of(make_user(role, language))
        soup = BeautifulSoup(client.get(HOME).content.decode(), "lxml")
        assert translate("Nothing waits for you.", language) in soup.select_one(".nothing-waits").get_text()
        assert not soup.select(".worklist")
    behind_in_french(home)
    assert not BeautifulSoup(client_of(make_user("Translators", "fr")).get(HOME).content.decode(), "lxml").select(
        ".nothing-waits"
    )


def fill(home, users, number):
    """Give people so many objects of each kind of work."""
    translator, editor = users["Translators"], users["Editors"]
    for index in range(number):
        page = behind_in_french(home, f"page {number} {index}")
        ask_for(page, editor, person=translator if index % 2 else None, deadline=TODAY)
        ask_for(page, users["Publishers"], "en")
        store_message(100 * number + index, assigned_to=editor if index % 2 else None)
        submit(page, editor)
        if index % 2:
            decide(page, users["Reviewers"], "reject", "Nog niet.")
    begun = [
        {"by": user.pk, "language": "fr", "number": 1, "since": "2026-11-01", "first": "summary"} for user in users.values()
    ]
    Standing.objects.update(begun=begun, review_on=TODAY - timedelta(days=1), responsible=editor)


@pytest.mark.django_db
@pytest.mark.sweep
@pytest.mark.parametrize(("limit", "number"), [(4, 8), (10, 30)])
def test_no_home_needs_more_queries_for_more_work(limit, number, home, monkeypatch):
    assert home_work.LIMIT == 10
    monkeypatch.setattr(home_work, "LIMIT", limit)
    users = {role or "admin": make_user(role, "fr") for role in ("Translators", "Reviewers", "Editors", "Publishers", None)}

    def queries(user):
        client = client_of(user)
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(HOME).status_code == 200
        return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]

    with monkeypatch.context() as patch:
        patch.setattr(HomeView, "get_panels", lambda view: [])
        frame = {role: len(queries(user)) for role, user in users.items()}
    fill(home, users, 3)
    few = {role: len(queries(user)) for role, user in users.items()}
    fill(home, users, number)
    for role, user in users.items():
        asked = queries(user)
        assert len(asked) - frame[role] <= MAX_QUERIES, (role, frame[role], "\n".join(sql[:200] for sql in asked))
        assert len(asked) == few[role]
    assert len(panel(users["Translators"], "waiting")) == limit
