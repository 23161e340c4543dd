"""Two editors at the real forms of one page, in any order: no text is replaced by somebody who has not seen it."""

from random import Random

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from languages.concurrent_edits.snapshots import snapshot
from languages.form_content import shape_of, values_of
from newsroom.editing import views
from pages.models import StandardPage
from tests.building import make_home, make_standard, make_user
from tests.editor import PUBLISH, block, edit_url, in_form, stream

RUNS, SEQUENCES, STEPS = 5, 100, 3  # 500 sequences, the same at every run, in parts that several processes may share
LATER = {"go_live_at": "2099-01-01 10:00"}
NAMES = ("heading_nl", "heading_fr", "summary_nl", "summary_fr", "body")
SHAPE = shape_of(StandardPage, NAMES)
PRESSED = {"save": {}, "publish": PUBLISH, "schedule": PUBLISH | LATER}


def leaves(digests, way=()):
    """Return a snapshot as a flat mapping: steps -> digest."""
    if not isinstance(digests, dict):
        return {way: digests}
    return {steps: one for key, inner in digests.items() for steps, one in leaves(inner, (*way, key)).items()}


def seen_leaves(values):
    return leaves(snapshot(SHAPE, values))


def latest(page):
    """Return the texts of the latest version of a page."""
    return values_of(Page.objects.get(pk=page.pk).get_latest_revision_as_object(), SHAPE)


def text_block(words):
    texts = {"nl": f"<p>{words} nl</p>", "fr": f"<p>{words} fr</p>", "en": ""}
    return block("text", text=texts, only_in=[])


class Editor:
    """Somebody with the editor open: what it holds, and which texts that person has seen, by `seen`."""

    def __init__(self, name, page, choose):
        self.client, self.page, self.choose, self.number = Client(), page, choose, 0
        self.name = name
        self.client.force_login(make_user("Publishers"))
        self.blank = {key: value for key, value in in_form(self.client.get(edit_url(page))).items() if key not in NAMES}
        self.blank = {key: value for key, value in self.blank.items() if not key.startswith("body-")}

    def open(self):
        form = self.client.get(edit_url(self.page)).form
        self.is_open = True
        self.hidden = {name: form.initial[name] for name in ("opened_as", "alignment_base")}
        self.typed = values_of(form.instance, SHAPE)
        self.known = seen_leaves(self.typed)

    def type(self):
        """Change one thing: a text, a block."""
        self.number += 1
        words = f"{self.name}{self.number}"
        body = [{**item, "value": dict(item["value"])} for item in self.typed["body"]]
        what = self.choose.choice(["heading_nl", "heading_nl", "summary_fr", "text", "text", "text", "add", "delete", "move"])
        if what in NAMES:
            self.typed[what] = words
        elif what == "add" or not body:
            body.insert(self.choose.randint(0, len(body)), text_block(words))
        elif what == "text":
            value = self.choose.choice(body[:2])["value"]
            value["text"] = {**value["text"], self.choose.choice(["nl", "nl", "fr"]): f"<p>{words}</p>"}
        elif what == "delete":
            del body[self.choose.randrange(len(body))]
        else:
            body.insert(self.choose.randrange(len(body)), body.pop(self.choose.randrange(len(body))))
        self.typed["body"] = body

    def posted(self):
        texts = {name: value for name, value in self.typed.items() if name != "body"}
        return self.blank | texts | stream("body", SHAPE["body"], self.typed["body"]) | self.hidden


