"""Collisions of two people's edits as an editor is shown them: at the field, with what the other person saved."""

import re
from html import unescape

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import registry as log
from wagtail.models import RevisionMixin
from wagtail.utils.timestamps import render_timestamp

from languages import streams
from languages.codes import current, name_in
from languages.differences import added
from languages.units import stream_units

TAG = re.compile(r"<[^>]*>")


def errors(form, collisions, as_html=True):
    """Return the errors of `collisions` by form field: a message for a column, a nested error for a stream.

    Messages at columns mark the difference word by word, unless `as_html` is false; those within streams are plain, as the
    editor's script shows no others.
    """
    saver, found, by_stream = saved_by(form.newest, form.for_user), {}, {}
    for collision in collisions:
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
        '{} <span class="difference">{}</span> {}',
        _("Saved in the meantime by %(who)s (%(when)s):") % saver,
        difference(collision, form) or _("(nothing)"),
        _("Saving again keeps what stands here."),
    )


def comparison(form):
    """Return all collisions of a form as an HTML list: what each is, and what the other person saved beside what was typed."""
    lines = ((label(one, form), difference(one, form)) for one in form.merged.collisions)
    return format_html(
        '<ul class="collisions">{}</ul>',
        format_html_join("", '<li><strong>{}</strong> <span class="difference">{}</span></li>', lines),
    )


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
    return " ".join(unescape(TAG.sub(" ", text or "")).split()) if kind == "rich" else text or ""


def fact(collision, form, value):
    """Return a date, a choice or a reference as people read it."""
    if value in (None, "", [], ()):
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    field = getattr(collision.of, "field", None) or form.fields.get(collision.steps[0])
    if isinstance(value, (list, tuple)):
        return ", ".join(chosen(field, one) for one in value)
    return chosen(field, value)


def chosen(field, value):
    """Return the label of a choice, or the name of what a key stands for."""
    if hasattr(field, "queryset"):
        key = getattr(value, "pk", value)
        return str(field.queryset.filter(pk=key).first() or key)
    labels = dict(getattr(field, "choices", None) or ())
    return str(labels.get(value) or formats.localize(value))


def label(collision, form):
    """Return what a collision is about: a field, or a block of a stream, and the language."""
    model_field = form.instance._meta.get_field(collision.address.split(".")[0])
    text_field = getattr(model_field, "translated_field", model_field)  # of a language: its text, without the language
    names = [str(capfirst(text_field.verbose_name))]
    if collision.of is not None and collision.of.label:
        names.append(str(collision.of.label))
    language = f" ({name_in(collision.language, current())})" if collision.language else ""
    return " – ".join(names) + language


def saved_by(newest, reader):
    """Return who saved the latest version and when, as words for the messages."""
    if isinstance(newest, RevisionMixin):
        last = newest.latest_revision
        user, moment = (last.user, last.created_at) if last else (None, None)
    else:
        last = log.get_logs_for_instance(newest).select_related("user").first()
        user, moment = (last.user, last.timestamp) if last else (None, None)
    who = get_user_display_name(user) if user else _("somebody")
    if user and reader and user.pk == reader.pk:
        who = _("you, in another window")
    return {"who": who, "when": render_timestamp(moment) if moment else _("just now")}
