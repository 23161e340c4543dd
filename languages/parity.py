"""Parity of the official languages: what must be there in both before a page is published, and in step or excused.

Dutch and French have equal standing in the Brussels-Capital Region (special law of 12 January 1989 on the Brussels
institutions, which applies the language legislation to its bodies); English is extra and never asked for.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from languages import alignment, streams
from languages.codes import OFFICIAL, current_language, name_in
from languages.lags import unexcused_lags
from languages.texts import is_filled
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


class UnexcusedLag(ValidationError):
    """A text is behind its twin in an official language, and nobody has said why it may be published all the same."""


def require_reason(instance):
    """Raise `UnexcusedLag` where a text is behind in an official language without a reason (`AlignedModel.excuse`)."""
    texts = list(units(instance))
    behind = unexcused_lags(alignment.refresh(instance.alignment, texts))
    if behind:
        raise UnexcusedLag({instance.reason_field: [lags_message(texts, behind)]})


def require_publishable(instance):
    """Raise ValidationError unless `instance` may be published: complete in both official languages, in step or excused."""
    require_parity(instance)
    require_reason(instance)


def lags_message(texts, behind):
    """Return the sentence that names the texts of `behind`, official lags of `texts`, and says what can be done."""
    return _(
        "These texts have not followed a change in the other language: %(texts)s. Translate the change, mark the text as still "
        "correct, or give a reason for publishing it as it is."
    ) % {"texts": "; ".join(lag_labels(texts, behind))}


def lag_labels(texts, lags):
    """Return the texts of `lags` in words, "Summary (French)", in the active language."""
    labels = {unit.address: unit.label for unit in texts}
    return [f"{labels[lag.address]} ({name_in(lag.language, current_language())})" for lag in lags]


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
