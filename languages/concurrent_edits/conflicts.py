"""Conflicts of two people's edits as an editor is shown them: at the field, with what the other person saved."""

import re
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log
from wagtail.models import RevisionMixin
from wagtail.utils.timestamps import render_timestamp

from languages import streams
from languages.concurrent_edits import snapshots
from languages.form_content import place_label, values_of
from languages.texts import TAG
from languages.units import stream_units
from languages.value_labels import value_label
from languages.word_diff import mark_additions

LINE_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
# To somebody who cannot bring a block back.
ORPHANED = gettext_lazy(
    "Deleted in the meantime by %(who)s (%(when)s). Copy your text if it is still needed: saving again leaves it out."
)
OLDEST = 50  # revisions in which the author of a text is looked for


def form_errors(form, conflicts, as_html=True):
    """Return the errors of `conflicts` by form field: a message for a column, a nested error for a stream.

    Messages at columns mark the difference word by word, unless `as_html` is false; those within streams are plain, as the
    editor's script shows no others.
    """
    errors, by_stream = {}, {}
    for conflict, saver in zip(conflicts, savers(form, conflicts), strict=True):
        name, *rest = conflict.steps
        if rest:
            by_stream.setdefault(name, {})[conflict.steps] = message(conflict, form, saver)
        else:
            errors[name] = (marked_message if as_html else message)(conflict, form, saver)
    for name, messages in by_stream.items():
        block = form.shape[name]
        errors[name] = streams.errors(block, block.get_prep_value(form.cleaned_data[name]), messages, (name,))
    return errors


def message(conflict, form, saver):
    """Return what to say of a conflict, as plain text."""
    values = {**saver, "text": side_text(conflict, form) or _("(nothing)")}
    if conflict.kind == "block" and not conflict.theirs and form.is_limited:
        return ORPHANED % values
    if conflict.kind == "block" and not conflict.theirs:
        return _("Deleted in the meantime by %(who)s (%(when)s). Saving again keeps what stands here.") % values
    if conflict.kind == "block" and not conflict.mine:
        return (
            _("You deleted what was changed in the meantime by %(who)s (%(when)s): ‘%(text)s’. Saving again deletes it.")
            % values
        )
    return _("Saved in the meantime by %(who)s (%(when)s): ‘%(text)s’. Saving again keeps what stands here.") % values


def marked_message(conflict, form, saver):
    """Return the message of a column, with the difference from what was typed marked."""
    return format_html(
        "{} {} {}",
        _("Saved in the meantime by %(who)s (%(when)s):") % saver,
        difference_element(conflict, form),
        _("Saving again keeps what stands here."),
    )


def conflict_list(form):
    """Return all conflicts of a form as an HTML list: what each is, and what the other person saved beside what was typed."""
    lines = ((place_label(form.instance, conflict), difference_element(conflict, form)) for conflict in form.merged.conflicts)
    return format_html('<ul class="conflicts">{}</ul>', format_html_join("", "<li><strong>{}</strong> {}</li>", lines))


def difference_element(conflict, form):
    """Return the difference as an element that says in which language it is."""
    html = difference(conflict, form)
    if not (conflict.language and html):
        return format_html('<span class="difference">{}</span>', html or _("(nothing)"))
    return format_html('<span class="difference" lang="{}">{}</span>', conflict.language, html)


def difference(conflict, form):
    """Return as HTML what the other person saved, marked where it differs from what was typed, which is in the field."""
    if conflict.kind in ("fact", "block"):
        return mark_additions(side_text(conflict, form, "mine"), side_text(conflict, form))
    return mark_additions(conflict.mine, conflict.theirs, conflict.kind)


def side_text(conflict, form, side="theirs"):
    """Return one side of a conflict as plain text."""
    value = getattr(conflict, side)
    if conflict.kind == "block":
        return " / ".join(block_texts(conflict.of, value)) if value else ""
    if conflict.kind == "fact":
        return fact_text(conflict, form, value)
    return plain_text(value, conflict.kind)


def block_texts(block, item):
    """Return every text within an item of a stream."""
    texts = (plain_text(text, unit.kind) for unit in stream_units("", block, item["value"]) for text in unit.texts.values())
    return [text for text in texts if text]


def plain_text(text, kind):
    """Return a text without markup."""
    if kind != "rich":
        return text or ""
    return " ".join(unescape(TAG.sub("", LINE_END.sub(" ", text or ""))).split())


def fact_text(conflict, form, value):
    """Return a date, a choice or a reference as people read it."""
    return value_label(getattr(conflict.of, "field", None) or form.fields.get(conflict.steps[0]), value)


def savers(form, conflicts):
    """Return for each conflict who saved what the other side says, and when, as words for the messages.

    Whoever saved last need not have written it: their form may have taken it in from somebody else.
    """
    if not isinstance(form.latest, RevisionMixin):
        return [last_saver(form.latest, form.for_user)] * len(conflicts)
    revisions, unresolved = {}, set(range(len(conflicts)))
    for revision in form.latest.revisions.order_by("-created_at", "-id").select_related("user")[:OLDEST]:
        snapshot = snapshot_of_revision(revision, form.shape)
        unresolved = {
            index for index in unresolved if snapshot_part(snapshot, conflicts[index].steps) == conflicts[index].saved
        }
        if not unresolved:
            break
        revisions |= dict.fromkeys(unresolved, revision)
    return [
        saver_words(revisions[index].user, revisions[index].created_at, form.for_user)
        if index in revisions
        else unknown_saver()
        for index in range(len(conflicts))
    ]


def snapshot_of_revision(revision, shape):
    """Return the snapshot of what a revision says."""
    return snapshots.snapshot(shape, values_of(revision.as_object(), shape))


def snapshot_part(snapshot, steps):
    """Return the part of a snapshot to which `steps` lead, `snapshots.DELETED` where there is none."""
    for step in steps:
        snapshot = snapshot.get(step) if isinstance(snapshot, dict) else snapshots.DELETED
    return snapshot


def latest_saver(form, conflicts):
    """Return the words of the latest of those who saved what `conflicts` are about."""
    words = savers(form, conflicts)
    return words[0] | {"who": ", ".join(dict.fromkeys(saver["who"] for saver in words))}


def last_saver(instance, reader):
    """Return who saved the latest version of what keeps no revisions, and when."""
    last = log.get_logs_for_instance(instance).select_related("user").first()
    return saver_words(last.user, last.timestamp, reader) if last else unknown_saver()


def saver_words(user, moment, reader):
    """Return who did something and when as a reader is told."""
    who = get_user_display_name(user) if user else _("somebody")
    if user and reader and user.pk == reader.pk:
        who = _("you, in another window")
    return {"who": who, "when": render_timestamp(moment)}


def unknown_saver():
    return {"who": _("somebody"), "when": _("just now")}
