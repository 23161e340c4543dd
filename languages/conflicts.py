"""Collisions of two people's edits as an editor is shown them: at the field, with what the other person saved."""

import re
from html import unescape

from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log
from wagtail.models import RevisionMixin
from wagtail.utils.timestamps import render_timestamp

from languages import merging, streams
from languages.codes import current, name_in
from languages.form_content import values_of
from languages.texts import TAG
from languages.units import stream_units
from languages.value_labels import told
from languages.word_diff import added

LINE_END = re.compile(r"</(?:p|li|h[1-6])>|<br\s*/?>")
OLDEST = 50  # revisions in which the author of a text is looked for


def errors(form, collisions, as_html=True):
    """Return the errors of `collisions` by form field: a message for a column, a nested error for a stream.

    Messages at columns mark the difference word by word, unless `as_html` is false; those within streams are plain, as the
    editor's script shows no others.
    """
    found, by_stream = {}, {}
    for collision, saver in zip(collisions, savers(form, collisions), strict=True):
        name, *rest = collision.steps
        if rest:
            by_stream.setdefault(name, {})[collision.steps] = message(collision, form, saver)
        else:
            found[name] = (marked_message if as_html else message)(collision, form, saver)
    for name, messages in by_stream.items():
        block = form.shape[name]
        found[name] = streams.errors(block, block.get_prep_value(form.cleaned_data[name]), messages, (name,))
    return found


def message(collision, form, saver):
    """Return what to say of a collision, as plain text."""
    values = {**saver, "text": version(collision, form) or _("(nothing)")}
    if collision.kind == "block" and not collision.theirs:
        return _("Deleted in the meantime by %(who)s (%(when)s). Saving again keeps what stands here.") % values
    if collision.kind == "block" and not collision.mine:
        return (
            _("You deleted what was changed in the meantime by %(who)s (%(when)s): “%(text)s”. Saving again deletes it.")
            % values
        )
    return _("Saved in the meantime by %(who)s (%(when)s): “%(text)s”. Saving again keeps what stands here.") % values


def marked_message(collision, form, saver):
    """Return the message of a column, with the difference from what was typed marked."""
    return format_html(
        "{} {} {}",
        _("Saved in the meantime by %(who)s (%(when)s):") % saver,
        shown_difference(collision, form),
        _("Saving again keeps what stands here."),
    )


def comparison(form):
    """Return all collisions of a form as an HTML list: what each is, and what the other person saved beside what was typed."""
    lines = ((label(one, form), shown_difference(one, form)) for one in form.merged.collisions)
    return format_html('<ul class="collisions">{}</ul>', format_html_join("", "<li><strong>{}</strong> {}</li>", lines))


def shown_difference(collision, form):
    """Return the difference as an element that says in which language it is."""
    found = difference(collision, form)
    if not (collision.language and found):
        return format_html('<span class="difference">{}</span>', found or _("(nothing)"))
    return format_html('<span class="difference" lang="{}">{}</span>', collision.language, found)


def difference(collision, form):
    """Return as HTML what the other person saved, marked where it differs from what was typed, which is in the field."""
    if collision.kind in ("fact", "block"):
        return added(version(collision, form, "mine"), version(collision, form))
    return added(collision.mine, collision.theirs, collision.kind)


def version(collision, form, side="theirs"):
    """Return one side of a collision as plain text."""
    value = getattr(collision, side)
    if collision.kind == "block":
        return " / ".join(block_texts(collision.of, value)) if value else ""
    if collision.kind == "fact":
        return fact(collision, form, value)
    return plain(value, collision.kind)


def block_texts(block, item):
    """Return every text within an item of a stream."""
    found = (plain(text, unit.kind) for unit in stream_units("", block, item["value"]) for text in unit.texts.values())
    return [text for text in found if text]


def plain(text, kind):
    """Return a text without markup."""
    if kind != "rich":
        return text or ""
    return " ".join(unescape(TAG.sub("", LINE_END.sub(" ", text or ""))).split())


def fact(collision, form, value):
    """Return a date, a choice or a reference as people read it."""
    return told(getattr(collision.of, "field", None) or form.fields.get(collision.steps[0]), value)


def label(collision, form):
    """Return what a collision is about: a field, or a block of a stream, and the language."""
    model_field = form.instance._meta.get_field(collision.address.split(".")[0])
    text_field = getattr(model_field, "translated_field", model_field)  # of a language: its text, without the language
    names = [str(capfirst(text_field.verbose_name))]
    if collision.of is not None and collision.of.label:
        names.append(str(collision.of.label))
    language = f" ({name_in(collision.language, current())})" if collision.language else ""
    return " – ".join(names) + language


def savers(form, collisions):
    """Return for each collision who saved what the other side says, and when, as words for the messages.

    Whoever saved last need not have written it: their form may have taken it in from somebody else.
    """
    if not isinstance(form.newest, RevisionMixin):
        return [saved_by(form.newest, form.for_user)] * len(collisions)
    found, open_ones = {}, set(range(len(collisions)))
    for revision in form.newest.revisions.order_by("-created_at", "-id").select_related("user")[:OLDEST]:
        said = content_of(revision, form.shape)
        open_ones = {index for index in open_ones if within(said, collisions[index].steps) == collisions[index].saved}
        if not open_ones:
            break
        found |= dict.fromkeys(open_ones, revision)
    return [
        words(found[index].user, found[index].created_at, form.for_user) if index in found else unknown()
        for index in range(len(collisions))
    ]


def content_of(revision, shape):
    """Return the snapshot of what a revision says."""
    return merging.snapshot(shape, values_of(revision.as_object(), shape))


def within(said, steps):
    """Return the part of a snapshot to which `steps` lead, `merging.GONE` where there is none."""
    for step in steps:
        said = said.get(step) if isinstance(said, dict) else merging.GONE
    return said


def who_saved(form, collisions):
    """Return the words of the latest of those who saved what `collisions` are about."""
    found = savers(form, collisions)
    return found[0] | {"who": ", ".join(dict.fromkeys(one["who"] for one in found))}


def saved_by(newest, reader):
    """Return who saved the latest version of what keeps no revisions, and when."""
    last = log.get_logs_for_instance(newest).select_related("user").first()
    return words(last.user, last.timestamp, reader) if last else unknown()


def words(user, moment, reader):
    """Return who did something and when as a reader is told."""
    who = get_user_display_name(user) if user else _("somebody")
    if user and reader and user.pk == reader.pk:
        who = _("you, in another window")
    return {"who": who, "when": render_timestamp(moment)}


def unknown():
    return {"who": _("somebody"), "when": _("just now")}
