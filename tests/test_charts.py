"""Charts of figures over the years: the geometry on its own, and what readers get of it."""

import re
from decimal import Decimal
from functools import partial
from itertools import combinations

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as some
from lxml import etree

from drawings import charts
from languages.codes import LANGUAGES
from languages.numbers import MINUS, format_number
from networks.models import NetworkIndexPage
from pages.blocks import FigureBlock
from pages.series import series
from tests.building import make_network, make_section
from tests.editor import block


def draw(*points, language="en"):
    """Return the chart of points given as (years, value) or (years, value, comparable)."""
    values = [charts.Point(*charts.years_of(years), Decimal(str(value)), *more) for years, value, *more in points]
    return charts.chart(values, partial(format_number, language=language))


def separate(boxes):
    return not any(charts.touch(one, other, gap=0) for one, other in combinations(boxes, 2))


# --- The geometry


@pytest.mark.parametrize(
    ("text", "years"),
    [("2023", (2023, 2023)), ("2023-2025", (2023, 2025)), ("2014–2020", (2014, 2020)), ("2020-2014", (2014, 2020))],
)
def test_a_span_of_years_is_read(text, years):
    assert charts.years_of(text) == years


def test_time_is_to_scale_and_values_begin_at_zero():
    chart = draw(("2010", 50), ("2012", 100), ("2020", 25))
    first, second, third = chart.dots
    assert (third.x - first.x) == pytest.approx(5 * (second.x - first.x))
    heights = [chart.zero - dot.y for dot in chart.dots]
    assert heights == pytest.approx([heights[1] / 2, heights[1], heights[1] / 4])
    assert [label.text for label in chart.scale] == ["0", "100"]


def test_a_span_is_a_bar_with_its_dot_in_the_middle():
    chart = draw(("2020", 4), ("2022-2024", 5))
    single, bar = chart.dots
    assert not single.is_span and bar.is_span
    assert bar.x == pytest.approx((bar.left + bar.right) / 2)
    assert bar.right - bar.left == pytest.approx(bar.left - single.x)


def test_only_values_that_count_the_same_thing_are_joined():
    assert draw(("2020", 4, False), ("2022", 5)).line == ""
    mixed = draw(("2020", 4), ("2021", 9, False), ("2022", 5))
    assert [dot.is_comparable for dot in mixed.dots] == [True, False, True]
    assert mixed.line.split() == [f"{dot.x:.1f},{dot.y:.1f}" for dot in mixed.dots if dot.is_comparable]


def test_numbers_are_written_as_the_language_does():
    labels = {code: draw(("2020", 9000), ("2022", "9500.5"), language=code).values[-1].text for code in LANGUAGES}
    assert labels == {"nl": "9.500,5", "fr": "9\u202f500,5", "en": "9,500.5"}


def test_values_below_zero_hang_from_the_zero_line():
    chart = draw(("2020", -30), ("2022", 20))
    assert [label.text for label in chart.scale] == ["−30", "0", "20"]
    assert chart.dots[0].y > chart.zero > chart.dots[1].y


@pytest.mark.parametrize("values", [(-3, -7, -5), (40, -30, 12), (-1, 100), (100, -0.5, 60)])
def test_values_below_zero_have_their_labels_below_and_none_stands_on_another(values):
    chart = draw(*zip(("2018", "2020", "2022"), values, strict=False))
    by_text = {label.text: label for label in chart.values}
    assert len(by_text) == len(values)
    for value, dot in zip(values, chart.dots, strict=True):
        assert (by_text[format_number(Decimal(str(value)), "en")].y > dot.y) == (value < 0)
    assert separate([label.box for label in (*chart.scale, *chart.values, *chart.years)])
    assert "0" in [label.text for label in chart.scale]


def test_nothing_but_zeroes_is_drawn_too():
    chart = draw(("2020", 0), ("2020", 0))
    assert [dot.y for dot in chart.dots] == [chart.zero] * 2


POINTS = some.lists(
    some.tuples(
        some.integers(1900, 2100),
        some.integers(0, 30),
        some.decimals(-(10**9), 10**9, places=1, allow_nan=False),
        some.booleans(),
    ),
    min_size=1,
    max_size=25,
)


@given(POINTS, some.sampled_from(LANGUAGES))
def test_labels_never_touch_and_everything_stays_in_the_frame(rows, language):
    points = [charts.Point(year, year + more, value, same) for year, more, value, same in rows]
    chart = charts.chart(points, partial(format_number, language=language))
    assert len(chart.dots) == len(rows)
    for dot in chart.dots:
        assert chart.left <= dot.left <= dot.x <= dot.right <= chart.width
        assert charts.TOP - 0.01 <= dot.y <= charts.FLOOR + 0.01
    boxes = [label.box for label in (*chart.scale, *chart.values, *chart.years)]
    assert separate(boxes)
    for left, top, right, bottom in boxes:
        assert left >= 0 and right <= chart.width and top >= 0 and bottom <= chart.height
    assert chart.years


