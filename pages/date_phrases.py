"""Dates in sentences: the preposition depends on how much of a date is known, and the verb on today.

French says "le 8 juin 2023" but "en juin 2023", Dutch "op 8 juni 2023" but "in juni 2023"; so each wording is a message of its
own, twice: with a day, and with a month or a year only.
"""

import re

from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directory.dates import format_partial_date, parse, tense
from languages.codes import current_language

ELISION = re.compile(r"\bde (?=[ao])")  # "d’août", "d’octobre"
WORDINGS = {
    "adopted": (
        pgettext_lazy("day", "adopted on %(date)s"),
        pgettext_lazy("month or year", "adopted in %(date)s"),
    ),
    "in force": (
        pgettext_lazy("day", "in force since %(date)s"),
        pgettext_lazy("month or year", "in force since %(date)s"),
    ),
    "in force later": (
        pgettext_lazy("day", "in force from %(date)s"),
        pgettext_lazy("month or year", "in force from %(date)s"),
    ),
    "valid": (
        pgettext_lazy("day", "valid until %(date)s"),
        pgettext_lazy("month or year", "valid until %(date)s"),
    ),
    "expired": (
        pgettext_lazy("day", "expired on %(date)s"),
        pgettext_lazy("month or year", "expired in %(date)s"),
    ),
    "elected": (
        pgettext_lazy("day", "elected on %(date)s"),
        pgettext_lazy("month or year", "elected in %(date)s"),
    ),
    "since": (
        pgettext_lazy("day", "since %(date)s"),
        pgettext_lazy("month or year", "since %(date)s"),
    ),
    "until": (
        pgettext_lazy("day", "until %(date)s"),
        pgettext_lazy("month or year", "until %(date)s"),
    ),
    "running from": (
        pgettext_lazy("day, term that runs", "since %(date)s"),
        pgettext_lazy("month or year, term that runs", "since %(date)s"),
    ),
    "running to": (
        pgettext_lazy("day, term that runs", "until %(date)s"),
        pgettext_lazy("month or year, term that runs", "until %(date)s"),
    ),
    "coming from": (
        pgettext_lazy("day, term to come", "from %(date)s"),
        pgettext_lazy("month or year, term to come", "from %(date)s"),
    ),
    "past from": (
        pgettext_lazy("day, term that is over", "from %(date)s"),
        pgettext_lazy("month or year, term that is over", "from %(date)s"),
    ),
    "past to": (
        pgettext_lazy("day, term that is over", "to %(date)s"),
        pgettext_lazy("month or year, term that is over", "to %(date)s"),
    ),
}


# (tense, whether the start is known, whether the end is): the sentence, and the wordings of its start and end.
SENTENCES = {
    ("current", True, True): (
        _("%(person)s has been %(office)s %(start)s; the term runs %(end)s."),
        "running from",
        "running to",
    ),
    ("current", True, False): (_("%(person)s has been %(office)s %(start)s."), "since", None),
    ("current", False, True): (_("%(person)s is %(office)s %(end)s."), None, "until"),
    ("past", True, True): (_("%(person)s was %(office)s %(start)s %(end)s."), "past from", "past to"),
    ("past", False, True): (_("%(person)s was %(office)s %(end)s."), None, "until"),
    ("future", True, True): (_("%(person)s will be %(office)s %(start)s %(end)s."), "coming from", "until"),
    ("future", True, False): (_("%(person)s will be %(office)s %(start)s."), "coming from", None),
}
UNDATED = (_("%(person)s, %(office)s"), None, None)


def phrase(wording, date):
    """Return a phrase of `WORDINGS` with a stored partial date, in the active language: "adopted in May 2014"."""
    with_day, without_day = WORDINGS[wording]
    message = with_day if parse(date).day else without_day
    text = str(message) % {"date": format_partial_date(date, current_language())}
    return ELISION.sub("d’", text) if current_language() == "fr" else text


def term_period(start, end):
    """Return for how long a term that runs has been running, and until when it does."""
    if start and end:
        parts = {"start": phrase("running from", start), "end": phrase("running to", end)}
        return str(_("%(start)s; the term runs %(end)s")) % parts
    return phrase("since" if start else "until", start or end) if start or end else ""


def act_phrases(act, today):
    """Return what there is to say about the days of a legal act, a mapping with the partial dates of an `ActBlock`."""
    phrases = []
    if act["adopted_on"]:
        phrases.append(phrase("adopted", act["adopted_on"]))
    if act["in_force_on"]:
        is_later = tense(act["in_force_on"], "", today) == "future"
        phrases.append(phrase("in force later" if is_later else "in force", act["in_force_on"]))
    if act["expires_on"]:
        is_over = tense("", act["expires_on"], today) == "past"
        phrases.append(phrase("expired" if is_over else "valid", act["expires_on"]))
    return phrases


def term_tense(start, end, today):
    """Return the tense of a term of office, "" where no year is known: then nobody can say whether it is over."""
    has_year = any(date and parse(date).year for date in (start, end))
    return tense(start, end, today) if has_year else ""


def term_sentence(person, office, start, end, today):
    """Return the HTML sentence that says who is, was or will be in office; `person` and `office` may be safe HTML."""
    when = term_tense(start, end, today)
    message, first, last = SENTENCES[when, bool(start), bool(end)] if when else UNDATED
    parts = {
        "person": conditional_escape(person),
        "office": conditional_escape(office),
        "start": escape(phrase(first, start)) if first else "",
        "end": escape(phrase(last, end)) if last else "",
    }
    return mark_safe(escape(message) % parts)  # noqa: S308  (every part was just escaped, or is safe)


def sort_terms(terms, today):
    """Return terms of office as readers want them: those that run first, then the newest first, without dates last."""
    newest_first = sorted(terms, key=lambda term: term["from_date"] or term["until"] or "", reverse=True)
    return sorted(newest_first, key=lambda term: term_tense(term["from_date"], term["until"], today) != "current")
