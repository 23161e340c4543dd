"""Accepting a difference for a reason, and taking that back: decided by who writes its language, kept in the log."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter, log

from differences.models import Acceptance
from differences.other_objects import hide_other, is_hidden
from differences.words import sides_of
from languages.codes import LANGUAGES, current_language
from languages.rights import languages_to_write
from languages.twin_checks.mismatch import OF_ONE_TEXT

ACCEPTED, TAKEN_BACK = "differences.accept", "differences.take_back"


def languages_of(mismatch):
    """Return the languages in which a mismatch may be mended: both where the texts are peers in it."""
    return (mismatch.language,) if mismatch.kind in OF_ONE_TEXT else (mismatch.language, mismatch.twin)


def may_accept(user, mismatch):
    """Say whether somebody writes in a language in which the mismatch may be mended, and may read both its texts."""
    return not is_hidden(mismatch) and not set(languages_of(mismatch)).isdisjoint(languages_to_write(user))


def acceptances_of(instance, found):
    """Return `{key: Acceptance}` of what was accepted in an object, with who did it, given its `[(key, Mismatch)]`."""
    kind = ContentType.objects.get_for_model(instance)
    of_both = Q(key__in=[key for key, mismatch in found if mismatch.elsewhere])
    rows = Acceptance.objects.filter(Q(content_type=kind, object_id=instance.pk) | of_both).select_related("accepted_by")
    return {row.key: row for row in rows.order_by("accepted_at")}


def accept(instance, shown, reason, user):
    """Note that a difference that is shown is meant, and why. Whoever comes second says the last word."""
    place = {"content_type": ContentType.objects.get_for_model(instance), "object_id": instance.pk, "key": shown.key}
    Acceptance.objects.update_or_create(
        **place, defaults={"reason": reason, "accepted_by": user, "accepted_at": timezone.now()}
    )
    log(instance=instance, action=ACCEPTED, user=user, data={"reason": reason, "what": words_by_language(shown)})


def take_back(instance, shown, user):
    """Let a difference be one again; where somebody else has done so already, nothing stands in the log."""
    accepted = Acceptance.objects.filter(key=shown.key)
    if not shown.mismatch.elsewhere:
        accepted = accepted.filter(content_type=ContentType.objects.get_for_model(instance), object_id=instance.pk)
    number, _by_model = accepted.delete()
    if number:
        log(instance=instance, action=TAKEN_BACK, user=user, data={"what": words_by_language(shown)})


def words_by_language(shown):
    """Return what the log says of a difference, in each language of the admin: texts change, and the log stays.

    What another object says is left out: not everybody who reads the log may read that.
    """
    words, mismatch = {}, hide_other(shown.mismatch)
    for code in LANGUAGES:
        with translation.override(code):
            said = " / ".join(f"{language.upper()}: {side}" for language, side in sides_of(mismatch))
            words[code] = f"{shown.label} – {shown.kind_label} – {said}"
    return words


class AcceptedFormatter(LogFormatter):
    """What was accepted, and why."""

    label = _("Accept a difference between languages")
    message = _("Accepted a difference between languages")

    def format_comment(self, log_entry):
        return f"{log_entry.data['what'].get(current_language(), '')}: {log_entry.data['reason']}"


class TakenBackFormatter(LogFormatter):
    label = _("Take back that a difference is accepted")
    message = _("Took back that a difference between languages is accepted")

    def format_comment(self, log_entry):
        return log_entry.data["what"].get(current_language(), "")
