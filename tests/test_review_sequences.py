"""Reviews in any order of events: nothing is published that nobody approved, unless it did not change or nobody could."""

from random import Random

import pytest
from django.core.exceptions import PermissionDenied
from wagtail.models import Page, TaskState, WorkflowState

from review.passing_over import pass_over_unattended
from tests.building import make_user
from tests.reviews import change, current_state, decide, excuse, public_version, resume, reviewer, submit, waits_for

RUNS, SEQUENCES, STEPS = 20, 2, 14  # the same at every run
LANGUAGES = ("nl", "fr")
WORDS = ("een", "twee", "drie")  # few, so that a text comes to say again what it said


class Desk:
    """One page and all who work at it, with a record of its own of who approved which text."""

    def __init__(self, page, choose):
        self.page, self.choose = page, choose
        self.editor, self.publisher = make_user("Editors"), make_user("Publishers")
        self.reviewers = {code: reviewer(code) for code in LANGUAGES}
        self.present = dict.fromkeys(LANGUAGES, True)
        self.published = 0
        self.begin()

    def begin(self):
        """Begin the record of a review."""
        self.approved = {code: set() for code in LANGUAGES}
        self.unattended = {code: set() for code in LANGUAGES}  # texts that stood there while nobody could approve them
        self.public = self.texts(public_version(self.page))
        self.has_last_word = False

    def texts(self, page):
        return {code: getattr(page, f"summary_{code}") for code in LANGUAGES}

    def draft(self):
        return Page.objects.get(pk=self.page.pk).get_latest_revision_as_object()

    def step(self):
        getattr(self, self.choose.choice(["edit", "edit", "submit", "submit", "decide", "decide", "decide", "come_or_go"]))()
        for code, text in self.texts(self.draft()).items():
            if not self.present[code]:
                self.unattended[code].add(text)

    def edit(self):
        change(self.page, {"summary": {self.choose.choice(LANGUAGES): self.choose.choice(WORDS)}})
        excuse(self.page)
        self.has_last_word = False

    def submit(self):
        state = current_state(self.page)
        if state is None:
            self.begin()
            submit(self.page, self.editor)
        elif state.status == WorkflowState.STATUS_NEEDS_CHANGES:
            resume(self.page, self.editor)

    def decide(self):
        step = waits_for(self.page)
        if step is None:
            return
        right = self.reviewers.get(step, self.publisher)
        person = self.choose.choice([right, right, right, *self.reviewers.values(), self.editor])
        action = self.choose.choice(["approve", "approve", "approve", "reject"])
        if person != right and step != "publication":
            with pytest.raises(PermissionDenied):
                decide(self.page, person, action)
            return
        self.take(step, action)

    def take(self, step, action="approve"):
        """Let whoever a step waits for take it."""
        before, workflow_state = self.texts(self.draft()), current_state(self.page)
        if action == "approve" and step in LANGUAGES:
            self.approved[step].add(before[step])
        if action == "approve" and step == "publication":
            self.has_last_word = True
        decide(self.page, self.reviewers.get(step, self.publisher), action, "Nee." if action == "reject" else "")
        workflow_state.refresh_from_db()
        if workflow_state.status == WorkflowState.STATUS_APPROVED:
            self.check(before)

    def finish(self):
        """Let everybody approve what waits, so that most sequences end with a publication."""
        for _step in (*LANGUAGES, "publication"):
            if step := waits_for(self.page):
                self.take(step)

    def come_or_go(self):
        code = self.choose.choice(LANGUAGES)
        self.present[code] = not self.present[code]
        person = self.reviewers[code]
        person.is_active = self.present[code]
        person.save()
        for one, text in self.texts(self.draft()).items():
            if not self.present[one]:
                self.unattended[one].add(text)
        pass_over_unattended.call()
        assert not TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task__languagetask__language=code if not self.present[code] else "xx"
        ).exists(), "nothing waits for nobody"

    def leave(self):
        """Clear the desk for the next ones."""
        if state := current_state(self.page):
            state.cancel(user=self.publisher)
        for person in self.reviewers.values():
            person.delete()

    def check(self, before):
        """See that whatever is public now was approved as it stands, did not change, or that nobody was there to approve it."""
        self.published += 1
        texts = self.texts(public_version(self.page))
        assert texts == before and self.has_last_word
        for code, text in texts.items():
            assert text == self.public[code] or text in self.approved[code] | self.unattended[code], (code, text)


@pytest.mark.sweep
@pytest.mark.parametrize("run", range(RUNS))
def test_nothing_is_published_by_a_review_that_its_people_did_not_see(run, home, standard):
    published = 0
    for number in range(SEQUENCES):
        desk = Desk(standard, Random(f"{run}-{number}"))
        for _step in range(STEPS):
            desk.step()
        desk.finish()
        published += desk.published
        desk.leave()
    assert published, "The check has to come to something."
