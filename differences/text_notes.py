"""Differences beside the texts of the editor: a contribution to `languages.text_notes`."""

from django.utils.translation import gettext as _

from differences.accepting import languages_of
from differences.shown import differences_url, shown_differences
from languages.codes import language_name
from languages.models import AlignedModel
from languages.twin_checks.mismatch import Check


def difference_notes(instance, texts, reader):
    """Return what is to be said beside texts, each beside every text that may be mended:

    {"differences": [{"address", "language", "says", "sides": [{"language", "words"}], "place", "accepted", "url"}]}

    `place` is where the other text stands, {"says", "url"}, None where that is the same object; its `url` is None for a reader
    who may not open it. `accepted` is the reason for which it was accepted, "" where it was not; `url` leads to where that is
    done.
    """
    if not isinstance(instance, AlignedModel):
        return {}
    return {
        "differences": [
            {
                "address": shown.mismatch.address,
                "language": language,
                "says": says(shown, language),
                "sides": [{"language": code, "words": words} for code, words in shown.sides],
                "place": shown.place and {"says": shown.place.says, "url": shown.place.url},
                "accepted": shown.reason,
                "url": differences_url(type(instance), instance.pk, shown.key),
            }
            for shown in (shown_differences(instance, texts, reader) if instance.pk else ())  # what is new has no screen yet
            for language in languages_of(shown.mismatch)
        ]
    }


def says(shown, language):
    """Return the line above a difference, for the text in one language."""
    twins = [code for code in (shown.mismatch.language, shown.mismatch.twin) if code and code != language]
    if not twins:
        return str(shown.kind_label)
    is_twin = language == shown.mismatch.twin  # which says the same text in two ways
    check = _("Two translations of one text") if is_twin and shown.mismatch.kind == Check.SAME else shown.kind_label
    return _("%(check)s: compare with %(language)s") % {"check": check, "language": language_name(twins[0])}
