"""What checks across languages find, and of which kinds."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Check(models.TextChoices):
    """The kinds of checks, in the order in which they are listed."""

    NUMBERS = "numbers", _("Numbers")
    DATES = "dates", _("Dates")
    AMOUNTS = "amounts", _("Amounts and percentages")
    PHONES = "phones", _("Telephone numbers")
    ADDRESSES = "addresses", _("Mail and web addresses")
    LANGUAGE = "language", _("Text in another language")
    LINK_LANGUAGE = "link_language", _("Links to another language")
    PLACEHOLDERS = "placeholders", _("Placeholders")
    MARKUP = "markup", _("Links, headings, lists, bold")
    TERMS = "terms", _("Terms of the glossary")
    COPIED = "copied", _("Not translated")
    SAME = "same", _("One translation for two texts")


# What is to be mended in the one text; in the others both texts are peers.
OF_ONE_TEXT = {Check.LANGUAGE, Check.LINK_LANGUAGE, Check.TERMS}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where the other text of a mismatch stands, if in another object: its address there, and the digest of what it says.

    `origin` is what `languages.twin_checks.elsewhere.OtherText` has.
    """

    origin: object
    address: str
    digest: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What a check found of the text at an `address` in a `language`, beside its `twin`, "" where it is about one text alone.

    `here` and `there` are tuples of the words that the one has and the other lacks, as they are written. Of two languages
    that are peers in a mismatch, `language` is the first of the site. `elsewhere` is None where both stand in one object.
    """

    kind: str
    language: str
    twin: str = ""
    here: tuple = ()
    there: tuple = ()
    address: str = ""
    elsewhere: Elsewhere | None = None
