"""What may be wrong with a translation: the kinds of problems, and what is said of each."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of problems. The first five are refused when somebody writes them; the others are hints."""

    FORMS = "forms", _("A plural form is empty")
    PLACEHOLDERS = "placeholders", _("Placeholders")
    MARKUP = "markup", _("Markup")
    SIGNS = "signs", _("Signs that may not stand there")
    TOO_LONG = "too_long", _("Too long")
    ENGLISH = "english", _("Perhaps left in English")
    END = "end", _("Punctuation at the end")
    CAPITAL = "capital", _("Capital at the beginning")
    SPACES = "spaces", _("French spaces")
    LENGTH = "length", _("Much longer than the source")
    SAME = "same", _("The same as another string")
    GLOSSARY = "glossary", _("Terms of the glossary")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one form of a translation: its `kind`, and what to say of it in the active language."""

    kind: str
    sentence: str
