"""What readers can ask: words and their synonyms, phrases, beginnings, other languages, sections, and pages of results."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from directory.models import GlossaryTerm
from languages.codes import LANGUAGES
from search.hits import MAX_SHOWN
from search.results import find_results
from tests.building import make_mandate, make_section, make_standard
from tests.many import multiply
from tests.searching import page

pytestmark = pytest.mark.django_db


def headings(query, language, **options):
    return [result.heading for result in find_results(query, language, **options).results]


def test_a_word_finds_another_only_if_the_glossary_says_that_they_are_the_same(home):
    shown = make_standard(home, summary_en="Work for young people.")
    assert headings("youth", "en") == []
    term = GlossaryTerm.objects.create(term_nl="jongeren", term_fr="jeunes", term_en="young people", synonyms_en="youth")
    assert headings("youth", "en") == [shown.heading_en]
    assert headings("youth", "nl") == []
    term.synonyms_en = ""
    term.save()
    assert headings("youth", "en") == []


def test_abbreviations_of_the_glossary_lead_home_from_every_language_and_terms_for_staff_do_not(home):
    make_standard(home, summary_nl="Het fonds betaalt.", summary_fr="Le fonds paie.", summary_en="The fund pays.")
    term = GlossaryTerm(term_nl="fonds", term_fr="fonds", term_en="fund", abbreviation_nl="QQF", abbreviation_fr="FQQ")
    term.save()
    assert all(headings(abbreviation, code) for abbreviation in ("QQF", "FQQ") for code in LANGUAGES)
    term.for_staff_only = True
    term.save()
    assert not any(headings(abbreviation, code) for abbreviation in ("QQF", "FQQ") for code in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("De l’emploi pour tous.", "l'emploi"),
        ("De l'emploi pour tous.", "d’emploi"),
        ("Pour les 15-29 ans.", "15–29"),
        ("Pour 1\u202f600 personnes.", "1600"),
        ("Pour 1.600 personnes.", "1 600"),
        ("Pour 1,600 personnes.", "1\u00a0600"),
        ("Le FSE+ paie.", "fse"),
        ("Le FSE paie.", "FSE+"),
        ("Un so\u00adcieux mot.", "socieux"),
        ("Un socieux mot.", "so\u00adcieux"),
        ("Chez view.brussels.", "view brussels"),
        ("Un cœur ouvert.", "coeur"),
        ("L’ÉTÉ À L’ÉCOLE.", "ecole"),
        ("Les demandeurs non-actifs.", "non actif"),
        ("La ﬁn.", "fin"),
        ("Règlement (UE) 2020/1782.", "2020/1782"),
        ("La formation à l’étranger.", "formation même a l'etranger"),
        ("Na een reïntegratie.", "re-integratie"),
        ("Na een reïntegratie.", "reintegratie"),
        ("Na een re-integratie.", "reïntegratie"),
        ("Na een re-integratie.", "reintegr"),
        ("Voor 12.500,50 euro.", "12500,50"),
        ("Pour 12\u202f500,50 euros.", "12.500,50"),
        ("For 12,500.50 euros.", "12500.50"),
        ("C’est aujourd’hui.", "aujourdhui"),
        ("C’est aujourdhui.", "aujourd'hui"),
        ("Alle EU-lidstaten.", "eulidstaten"),
        ("Alle EU‑lidstaten.", "EU lidstaten"),
        ("Alle eulidstaten.", "EU-lidstaten"),
        ("À Sᵗ-Gilles.", "Saint-Gilles"),
        ("À Saint-Gilles.", "st gilles"),
        ("In St.-Gillis.", "Sint-Gillis"),
        ("À Sainte-Catherine.", "Ste-Catherine"),
        ("Une a.s.b.l. aide.", "ASBL"),
        ("Une ASBL aide.", "a.s.b.l."),
        ("Après le covid-19.", "covid19"),
    ],
)
@pytest.mark.sampled(6)
def test_typography_does_not_come_between_a_question_and_a_text(home, text, query):
    shown = make_standard(home, summary_fr=text)
    assert headings(query, "fr") == [shown.heading_fr]


# --- Phrases, beginnings, what is left out


@pytest.fixture
def three(home):
    """Three pages that say much the same."""
    texts = ("Zoek werk in Brussel.", "Werk zoek je elders.", "Een werkwinkel in Brussel.")
    return [make_standard(home, f"s{number}", summary_nl=text) for number, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"zoek werk"', {0}),
        ("“zoek werk”", {0}),
        ("„zoek werk”", {0}),
        ("« zoek werk »", {0}),
        ('"zoek werk', {0}),
        ("zoek werk", {0, 1, 2}),  # an everyday word asks for nothing, and the last word may be only begun
        ("werkw*", {2}),
        ("werk -zoek", set()),
        ("werkw* -zoek", {2}),
        ("brussel -werkwinkel", {0}),
        ('brussel -"zoek werk"', {2}),
        ("brussel −zoek", {2}),
        ("brussel werkwin", {2}),
        ("werkwin brussel", {0, 2}),  # a beginning in the middle is no word: those with a part of the words are shown
        ('"werk in brussel" zoek', {0}),
        ("elders. zoek", {1}),
    ],
)
@pytest.mark.sampled(1)
def test_readers_can_say_more_exactly_what_they_mean(three, query, expected):
    assert {result.page for result in find_results(query, "nl").results} == {three[number].pk for number in expected}


def test_no_phrase_runs_from_one_text_into_the_next(home):
    make_standard(home, summary_nl="Gratis werk", heading_nl="Een kop")
    assert find_results('"kop gratis"', "nl").results == ()
    assert find_results('"gratis werk"', "nl").results


def test_a_whole_word_comes_before_one_that_is_only_begun(home):
    begun = make_standard(home, "a", summary_nl="Netwerkdagen.")
    whole = make_standard(home, "b", summary_nl="Een net.")
    assert [result.page for result in find_results("net", "nl").results] == [whole.pk, begun.pk]


def test_where_no_page_has_all_words_those_with_some_are_shown_and_it_is_said(home):
    make_standard(home, summary_nl="Werk in Brussel.")
    search_results = find_results("brussel onvindbaar", "nl")
    assert (search_results.total, search_results.is_loose) == (1, True)
    _response, shown = page("nl", q="brussel onvindbaar")
    assert "Geen enkele pagina" in shown.h2.get_text()


# --- Languages


def test_a_page_is_never_found_in_a_language_in_which_it_does_not_exist(home):
    make_standard(home, languages=("nl", "fr"), summary_en="Xyzzy", summary_nl="Xyzzy")
    search_results = find_results("xyzzy", "en")
    assert search_results.results == ()
    assert [(code, len(results)) for code, results in search_results.elsewhere] == [("nl", 1)]


def test_what_matches_in_another_language_stands_apart_once_and_is_marked_as_such(home):
    both = make_standard(home, "both", summary_nl="Xyzzy", summary_fr="Xyzzy", heading_fr="Les deux")
    appeared = {"first_published_at": timezone.now() - timedelta(days=2)}
    french = make_standard(home, "french", ("nl", "fr"), summary_fr="Le xyzzy", heading_fr="En français", **appeared)
    search_results = find_results("xyzzy", "nl")
    assert [result.page for result in search_results.results] == [both.pk]
    assert [(code, [one.page for one in results]) for code, results in search_results.elsewhere] == [("fr", [french.pk])]
    _response, shown = page("nl", q="xyzzy")
    apart = shown.select_one("#in-fr")
    assert apart.get_text() == "Ook gevonden in het Frans"
    result = apart.find_next("li")
    assert (result["lang"], result.a["hreflang"], result.a["href"]) == ("fr", "fr", "/fr/french-fr/")
    assert result.select_one(".note span")["lang"] == "nl"
    assert not shown.select_one("#results").find_next("li").has_attr("lang")


def test_whoever_switches_the_language_keeps_the_question_and_is_told_in_which_one_it_was_typed(home):
    make_standard(home, summary_nl="Xyzzy")
    _response, shown = page("nl", q="xyzzy")
    assert not shown.select(".notice")
    response = Client().get(shown.select_one(".languages a[lang=fr]")["href"])
    switched = BeautifulSoup(response.content.decode(), "html.parser")
    assert switched.select_one("#q")["value"] == "xyzzy"
    assert "néerlandais" in switched.select_one(".notice").get_text()
    assert switched.select_one(".languages a[lang=en]")["href"] == "/en/search/?q=xyzzy&from=fr"
    assert not page("fr", q="xyzzy", **{"from": "fr"})[1].select(".notice")
    assert not page("fr", q="xyzzy", **{"from": "xx"})[1].select(".notice")


# --- Sections and pages of results


def test_a_search_can_keep_to_a_section(home):
    section = make_section(home)
    inside = make_mandate(section, "inside", first_published_at=timezone.now() - timedelta(days=2))
    make_standard(home, "outside")
    assert {one.page for one in find_results("summary", "en", section.pk).results} == {section.pk, inside.pk}
    _response, shown = page("en", q="summary", section=section.slug)
    assert shown.select_one("option[selected]")["value"] == section.slug
    assert [item.a.get_text() for item in shown.select("ol.link-list > li")] == ["mandates en", "inside en"]
    (note,) = shown.select("ol.link-list .note")  # a section says in none that it is one
    assert note.get_text().startswith("mandates en · ")
    assert shown.find("a", string="Search the whole site")["href"] == "/en/search/?q=summary"


@pytest.mark.sweep
def test_results_come_ten_at_a_time(home):
    for number in range(23):
        make_standard(home, f"xyzzy {number}")
    results_pages = [find_results("xyzzy", "nl", page_number=number) for number in (1, 2, 3, 4, 10**12)]
    assert [(len(one.results), one.page_number, one.page_count, one.total) for one in results_pages] == [
        (10, 1, 3, 23),
        (10, 2, 3, 23),
        (3, 3, 3, 23),
        (3, 3, 3, 23),
        (3, 3, 3, 23),
    ]
    assert len({result.page for one in results_pages[:3] for result in one.results}) == 23
    _response, shown = page("nl", q="xyzzy", page=2)
    assert [link["href"] for link in shown.select("nav.pagination a")] == [
        "/nl/zoeken/?q=xyzzy&page=1",
        "/nl/zoeken/?q=xyzzy&page=3",
    ]
    assert shown.title.get_text().startswith("23 resultaten voor ‘xyzzy’, pagina 2 van 3 – Zoeken")


@pytest.mark.sweep
def test_of_very_many_results_only_the_best_are_shown_and_the_reader_is_told(home):
    first = make_standard(home, "first", summary_nl="Xyzzy.")
    multiply(first, MAX_SHOWN)
    called_so = make_standard(home, "xyzzy")
    call_command("rebuild_search", verbosity=0)
    assert next(one.page for one in find_results("xyzzy", "nl").results) == called_so.pk
    last = find_results("xyzzy", "nl", page_number=MAX_SHOWN)
    assert (last.total, last.shown_count, last.page_count, last.page_number) == (
        MAX_SHOWN + 2,
        MAX_SHOWN,
        MAX_SHOWN // 10,
        MAX_SHOWN // 10,
    )
    assert len(last.results) == 10
    note = f"alleen de {MAX_SHOWN} beste resultaten"
    assert note in page("nl", q="xyzzy", page=MAX_SHOWN)[1].main.get_text()
    assert note not in page("nl", q="xyzzy")[1].main.get_text()


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "abc", "", "9" * 30, "²", "1e3", "٣", "999999999"])
@pytest.mark.sampled(2)
def test_a_number_that_is_none_leads_to_a_page_all_the_same(home, number):
    make_standard(home, "xyzzy")
    response, shown = page("nl", q="xyzzy", page=number)
    assert response.status_code == 200
    assert len(shown.select("ol.link-list > li")) == 1
