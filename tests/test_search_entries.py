"""What the index of the search holds of a page, and what results say of it."""

from datetime import timedelta

import pytest

from directory.models import GlossaryTerm, Organisation, Person
from languages.codes import LANGUAGES
from networks.models import NetworkIndexPage
from pages.models import GlossaryPage
from search.models import Entry
from search.page_lines import join_texts
from search.results import find_results
from tests.building import add, make_mandate, make_network, make_section, make_standard, texts
from tests.searching import languages_of, pages_found, stream

pytestmark = pytest.mark.django_db


def shown_passage(query, language):
    """Return what the first result of a question says about it."""
    return "".join(text for text, _is_marked in find_results(query, language).results[0].passage)


def test_there_is_a_row_for_each_language_in_which_a_page_exists(home):
    assert languages_of(home) == ["en", "fr", "nl"]
    assert languages_of(make_standard(home, "two", languages=("nl", "fr"))) == ["fr", "nl"]
    assert languages_of(make_standard(home, "draft", live=False)) == []


def test_a_row_knows_its_section_and_its_last_change(home):
    section = make_section(home)
    page = make_mandate(section)
    entry = Entry.objects.get(page=page, language="fr")
    assert entry.section_id == section.pk
    assert entry.changed_at is None  # it is as it first appeared
    page.first_published_at -= timedelta(days=1)
    page.save()
    assert Entry.objects.get(page=page, language="fr").changed_at.isoformat() == page.changed_at["fr"]
    assert Entry.objects.get(page=section, language="fr").section_id == section.pk
    assert Entry.objects.get(page=home, language="fr").section_id is None


def test_texts_for_staff_and_machines_are_not_searched(home):
    names = ("meta_title", "meta_description", "change_note")
    page = make_standard(home, **{f"{name}_{code}": "xyzzy" for name in names for code in ("nl", "fr")}, url_slug_nl="xyzzy")
    assert languages_of(page)
    assert pages_found("xyzzy") == pages_found("xyzzy", "fr") == set()


def test_a_draft_is_not_found_until_it_is_published(standard):
    standard.summary_nl = standard.summary_fr = standard.summary_en = "Xyzzy."
    revision = standard.save_revision()
    assert pages_found("xyzzy") == set()
    revision.publish()
    assert pages_found("xyzzy") == {standard.pk}


def test_facts_are_found_organisations_people_dates_and_figures(home):
    who = Person.objects.create(name="Ada Xyzzy")
    what = Organisation.objects.create(name_nl="Dienst Plugh", name_fr="Service Plugh", abbreviation_nl="DPL")
    text = {"nl": "voorzitter", "fr": "président", "en": "chair"}
    term = {"person": who.pk, "organisation": what.pk, "office": text, "from_date": "2019-05"}
    figure = {"label": text, "value": "1600", "year": "2023", "source": text}
    page = make_network(
        make_section(home, NetworkIndexPage),
        terms=stream("term", term),
        figures=stream("figure", figure),
        founded_on="1987-03-12",
    )
    for query in ("ada xyzzy", "plugh", "DPL", "mei 2019", "12 maart 1987", "1 600"):
        assert pages_found(query) == {page.pk}, query
    assert pages_found("Service Plugh", "fr") == {page.pk}
    assert pages_found("DPL", "fr") == set()
    who.name = "Ada Waldo"
    who.save()
    assert (pages_found("xyzzy"), pages_found("waldo")) == (set(), {page.pk})
    what.name_nl = "Dienst Fred"
    what.save()
    assert (pages_found("plugh"), pages_found("fred")) == (set(), {page.pk})


def test_what_waits_for_a_confirmation_is_not_found_unless_it_has_a_source(home):
    who = Person.objects.create(name="Ada Xyzzy")
    text = {"nl": "voorzitter", "fr": "président", "en": "chair"}
    term = {"person": who.pk, "office": text, "to_confirm": True}
    page = make_network(make_section(home, NetworkIndexPage), terms=stream("term", term))
    assert pages_found("xyzzy") == set()
    page.terms = stream("term", {**term, "source": text})
    page.save_revision().publish()
    assert pages_found("xyzzy") == {page.pk}


