"""A figure with its earlier values, for readers: the chart, the same in words, and the same as rows of a table."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from drawings import charts
from languages.enumeration import join_texts
from languages.numbers import format_number
from pages.blocks.figures import NUMBER, YEARS


@dataclass(frozen=True, slots=True)
class Series:
    """What stands beside a figure that has a history; `rows` are the values of its blocks, the newest first."""

    name: str
    chart: charts.Chart
    rows: list
    words: str
    warnings: list


def series(figure):
    """Return the `Series` of a `FigureBlock`'s value, None where there are fewer than two values to draw."""
    rows = [row for row in (figure, *figure["earlier"]) if is_drawable(row)]
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: tuple(reversed(charts.years_of(row["year"]))), reverse=True)
    points = [charts.Point(*charts.years_of(row["year"]), Decimal(row["value"]), is_comparable(row)) for row in rows]
    chart, words = charts.chart(points, format_number), series_sentence(figure, rows)
    return Series(figure["label"].for_reader().text, chart, rows, words, warnings(rows))


def is_drawable(row):
    """Say whether a value has a number and a year; in the preview of a draft it may lack them."""
    return bool(re.match(NUMBER.regex, row["value"] or "") and re.match(YEARS.regex, row["year"] or ""))


def is_comparable(row):
    """Say whether a value counts what the figure of today counts."""
    return row.get("comparable", True)


def series_sentence(figure, rows):
    """Return the series as a sentence, the oldest first: "Members: 80 (2022, WAPES) and 85 (2023, Actiris)."."""
    values = [
        _("%(value)s (%(year)s, %(source)s)")
        % {
            "value": f"{row['prefix'].for_reader().text} {format_number(Decimal(row['value']))}".strip(),
            "year": charts.write_years(*charts.years_of(row["year"])),
            "source": row["source"].for_reader().text,
        }
        for row in reversed(rows)
    ]
    text = _("%(what)s: %(values)s.") % {
        "what": figure["label"].for_reader().text,
        "values": join_texts(values),
    }
    return " ".join([text, *warnings(rows)])


def warnings(rows):
    """Return what readers must know before they compare the values."""
    sentences = []
    if not all(is_comparable(row) for row in rows):
        sentences.append(_("An open dot stands for a number that counts something else: no line joins it to the others."))
    if len({row["source"].for_reader().text for row in rows}) > 1:
        sentences.append(_("The numbers come from different sources."))
    return sentences
