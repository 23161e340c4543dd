"""What becomes of a text that came back, given what was sent and what stands there now. Pure."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from exchange.formats.packages import FINE
from languages.normalising import digest

MISPLACED = "misplaced"  # a finding: codes stand where the editor cannot have them
STILL_CORRECT = "still_right"  # a finding, as it is stored: a text that was behind came back as it was, marked as right
HARMLESS = {"source_changed", "context_changed"}  # what concerns only what is not taken over


class Verdict(models.TextChoices):
    """The verdicts, in the order in which they are listed."""

    READY = "ready", pgettext_lazy("text from a file", "Ready")
    DOUBTFUL = "doubtful", pgettext_lazy("text from a file", "To be looked at")
    STILL_CORRECT = "still_correct", _("Still correct, says the file")
    SOURCE_CHANGED = "source_changed", _("The source has changed since")
    TARGET_CHANGED = "target_changed", _("The translation was changed meanwhile")
    TOO_LONG = "too_long", _("Too long")
    BROKEN = "broken", _("Codes in the wrong place")
    GONE = "gone", _("No longer there")
    ALREADY = "already", _("Stands there already")
    UNCHANGED = "unchanged", _("Nothing new")


TAKEABLE = (Verdict.READY, Verdict.DOUBTFUL, Verdict.STILL_CORRECT, Verdict.SOURCE_CHANGED, Verdict.TARGET_CHANGED)
UNUSABLE = (Verdict.TOO_LONG, Verdict.BROKEN)  # what the translator has to mend: it is expected once more


class Left(models.TextChoices):
    """Why a text was not taken over, or not undone."""

    CHANGED = "changed", _("the text or its source was changed in the meantime")
    GONE = "gone", _("it is no longer there")
    INVALID = "invalid", _("what is public would be incomplete or there twice")
    FAILED = "failed", _("something went wrong: try again")
    FORBIDDEN = "forbidden", _("you may not change it in this language")
    LOCKED = "locked", _("the page is locked")
    NOTHING = "nothing", _("there is nothing to take over")


@dataclass(frozen=True, slots=True)
class TextNow:
    """What source and target of a text say in the latest draft, and whether the target is behind that source."""

    source: str
    target: str
    is_behind: bool = False


def judge(sent, text, findings, now):
    """Return the `Verdict` on what a file says for a text that was `sent`; `now` is a `TextNow`, None where that is gone.

    `findings` are the codes of what is said of it. A text that is not what was sent any more is never replaced unseen.
    """
    texts = {name: digest(one, sent.kind) for name, one in {"sent": sent.target, "file": text}.items()}
    if text == sent.target or not texts["file"]:
        return Verdict.STILL_CORRECT if STILL_CORRECT in findings and is_behind_as_sent(sent, now) else Verdict.UNCHANGED
    if now is None:
        return Verdict.GONE
    current = digest(now.target, sent.kind)
    if current == texts["file"]:
        return Verdict.ALREADY
    if "too_long" in findings:
        return Verdict.TOO_LONG
    if MISPLACED in findings:
        return Verdict.BROKEN
    if current != texts["sent"]:
        return Verdict.TARGET_CHANGED
    if digest(now.source, sent.kind) != digest(sent.source, sent.kind):
        return Verdict.SOURCE_CHANGED
    return Verdict.DOUBTFUL if set(findings) - HARMLESS else Verdict.READY


def is_answered(sent, verdict, is_said, is_called_correct):
    """Say whether nothing more is expected of a text that came back with a `Verdict`.

    As it went is an answer where a translation `is_said` of what was complete, or where the file calls what was behind correct.
    """
    if verdict == Verdict.UNCHANGED:
        return is_called_correct or (is_said and sent.state == FINE)
    return verdict not in UNUSABLE


def is_behind_as_sent(sent, now):
    """Say whether a text that was sent as behind stands there as it was sent, and is behind what its source said then."""
    return now is not None and now.is_behind and seen_key(now, sent.kind) == seen_key(sent, sent.kind)


def seen_key(now, kind):
    """Return what stands for what somebody saw of a text: a text that says something else by then is not theirs to replace."""
    return f"{digest(now.source, kind)}-{digest(now.target, kind)}"
