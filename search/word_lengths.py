"""Words and questions of staff that are longer than the search looks for: they are said, and not taken for none."""

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from search.words import MAX_LENGTH, TOKEN, visible_text

LONG_WORD = _("A word may have %(longest)s letters at most: %(text)s")
SHOWN_LENGTH = 40  # characters of what is too long


def overlong_word(text):
    """Return the first word of a text that is too long to be looked for; "" where there is none."""
    matches = (match["word"] for match in TOKEN.finditer(visible_text(text)))
    return next((word for word in matches if word and len(word) > MAX_LENGTH), "")


def require_shorter(field, message, text, longest):
    """Raise ValidationError at a field, with the beginning of what is too long."""
    raise ValidationError({field: message % {"longest": longest, "text": Truncator(text).chars(SHOWN_LENGTH)}})
