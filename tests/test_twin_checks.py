"""Checks across languages: what they find in texts that differ, and what they let pass."""

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
import yaml
from babel.dates import format_date
from babel.numbers import format_decimal
from django.conf import settings
from hypothesis import assume, given
from hypothesis import strategies as st

from languages.codes import LANGUAGES
from languages.twin_checks.find import Surroundings, find_in_texts, find_in_units
from languages.twin_checks.mismatch import Check
from languages.twin_checks.quantities import read_number
from languages.units import Unit

SITE = Surroundings(frozenset({"actiris.brussels"}))
LEAST_PRECISION = LEAST_RECALL = 0.95
PAIRS = [
    (first, target, one, other, frozenset(expected))
    for target, lines in yaml.safe_load((settings.BASE_DIR / "tests" / "twin_pairs.yaml").read_text()).items()
    for first, one, other, *expected in lines
]


def kinds_found(**texts):
    """Return the kinds of what is found in a text, given by language; one that begins with a tag is rich."""
    kind = "rich" if next(iter(texts.values())).startswith("<") else "plain"
    return {str(mismatch.kind) for mismatch in find_in_texts(texts, kind, SITE)}


def verdicts(language):
    """Count what is found rightly, wrongly and not at all in the pairs whose second text is in a language."""
    counts = Counter()
    for first, target, one, other, expected in PAIRS:
        if target == language:
            found = kinds_found(**{first: one, target: other})
            counts += Counter(right=len(found & expected), wrong=len(found - expected), missed=len(expected - found))
    return counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_found_is_wrong_and_what_is_wrong_is_found(language):
    assert sum(target == language for _first, target, *_rest in PAIRS) >= 40
    counts = verdicts(language)
    assert counts["right"] / (counts["right"] + counts["wrong"]) >= LEAST_PRECISION
    assert counts["right"] / (counts["right"] + counts["missed"]) >= LEAST_RECALL


def test_the_pairs_hold_a_fault_for_each_check():
    of_whole_pages = {Check.SAME, Check.TERMS}  # which need more than two texts
    assert set().union(*(expected for *_texts, expected in PAIRS)) == set(Check.values) - of_whole_pages


@pytest.mark.parametrize(("first", "target", "one", "other", "expected"), PAIRS)
def test_findings_are_the_same_from_either_side(first, target, one, other, expected):
    texts = {first: one, target: other}
    assert kinds_found(**texts) == kinds_found(**dict(reversed(texts.items())))


# --- Numbers and days, as Babel writes them


languages = st.sampled_from(LANGUAGES)
numbers = st.decimals(min_value=0, max_value=10**9, places=2)


@given(numbers, languages)
def test_a_number_is_read_as_its_language_writes_it(number, language):
    assert read_number(format_decimal(number, locale=language), language) == number


@given(numbers, languages, languages)
def test_a_number_is_the_same_in_two_languages(number, first, second):
    assume(first != second)
    assert kinds_found(**{code: f"x {format_decimal(number, locale=code)} y" for code in (first, second)}) == set()


@given(st.integers(min_value=2, max_value=10**9), st.data(), languages, languages)
def test_another_figure_is_found(number, data, first, second):
    assume(first != second)
    figures = str(number)
    place = data.draw(st.integers(min_value=0, max_value=len(figures) - 1))
    figure = data.draw(st.sampled_from([one for one in "123456789" if one != figures[place]]))
    other = Decimal(figures[:place] + figure + figures[place + 1 :])
    assert kinds_found(**{first: format_decimal(number, locale=first), second: format_decimal(other, locale=second)}) == {
        "numbers"
    }


@given(st.dates(min_value=date(1000, 1, 1)), languages, languages)
def test_a_day_is_the_same_in_two_languages(day, first, second):
    assume(first != second)
    assert kinds_found(**{code: format_date(day, "long", locale=code) for code in (first, second)}) == set()


# --- Texts beside each other


def unit(address, **texts):
    return Unit(address, {"nl": "", "fr": "", "en": "", **texts}, address)


def test_one_translation_for_two_texts_of_a_field_is_found():
    same = "Les personnes qui cherchent du travail"
    texts = [
        unit("aims.1.text", nl="Mensen die in Brussel werk zoeken", fr=same),
        unit("aims.2.text", nl="Bedrijven die in Brussel mensen zoeken", fr=same),
    ]
    found = [mismatch for mismatch in find_in_units(texts) if mismatch.kind == Check.SAME]
    assert [(one.address, one.language, one.twin, one.there) for one in found] == [
        ("aims.2.text", "fr", "nl", ("Mensen die in Brussel werk zoeken",))
    ]


def test_short_texts_and_texts_of_other_fields_may_have_one_translation():
    texts = [
        unit("aims.1.text", nl="Werk", fr="Emploi"),
        unit("aims.2.text", nl="Werkgelegenheid", fr="Emploi"),
        unit("heading", nl="Mensen die in Brussel werk zoeken", fr="Les gens qui cherchent du travail à Bruxelles"),
        unit("aims.3.text", nl="Wie in Brussel werk zoekt, en vindt", fr="Les gens qui cherchent du travail à Bruxelles"),
    ]
    assert find_in_units(texts) == []


def test_who_offers_a_site_in_both_official_languages_leaves_the_choice_to_readers():
    both = "<p><a href='https://x.be/nl'>Dutch</a> or <a href='https://x.be/fr'>French</a></p>"
    assert kinds_found(nl="<p><a href='https://x.be/nl'>x</a></p>", en=both) == set()


def test_what_exists_in_english_only_is_linked_from_everywhere():
    link = "<p>{} <a href='https://x.eu/en/a'>x</a></p>"
    assert kinds_found(nl=link.format("Lees"), fr=link.format("Lisez"), en=link.format("Read")) == set()
    assert kinds_found(nl="<p>Lees <a href='https://www.actiris.brussels/en/a'>x</a></p>") == {"link_language"}
