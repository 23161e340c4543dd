"""What may be wrong with a translation, and may be meant: it is said, and can be saved all the same. Pure."""

import re

from django.utils.translation import gettext as _

from interface_strings.catalogue_files import SOURCE_LANGUAGE
from interface_strings.markup import without_tags
from interface_strings.problems import Kind, Problem
from interface_strings.refusals import source_of
from languages.placeholders import PERCENT

END_MARKS = ".:;?!,…"
STAND_IN = "□"  # neither a letter nor a mark
NO_BREAK = "\u00a0\u202f"
MARK = re.compile(rf"[^{NO_BREAK}:;!?(][:;!?](?=\s|$|»|\))|[^{NO_BREAK}]»|«[^{NO_BREAK}]")
FIELD = re.compile(r"\{[^{}]*\}")
WORD = re.compile(r"[^\W\d_]{2,}")
LENGTH_FACTOR, LENGTH_MARGIN = 1.8, 20  # so many times the length of the source, and so many characters on top


def hints(sources, forms, language):
    """Return the hints about a translation: a list of `Problem`s for each of its forms. English itself has none of its own."""
    return [[*hints_of(source_of(sources, index), form, language)] if form.strip() else [] for index, form in enumerate(forms)]


def hints_of(source, form, language):
    """Yield the hints about one form."""
    source, text = words_of(source), words_of(form)
    if language != SOURCE_LANGUAGE and len(WORD.findall(text)) > 1 and text.strip().casefold() == source.strip().casefold():
        yield Problem(Kind.ENGLISH, _("It says the same as the source: was it left in English?"))
    if end_mark(source) != end_mark(text):
        yield Problem(Kind.END, _("It ends with another mark than the source."))
    if has_other_capital(source, text):
        yield Problem(Kind.CAPITAL, _("It begins with a capital, or the source does, and not both."))
    if language == "fr" and MARK.search(text):
        yield Problem(Kind.SPACES, _("A no-break space is missing before : ; ! ? or within « »."))
    if len(text) > LENGTH_FACTOR * len(source) + LENGTH_MARGIN:
        yield Problem(Kind.LENGTH, _("It is much longer than the source: look whether there is room."))


def words_of(text):
    """Return a text without markup, and with a sign in place of each placeholder."""
    return FIELD.sub(STAND_IN, PERCENT.sub(STAND_IN, without_tags(text)))


def end_mark(text):
    """Return the mark with which a text ends, "" for none."""
    text = text.strip().rstrip(")”\"»'’" + NO_BREAK).replace("...", "…")
    return text[-1] if text and text[-1] in END_MARKS else ""


def has_other_capital(source, text):
    """Say whether just one of two texts begins with a capital; nothing is said of those that do not begin with a letter."""
    first, second = (side.strip().lstrip("“«\"'‘’(" + NO_BREAK)[:1] for side in (source, text))
    return first.isalpha() and second.isalpha() and first.isupper() != second.isupper()
