"""Two people at one form: what does not conflict is merged, and whoever comes second is told."""

import pytest
from wagtail.models import Page

from tests.building import make_standard
from tests.editor import PUBLISH, edit_url, messages_of, open_form
from tests.stale_forms import PRESSED, body, changed_body, latest, save, text_block, with_body


@pytest.mark.parametrize("press", PRESSED)
@pytest.mark.sampled(1)
def test_different_texts_of_two_people_are_both_kept_whatever_the_second_presses(press, mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    assert (
        save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="D’un autre", review_on="2030-05-06").status_code
        == 302
    )
    assert save(mine, shared, form, **PRESSED[press]).status_code == 302
    page = latest(shared)
    assert (page.heading_nl, page.summary_fr, str(page.review_on)) == ("Van mij", "D’un autre", "2030-05-06")
    live = Page.objects.get(pk=shared.pk).specific
    assert (live.heading_nl == "Van mij") == (press == "publish")
    assert bool(live.scheduled_revision) == (press == "schedule")


@pytest.mark.sweep
def test_what_was_published_meanwhile_stays_published(mine, theirs, home):
    page = make_standard(home, live=False)
    form = open_form(mine, edit_url(page), summary_nl="Van mij")
    assert save(theirs, page, open_form(theirs, edit_url(page)), **PUBLISH).status_code == 302
    assert save(mine, page, form).status_code == 302
    page = Page.objects.get(pk=page.pk)
    assert page.live and page.has_unpublished_changes


@pytest.mark.sweep
def test_texts_and_blocks_of_one_stream_are_merged(mine, theirs, shared):
    form = with_body(open_form(mine, edit_url(shared)), changed_body(shared, 0, nl="een van mij"))
    new = text_block("nieuw", "nouveau")
    other = [*changed_body(shared, 0, fr="un autre")[:1], new]  # the second block is deleted
    assert save(theirs, shared, with_body(open_form(theirs, edit_url(shared)), other)).status_code == 302
    assert save(mine, shared, form).status_code == 302
    assert [(text["nl"], text["fr"]) for text in body(latest(shared))] == [
        ("<p>een van mij</p>", "<p>un autre</p>"),
        ("<p>nieuw</p>", "<p>nouveau</p>"),
    ]


@pytest.mark.sweep
def test_whoever_merged_is_told(mine, theirs, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    save(theirs, shared, open_form(theirs, edit_url(shared)), summary_fr="Autre")
    assert len(messages_of(save(mine, shared, form))) == 2
    mine.get(edit_url(shared))  # which shows them, as `open_form` does not
    assert len(messages_of(save(mine, shared, open_form(mine, edit_url(shared)), heading_nl="Nog eens"))) == 1


def test_what_did_not_arrive_stays_as_it_is(mine, shared):
    form = open_form(mine, edit_url(shared), heading_nl="Van mij")
    kept = {name: value for name, value in form.items() if not name.startswith(("body-", "summary_fr"))}
    assert save(mine, shared, kept).status_code == 302
    page = latest(shared)
    assert page.heading_nl == "Van mij" and page.summary_fr == shared.summary_fr and body(page) == body(shared)