@pytest.mark.parametrize(
    ("language", "passage"),
    [
        ("nl", "Nieuw, voorzitter, van juli 2025 tot en met juni 2027, verkozen in juni 2025"),
        ("fr", "Nieuw, président, de juillet 2025 à juin 2027, élection en juin 2025"),
    ],
)
def test_the_passage_about_an_office_names_who_holds_it_now_and_for_how_long(home, language, passage):
    office = {"nl": "voorzitter", "fr": "président", "en": "chair"}
    old, new = Person.objects.create(name="Oud"), Person.objects.create(name="Nieuw")
    terms = [
        {
            "person": old.pk,
            "office": office,
            "capacity": dict.fromkeys(LANGUAGES, "Plugh"),
            "from_date": "2023",
            "until": "2025-06",
        },
        {"person": new.pk, "office": office, "from_date": "2025-07", "until": "2027-06", "elected_on": "2025-06"},
    ]
    milestones = [{"date": "2023", "text": {"nl": "De voorzitter begint.", "fr": "Le président commence."}}]
    make_network(
        make_section(home, NetworkIndexPage),
        heading_nl="Plugh",
        heading_fr="Plugh",
        terms=[{"type": "term", "value": term} for term in terms],
        milestones=[{"type": "milestone", "value": one} for one in milestones],
    )
    assert shown_passage(f"plugh {office[language]}", language) == passage


@pytest.mark.parametrize(
    ("language", "passage"),
    [("nl", "Minder waldo. Bron: Plugh"), ("fr", "Moins de waldo. Source\u00a0: Plugh"), ("en", "Source: Plugh")],
)
@pytest.mark.sampled(1)
def test_a_passage_names_a_source_as_such(home, language, passage):
    result = {"text": {"nl": "Minder waldo.", "fr": "Moins de waldo."}, "source": dict.fromkeys(LANGUAGES, "Plugh")}
    make_mandate(make_section(home), results=stream("result", result))
    assert shown_passage("plugh", language) == passage


@pytest.mark.parametrize(
    ("years", "passage"),
    [
        ({"from_year": 2014, "until_year": 2019}, "Minder waldo (2014–2019). Bron: Plugh"),
        ({"from_year": 2014, "until_year": 2014}, "Minder waldo (2014). Bron: Plugh"),
        ({"from_year": 2014, "until_year": None}, "Minder waldo (2014). Bron: Plugh"),
    ],
)
def test_a_passage_of_a_result_says_about_which_years_it_is(home, years, passage):
    result = {"text": {"nl": "Minder waldo.", "fr": "Moins de waldo."}, "source": dict.fromkeys(LANGUAGES, "Plugh"), **years}
    make_mandate(make_section(home), results=stream("result", result))
    assert shown_passage("plugh", "nl") == passage


@pytest.mark.parametrize(
    ("texts", "line"),
    [
        (["actiris.brussels", "Pour chercher un emploi."], "actiris.brussels … Pour chercher un emploi."),
        (["Une phrase.", "Une autre."], "Une phrase. Une autre."),
        (["85", "members", "2023"], "85, members, 2023"),
        (["Ada", "chair of the board."], "Ada, chair of the board."),
        (["Alone."], "Alone."),
        ([], ""),
    ],
)
def test_a_name_and_a_sentence_below_it_are_told_apart_in_a_passage(texts, line):
    assert join_texts(texts) == line


def test_a_result_of_the_glossary_is_headed_and_explained_by_the_same_term(home):
    add(home, GlossaryPage, **texts("glossary"))
    defined = {"xyzzy waldo": "Wie lang plugh heeft.", "fred": "Een xyzzy waldo met een waldo.", "plugh": ""}
    for term, definition in defined.items():
        GlossaryTerm.objects.create(term_nl=term, term_fr=term, definition_nl=definition)
    for question, term, said in (
        ("xyzzy waldo", "xyzzy waldo", "xyzzy waldo – Wie lang plugh heeft."),
        ("fred", "fred", "fred – Een xyzzy waldo met een waldo."),
        ("plugh", "plugh", "plugh"),
    ):
        assert find_results(question, "nl").results[0].heading.endswith(f" – {term}")
        assert shown_passage(question, "nl") == said


def test_the_glossary_page_is_found_by_its_terms_and_their_definitions(home):
    glossary = add(home, GlossaryPage, **texts("glossary"))
    term = GlossaryTerm.objects.create(term_nl="xyzzy", term_fr="plugh", definition_nl="Een woord van waldo.")
    assert pages_found("xyzzy") == pages_found("waldo") == pages_found("plugh", "fr") == {glossary.pk}
    term.delete()
    assert pages_found("xyzzy") == pages_found("waldo") == set()
