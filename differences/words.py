"""What is said of a difference, for staff, in the language of the admin."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from languages.codes import language_name
from languages.twin_checks.markup import markup_words
from languages.twin_checks.mismatch import Check

MAX_LENGTH = 120  # characters of a text that is quoted


def sides_of(difference):
    """Return `[(language, words)]`: what a difference, or a mismatch, says of its text and of the twin, where there is one."""
    sides = [(difference.language, words_here(difference))]
    return [*sides, (difference.twin, words_there(difference))] if difference.twin else sides


def words_here(difference):
    if difference.kind == Check.LANGUAGE:
        return _("seems to be in %(language)s") % {"language": language_name(difference.here[0])}
    if difference.kind == Check.TERMS:
        return _("expected: %(terms)s") % {"terms": join_parts(difference.here)}
    return quote(difference.kind, difference.here)


def words_there(difference):
    if difference.kind == Check.COPIED:
        return _("says the same")
    if difference.kind == Check.SAME and not difference.there:
        return _("says something else elsewhere")
    if difference.kind == Check.SAME:
        return _("says elsewhere: %(text)s") % {"text": join_parts(difference.there)}
    return quote(difference.kind, difference.there)


def quote(check, parts):
    if not parts:
        return _("not there")
    return join_parts(markup_words(part) for part in parts) if check == Check.MARKUP else join_parts(parts)


def join_parts(parts):
    return Truncator("; ".join(str(part) for part in parts)).chars(MAX_LENGTH)


def language_pair(difference):
    """Return the languages that a difference is about: "Dutch, French"."""
    return ", ".join(language_name(code) for code in (difference.language, difference.twin) if code)