class Desk:
    """One page, two editors, and the check after every request."""

    def __init__(self, page, choose, editors):
        self.page, self.choose, self.editors, self.number = page, choose, editors, 0
        for editor in editors:
            editor.choose = choose
            editor.open()

    def step(self):
        editor = self.choose.choice(self.editors)
        if not editor.is_open:
            editor.open()
        if self.choose.random() < 0.1:
            return self.revert(editor)
        editor.type()
        how = self.choose.choice(["save", "save", "publish", "autosave", "autosave", "schedule"])
        return self.autosave(editor) if how == "autosave" else self.press(editor, PRESSED[how])

    def press(self, editor, pressed, url=None):
        before = seen_leaves(latest(self.page))
        self.number += 1
        reason = {"publishing_reason": f"Dringend {self.number}."}  # a new one is given for all that is behind
        response = editor.client.post(url or edit_url(self.page), editor.posted() | reason | pressed)
        if response.status_code != 302:
            return self.refused(editor, response, before)
        self.check(editor, before)
        scheduled = Page.objects.get(pk=self.page.pk).scheduled_revision
        if scheduled:  # nobody may edit until its hour comes, or somebody thinks better of it
            cancel = reverse("wagtailadmin_pages:revisions_unschedule", args=[self.page.pk, scheduled.pk])
            assert editor.client.post(cancel).status_code == 302
        editor.is_open = False
        if self.choose.random() < 0.8:  # goes on at once, or comes back later
            editor.open()
        return "saved"

    def refused(self, editor, response, before):
        """Nothing was saved; the form shows the other version, and knows that it was shown."""
        assert seen_leaves(latest(self.page)) == before
        form = response.form
        assert form.refusal, form.errors.as_json()
        shown = [conflict.steps for conflict in form.merged.conflicts]
        for steps in {*before, *seen_leaves(editor.typed)}:
            if any(steps[: len(way)] == way for way in shown):
                editor.known[steps] = before.get(steps)
        editor.hidden = {name: form[name].value() for name in editor.hidden}
        return "shown"

    def autosave(self, editor):
        before = seen_leaves(latest(self.page))
        own = {"overwrite_revision_id": editor.revision} if getattr(editor, "revision", None) else {}
        response = editor.client.post(edit_url(self.page), editor.posted() | own, headers={"Accept": "application/json"})
        answer = response.json()
        if not answer["success"]:
            assert answer["error_code"] == "invalid_revision", answer
            assert seen_leaves(latest(self.page)) == before
            return "refused"
        self.check(editor, before)
        if "revision_id" not in answer:  # what was typed is there already
            assert seen_leaves(latest(self.page)) == before
            return "nothing to save"
        editor.revision = str(answer["revision_id"])
        editor.hidden |= {name: value for name, value in answer["field_updates"].items() if name in editor.hidden}
        editor.known = seen_leaves(editor.typed)
        return "saved by itself"

    def revert(self, editor):
        """Go back to an older version: what the form opens with is then what is typed."""
        revision = self.choose.choice(list(self.page.revisions.all()))
        url = reverse("wagtailadmin_pages:revisions_revert", args=[self.page.pk, revision.pk])
        form = editor.client.get(url).form
        editor.known = seen_leaves(latest(self.page))
        editor.hidden = {name: form.initial[name] for name in editor.hidden}
        editor.typed = values_of(form.instance, SHAPE)
        other = next(one for one in self.editors if one is not editor)
        if self.choose.random() < 0.5:  # the other saves while this one looks at the older version
            if not other.is_open:
                other.open()
            other.type()
            self.press(other, {})
        return self.press(editor, {}, url)

    def check(self, editor, before):
        """What changed was known to whoever changed it, and whatever that person typed is there."""
        after, typed = seen_leaves(latest(self.page)), seen_leaves(editor.typed)
        for steps in {*before, *after, *typed, *editor.known}:
            if after.get(steps) != before.get(steps):
                assert editor.known.get(steps) == before.get(steps), f"replaced unseen: {steps}"
                assert after.get(steps) == typed.get(steps), f"neither's text: {steps}"
            if typed.get(steps) != editor.known.get(steps):
                assert after.get(steps) == typed.get(steps), f"typed and lost: {steps}"


def form_only(view, *args, **kwargs):
    """Answer with the form and without the page around it: drawing that takes most of the time."""
    response = HttpResponse()
    response.form = view.form
    return response


@pytest.fixture
def desk(db, monkeypatch):
    page = make_standard(make_home(), body=[text_block("een")])
    editors = [Editor(name, page, Random(0)) for name in ("m", "t")]
    monkeypatch.setattr(views.StaleSafeMixin, "get_context_data", lambda view, **kwargs: {})
    monkeypatch.setattr(views.StaleSafeMixin, "render_to_response", form_only, raising=False)
    monkeypatch.setattr(views.StaleSafeMixin, "render_partials", lambda view: "", raising=False)
    return page, editors


@pytest.mark.sweep
@pytest.mark.parametrize("run", range(RUNS))
def test_random_interleavings_of_two_editors_lose_no_text(run, desk):
    page, editors = desk
    counts = {}
    for number in range(SEQUENCES):
        choose = Random(f"{run}-{number}")
        with transaction.atomic():
            there = Desk(page, choose, editors)
            for editor in editors:
                editor.revision = None
            for _ in range(STEPS):
                outcome = there.step()
                counts[outcome] = counts.get(outcome, 0) + 1
            transaction.set_rollback(True)
    assert min(counts.get(outcome, 0) for outcome in ("saved", "shown", "saved by itself", "refused")), counts
