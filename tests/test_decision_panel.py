"""Whoever opens a page that waits for their decision is asked for it above the form, and decides with its first button."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from tests.building import make_standard, make_user, staff
from tests.editor import REASON, SUBMIT, edit_url, open_form, translate
from tests.reviews import decide, excuse, language_task, publication_task, resume, reviewer, submit, submit_change, workflow_of

ASKED = "You are asked to approve the texts in %(language)s."


@pytest.fixture
def people(home):
    return {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers", "fr")}


def form_for(user, page):
    """Return the form of a page as somebody sees it."""
    client = Client()
    client.force_login(user)
    return BeautifulSoup(client.get(edit_url(page)).content.decode(), "lxml")


def panel(soup):
    """Return the words of the panel that asks for a decision, "" where there is none."""
    found = soup.select_one(".decision-panel")
    return " ".join(found.get_text(" ").split()) if found else ""


def buttons(soup):
    """Return what the buttons of the footer do, in order."""
    found = soup.select("footer button:not([data-w-dropdown-target])")
    return [one.get("data-workflow-action-name") or one.get("name") or "save" for one in found]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_reviewer_reads_what_is_asked_by_whom_and_finds_what_changed_and_approval_first(language, people, standard):
    submit_change(standard, user=make_user("Editors", name="Els"))
    if language == "fr":
        decide(standard, people["nl"], comment="Let op de datum.")
    soup = form_for(people[language], standard)
    assert translate(ASKED, language, language=language) in panel(soup) and "Els" in panel(soup)
    compared = reverse("wagtailadmin_pages:revisions_compare", args=[standard.pk, "live", "latest"])
    assert soup.select_one(f'.decision-panel a[href="{compared}"]')
    assert buttons(soup)[:4] == ["approve", "reject", "approve", "save"]
    assert ("Let op de datum." in panel(soup)) == (language == "fr")
    assert staff().get(compared).status_code == 200


@pytest.mark.parametrize("reader", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_whoever_publishes_reads_why_a_text_may_be_behind_and_who_says_so(reader, client, home, standard):
    workflow_of(publication_task())
    client.force_login(make_user("Editors", name="Els"))
    url = edit_url(standard)
    assert client.post(url, open_form(client, url, summary_nl="Anders.") | SUBMIT | REASON).status_code == 302
    said = panel(form_for(make_user("Publishers", reader), standard))
    assert REASON["publishing_reason"] in said and "Els" in said
    assert {"nl": "samenvatting (Frans)", "fr": "résumé (français)"}[reader] in said


def test_nobody_else_is_asked_and_saving_stays_their_first_button(people, standard):
    submit_change(standard)
    for person in (people["fr"], people["publication"], make_user()):
        soup = form_for(person, standard)
        assert not panel(soup) and buttons(soup)[:1] != ["approve"]
    decide(standard, people["nl"])
    assert not panel(form_for(people["nl"], standard))


def test_an_administrator_is_asked_where_nobody_else_can_decide(people, home):
    workflow_of(publication_task())
    people["publication"].delete()
    page = make_standard(home, "alone")
    submit_change(page)
    assert panel(form_for(make_user(), page)) and buttons(form_for(make_user(), page))[0] == "approve"


def test_a_publisher_reads_that_the_page_is_ready(people, standard):
    submit_change(standard)
    decide(standard, people["nl"])
    decide(standard, people["fr"])
    said = {"nl": "klaar om gepubliceerd te worden", "fr": "prête à être publiée", "en": "ready to be published"}
    for language, words in said.items():
        soup = form_for(make_user("Publishers", language), standard)
        assert words in panel(soup) and buttons(soup)[0] == "approve"


def test_another_step_is_named(people, standard):
    workflow_of(publication_task(), language_task("nl"))
    submit_change(standard)
    assert "Publicatie" in panel(form_for(people["publication"], standard))


def test_what_was_sent_back_is_asked_for_again_with_what_was_said(people, home):
    page, editor = make_standard(home, "draft", live=False), make_user("Editors")
    submit(page, editor)
    decide(page, people["nl"], "reject", "Zie de samenvatting.")
    assert not panel(form_for(people["nl"], page))
    excuse(page)
    resume(page, editor)
    soup = form_for(people["nl"], page)
    said = translate("%(who)s sent it back on %(when)s: ‘%(comment)s’", "nl", who="@", when="@", comment="Zie de samenvatting.")
    assert said.rpartition("@")[2] in panel(soup) and people["nl"].username in panel(soup)
    assert translate("Readers do not see it yet.", "nl") in panel(soup) and not soup.select(".decision-panel a")


def test_the_first_button_of_the_form_which_enter_presses_saves(people, standard):
    submit_change(standard)
    first = form_for(people["nl"], standard).select_one("#page-edit-form :is(button:not([type]), [type=submit])")
    assert not first.get("name") and not first.get("data-workflow-action-name")
