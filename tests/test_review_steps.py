"""How far reviews are, in words, in the lists of pages: in each reader's language, with no more queries for more pages."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from review.steps import active_reviews, people_words
from tests.building import make_standard, make_user, staff
from tests.logins import visible_text
from tests.reviews import (
    change,
    current_state,
    decide,
    excuse,
    language_task,
    publication_task,
    resume,
    reviewer,
    submit,
    submit_change,
    workflow_of,
)
from tests.spreadsheets import csv_rows


@pytest.fixture
def people(home):
    names = {"nl": ("Bart", "De Smet"), "fr": ("Claire", "Dubois")}
    made = {code: reviewer(code) for code in names} | {"publication": make_user("Publishers")}
    for code, (first, last) in names.items():
        made[code].first_name, made[code].last_name = first, last
        made[code].save()
    return made


def lines(page, language="en"):
    """Return how far a page's review is: ["French: approved by Claire Dubois", …]."""
    with translation.override(language):
        return [f"{step.name}: {step.words}" for step in active_reviews([page.pk]).get(page.pk, [])]


def without_dates(texts):
    return [re.sub(r" sinds \S+| (?:since|depuis) .*", "", text) for text in texts]


def test_each_step_says_what_became_of_it_in_the_language_of_the_reader(people, standard):
    assert lines(standard) == []
    submit_change(standard)
    decide(standard, people["nl"])
    publication = {"nl": "publicatie: volgt nog", "fr": "publication: à venir", "en": "publication: still to come"}
    expected = {
        "nl": ["Nederlands: goedgekeurd door Bart De Smet", "Frans: wacht op Claire Dubois"],
        "fr": ["néerlandais: approbation par Bart De Smet", "français: attend Claire Dubois"],
        "en": ["Dutch: approved by Bart De Smet", "French: waiting for Claire Dubois"],
    }
    for language, texts in expected.items():
        assert without_dates(lines(standard, language)) == [*texts, publication[language]]


def test_it_says_what_was_sent_back_what_lapsed_and_what_was_passed_over(people, standard):
    editor = make_user("Editors")
    submit_change(standard, user=editor)
    decide(standard, people["nl"])
    decide(standard, people["fr"], "reject", "Trop long.")
    assert "French: sent back by Claire Dubois" in lines(standard)
    change(standard, {"summary": {"nl": "Anders.", "fr": "Autre."}})
    assert "Dutch: to be looked at again, as the texts changed" in lines(standard)
    people["fr"].groups.clear()
    resume(standard, editor)
    assert "French: passed over, as nobody can approve it" in lines(standard)
    assert current_state(standard).current_task_state.task.name == "NL"


def test_a_language_that_did_not_change_says_so(people, standard):
    change(standard, {"summary": {"fr": "Autre."}})
    excuse(standard)
    submit(standard)
    assert "Dutch: unchanged" in lines(standard)


def test_of_many_people_two_are_named():
    with translation.override("en"):
        assert people_words(()) == "" and people_words(("An", "Bo")) == "An, Bo"
        assert people_words(("An", "Bo", "Cy")) == "An, Bo and 1 other"
        assert people_words(("An", "Bo", "Cy", "Di")) == "An, Bo and 2 others"


LISTS = {
    "explorer": lambda home: reverse("wagtailadmin_explore", args=[home.pk]),
    "languages": lambda home: reverse("languages_report"),
    "reviews": lambda home: reverse("wagtailadmin_reports:workflow"),
    "steps": lambda home: reverse("wagtailadmin_reports:workflow_tasks"),
}


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize(("language", "words"), [("nl", r"wacht (op|sinds)"), ("fr", r"attend |attente depuis")])
@pytest.mark.sampled(4)
def test_the_lists_say_it(name, language, words, people, home, standard):
    submit_change(standard)
    assert re.search(words, visible_text(staff("Publishers", language).get(LISTS[name](home))), re.IGNORECASE)


@pytest.mark.sweep
def test_the_lists_take_as_many_queries_for_many_pages_as_for_few(people, home):
    client = staff("Publishers")

    def count(name):
        client.get(LISTS[name](home))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(LISTS[name](home)).status_code == 200
        # Wagtail's explorer asks some things of every page, but nothing of its workflow.
        return sum(name != "explorer" or "task" in query["sql"] for query in queries)

    pages = make_standard(home, "first"), make_standard(home, "second")
    for page in pages:
        submit_change(page)
    decide(pages[0], people["nl"])  # one waits for each language
    few = {name: count(name) for name in LISTS}
    for number in range(4):
        page = make_standard(home, f"page {number}")
        submit_change(page)
        if number % 2:
            decide(page, people["nl"])
    assert {name: count(name) for name in LISTS} == few


@pytest.mark.parametrize("name", ["languages", "reviews", "steps"])
def test_the_reports_export_it(name, people, home, standard):
    submit_change(standard)
    rows = csv_rows(staff("Publishers", "nl").get(LISTS[name](home), {"export": "csv"}))
    assert any("wacht" in cell for row in rows for cell in row)


def test_the_report_of_steps_calls_publication_what_is_the_last_step_of_the_very_workflow(people, home, standard):
    submit_change(standard)
    decide(standard, people["nl"])
    decide(standard, people["fr"])
    other = make_standard(home, "other")
    workflow_of(publication_task(), language_task("nl"))
    submit_change(other)
    rows = csv_rows(staff("Publishers", "nl").get(LISTS["steps"](home), {"export": "csv"}))
    steps_of_pages = {tuple(row[:2]) for row in rows[1:]}
    assert {("standard nl", "publicatie"), ("other nl", publication_task().name)} <= steps_of_pages
    assert ("standard nl", publication_task().name) not in steps_of_pages
    assert ("other nl", "publicatie") not in steps_of_pages


def test_a_review_that_has_ended_says_what_was_not_decided(people, standard):
    state = submit_change(standard)
    decide(standard, people["nl"])
    state.refresh_from_db()
    state.cancel(user=make_user())
    text = visible_text(staff("Publishers", "fr").get(LISTS["reviews"](None)))
    assert "approbation par Bart De Smet" in text and "sans décision" in text