def test_the_newest_year_always_has_its_label():
    chart = draw(*((str(year), year - 1990) for year in range(2000, 2024)))
    assert {"2000", "2023"} <= {label.text for label in chart.years} and len(chart.years) < 24


# --- What readers get


def value(**fields):
    """Return the value of a figure block with two earlier values, one of which counts something else."""
    texts = {code: f"members {code}" for code in LANGUAGES}
    source = {code: f"bron {code}" for code in LANGUAGES}
    press = {
        "value": "9000",
        "year": "2015-2016",
        "comparable": False,
        "source": dict.fromkeys(LANGUAGES, "<i>Pers"),
        "prefix": dict.fromkeys(LANGUAGES, "circa"),
        "year_note": dict.fromkeys(LANGUAGES, "partners & members"),
    }
    earlier = [{"value": "80", "year": "2019", "comparable": True, "source": source}, press]
    return FigureBlock().to_python(
        {"label": texts, "value": "85", "year": "2023", "source": source, "earlier": earlier} | fields
    )


def stored_figure(figure):
    """Return the value of a figure as it is stored."""
    return FigureBlock().get_prep_value(figure)


def html_of(figure):
    return BeautifulSoup(render_to_string("blocks/figure.html", {"value": figure}), "html.parser")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_and_the_words_say_what_the_drawing_says(language):
    with translation.override(language):
        html, figures = html_of(value()), series(value())
    thousands = {"nl": "9.000", "fr": "9\u202f000", "en": "9,000"}[language]
    drawing = html.find("svg", role="img")
    assert [label.text for label in drawing.find_all(class_="chart-value")] == [thousands, "80", "85"]
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in html.tbody.find_all("tr")]
    assert rows == [
        ["2023", "85", f"bron {language}"],
        ["2019", "80", f"bron {language}"],
        ["2015–2016 partners & members", f"circa {' '.join(thousands.split())}", "<i>Pers"],
    ]
    words = drawing["aria-label"]
    for years, number, source in (
        ("2015–2016", f"circa {thousands}", "<i>Pers"),
        ("2019", "80", "bron"),
        ("2023", "85", "bron"),
    ):
        assert re.search(rf"{number} \({years}, {source}", words)
    assert len(figures.warnings) == 2 and all(warning in words for warning in figures.warnings)
    assert len(drawing.find_all(class_="chart-open")) == 1 and len(drawing.find_all(class_="chart-dot")) == 2


def test_the_drawing_is_well_formed_and_holds_no_style():
    for language in LANGUAGES:
        with translation.override(language):
            drawing = str(html_of(value()).svg)
        assert etree.fromstring(drawing).tag == "svg"
        assert "style" not in drawing


def test_a_number_below_zero_has_a_minus_sign_for_readers_and_a_hyphen_for_programs():
    typed = FigureBlock().clean(value(value=f"{MINUS}9500.5"))
    assert typed["value"] == FigureBlock().clean(value(value="-9500.5"))["value"] == "-9500.5"
    with translation.override("fr"):
        html = html_of(typed)
        assert html.select_one(".figure-number").text == f"{MINUS}9\u202f500,5"
        assert html.tbody.td.text == f"{MINUS}9\u202f500,5" and f"{MINUS}9\u202f500,5 (2023" in html.svg["aria-label"]


def test_a_figure_without_a_past_has_no_chart():
    assert html_of(value(earlier=[])).svg is None
    old = stored_figure(value())
    del old["earlier"]  # as it was stored before figures had one
    assert html_of(FigureBlock().to_python(old)).svg is None


def test_a_value_that_is_no_number_yet_is_left_out_of_a_preview():
    broken = [{"value": "many", "year": "2019"}, {"value": "80", "year": ""}]
    assert html_of(value(earlier=broken)).svg is None


def test_values_that_are_all_alike_need_no_warning():
    same = {"value": "80", "year": "2019", "comparable": True, "source": {code: f"bron {code}" for code in LANGUAGES}}
    with translation.override("nl"):
        assert series(value(earlier=[same])).warnings == []


def test_a_page_shows_the_chart_of_its_figures(client, home):
    section = make_section(home, NetworkIndexPage, "networks")
    page = make_network(section, membership=[block("figure", **stored_figure(value()))])
    for path in page.paths().values():
        html = BeautifulSoup(client.get(path).content.decode(), "html.parser")
        assert len(html.main.find_all("svg", role="img")) == 1
