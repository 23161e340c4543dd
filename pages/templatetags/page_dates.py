"""Dates, terms of office and numbers as the active language writes them, for templates. No tag makes a query."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from directory import dates
from languages import numbers
from languages.codes import current_language
from languages.templatetags.languages import text
from page_cache.recording import today
from pages import date_phrases, last_changed
from pages.templatetags.pages import person

register = template.Library()


@register.filter
def partial_date(date):
    """Write a stored partial date in the active language: "juin 2025"."""
    return dates.format_partial_date(date, current_language()) if date else ""


@register.simple_tag
def period(start, end):
    """Write the period between two partial dates: "2021–2027" for years, "July 2023 – June 2025" for others."""
    if start and end:
        gap = "–" if len(start) == len(end) == len("2021") else " – "
        return (
            f"{dates.format_partial_date(start, current_language())}{gap}{dates.format_partial_date(end, current_language())}"
        )
    if start or end:
        return date_phrases.phrase("since" if start else "until", start or end)
    return ""


@register.filter
def day(moment):
    """Write a day, or a moment (also in ISO form), as a date in the active language: "23 November 2026"."""
    moment = parse_datetime(moment) if isinstance(moment, str) and moment else moment
    moment = timezone.localtime(moment).date() if isinstance(moment, datetime) else moment
    return dates.format_day(moment, current_language()) if moment else ""


@register.simple_tag
def changed_on(page):
    """Return when a page changed for readers of the active language since it appeared, in ISO form; "" where it did not."""
    return last_changed.moment_of_change(page, current_language()) if page else ""


@register.filter
def number(value):
    """Write a stored plain number as the active language does: "9500" is "9.500" in Dutch and "9,500" in English."""
    try:
        return numbers.format_number(Decimal(str(value)))
    except InvalidOperation:
        return value


@register.filter
def years(value):
    """Write a stored year or span of years with an en dash: "2014–2020"."""
    return str(value or "").replace("-", "–")


@register.simple_tag
def act_phrases(act):
    """Return the phrases on a legal act's days, in the right tense of today: "valid until 31 December 2027"."""
    return date_phrases.act_phrases(act, today())


@register.simple_tag
def term_sentence(term):
    """Return the sentence on a term of office, in the right tense of today."""
    name = person(term["person"], term["organisation"])
    return date_phrases.term_sentence(name, text(term["office"]), term["from_date"], term["until"], today())


@register.simple_tag
def term_period(term):
    """Return since when and until when somebody is in office."""
    return date_phrases.term_period(term["from_date"], term["until"])


@register.simple_tag
def term_is_over(term):
    """Say whether a term of office is over, so that the post of then is not taken for the post of today."""
    return date_phrases.term_tense(term["from_date"], term["until"], today()) == "past"


@register.simple_tag
def elected_on(term):
    """Return "elected on 8 June 2023", "" where that is not known."""
    return date_phrases.phrase("elected", term["elected_on"]) if term["elected_on"] else ""
