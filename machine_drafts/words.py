"""What staff are told: how much was sent this month, and what came of asking for drafts."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from languages.codes import language_name
from languages.numbers import format_number
from machine_drafts.choosing import REASONS
from machine_drafts.use import monthly_limit, used_characters


def use_words():
    """Return how many of this month's characters were sent. One query."""
    return _("Sent to the translation service this month: %(used)s of %(limit)s characters.") % {
        "used": format_number(used_characters()),
        "limit": format_number(monthly_limit()),
    }


def drafted_words(drafted, language):
    """Return how many texts were drafted in a language, and what to do with them."""
    count = len(drafted.units)
    text = ngettext(
        "%(language)s: %(count)d text was drafted by machine. Read it, then confirm it.",
        "%(language)s: %(count)d texts were drafted by machine. Read each of them, then confirm it.",
        count,
    )
    return text % {"count": count, "language": capfirst(language_name(language))}


def left_out_words(left_out):
    """Return a sentence for each reason why texts were left out, which names them."""
    labels = {}
    for one in left_out:
        labels.setdefault(one.reason, []).append(str(one.unit.label))
    return [REASONS[reason] % {"texts": "; ".join(dict.fromkeys(texts))} for reason, texts in labels.items()]
