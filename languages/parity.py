"""Parity of the official languages: what must be there in both before a page is published, and in step or excused.

Dutch and French have equal standing in the Brussels-Capital Region (special law of 12 January 1989 on the Brussels
institutions, which applies the language legislation to its bodies); English is extra and never asked for.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from languages import alignment, streams
from languages.codes import OFFICIAL, current_language, name_in
from languages.lags import unexcused_lags
from languages.open_texts import unexcused_open_texts
from languages.texts import is_filled
from languages.translators import translator_words
from languages.units import stored_stream, units


def gaps(texts):
    """Yield `(unit, language)` for each official language in which a text is missing.

    A text is missing where it is required, or where the other official language has it. Addresses of things elsewhere are
    not texts: a target that exists in one language only is shown honestly, with its language. Nor are words that each
    language has of its own, such as synonyms.
    """
    for unit in texts:
        if unit.kind in ("url", "own"):
            continue
        asked = [code for code in OFFICIAL if code in unit.languages]
        if unit.required or any(is_filled(unit.texts[code]) for code in asked):
            yield from ((unit, code) for code in asked if not is_filled(unit.texts[code]))


class ParityMissing(ValidationError):
    """A text is missing in an official language: what it would take to publish."""


def require_parity(instance):
    """Raise `ParityMissing`, with a message at each empty field and block, unless `instance` may be published."""
    missing = list(gaps(units(instance)))
    if missing:
        raise ParityMissing(gap_errors(instance, missing))


class ReasonMissing(ValidationError):
    """A text is behind or in translation in an official language, or unconfirmed in any, and nobody gave a reason."""


def require_reason(instance):
    """Raise `ReasonMissing` where a text is behind or open in an official language, or unconfirmed in any, and not excused."""
    texts = list(units(instance))
    messages = reason_messages(texts, alignment.refresh(instance.alignment, texts))
    if messages:
        raise ReasonMissing({instance.reason_field: messages})


def require_publishable(instance):
    """Raise ValidationError unless `instance` may be published: complete in both official languages, and the rest excused.

    The rest is what is behind or open in those two, or that nobody has confirmed, in any.
    """
    require_parity(instance)
    require_reason(instance)


def reason_messages(texts, memory):
    """Return the sentences that say why the units `texts` need a reason to be published, and what can be done instead."""
    behind, unfinished = unexcused_lags(memory), unexcused_open_texts(memory)
    messages = []
    if behind:
        text = _(
            "These texts have not followed a change in the other language: %(texts)s. Translate the change, mark the text as "
            "still correct, or give a reason for publishing it as it is."
        )
        messages.append(text % {"texts": "; ".join(text_labels(texts, behind))})
    if unfinished:
        text = _(
            "These texts are still in translation: %(texts)s. Wait until they are done or confirmed, see to that yourself "
            "beside the text, or give a reason for publishing them as they are."
        )
        messages.append(text % {"texts": "; ".join(open_labels(texts, unfinished))})
    return messages


def unexcused_keys(memory):
    """Return the keys of what needs a reason that nobody gave."""
    return [*(key for lag in unexcused_lags(memory) for key in lag.keys), *(text.key for text in unexcused_open_texts(memory))]


def text_labels(texts, places):
    """Return the texts of `places`, lags or open texts, in words, "Summary (French)", in the active language."""
    labels = {unit.address: unit.label for unit in texts}
    return [f"{labels[place.address]} ({name_in(place.language, current_language())})" for place in places]


def open_labels(texts, unfinished):
    """Return the same for open texts, with who works at each since when. One query."""
    words = translator_words(unfinished)
    return [
        _("%(text)s, by %(who)s since %(when)s") % {"text": label, **by}
        for label, by in zip(text_labels(texts, unfinished), words, strict=True)
    ]


def gap_errors(instance, missing):
    """Return the errors of `gaps` by form field: a message for a column, a nested error for a stream."""
    by_field, by_leaf = {}, {}
    for unit, language in missing:
        message = _("Missing in %(language)s: %(text)s.") % {
            "language": name_in(language, current_language()),
            "text": unit.label,
        }
        name, *steps = unit.address.split(".")
        if steps:
            by_leaf.setdefault(name, {})[(name, *steps, language)] = message
        else:
            by_field[f"{name}_{language}"] = message
    for name, leaf_messages in by_leaf.items():
        by_field[name] = stream_error(instance._meta.get_field(name), instance, leaf_messages)
    return by_field


def stream_error(field, instance, leaf_messages):
    """Return the nested error that shows `leaf_messages` (address with language -> message) in the editor's stream."""
    return streams.errors(field.stream_block, stored_stream(instance, field), leaf_messages, (field.name,))
