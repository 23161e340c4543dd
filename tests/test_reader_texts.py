"""What the starting content says: plain, short, without doubts and with its sources, in three languages alike."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from django.urls import reverse

from delivery.errors import bad_request
from languages.codes import LANGUAGES
from newsroom.content.files import read_entries, read_file
from search.paths import search_path
from tests import reader_text_checks as checks
from tests.content import CONTENT, EVERY_PAGE, KEYS

UNSEEN = {"type", "key", "url_slug", "meta_title", "meta_description", "staff_notes", "change_note", "synonyms", "inflections"}
GIVEN = {"ordinance", "label", "reference", "name", "former_names", "source"}  # names that others gave
ENTRIES = {f"directory/{name}": read_entries(CONTENT / f"{name}.yaml", CONTENT) for name in ("organisations", "glossary")}
FILES = {key: read_file(CONTENT / f"pages/{key}.yaml", CONTENT) for key in KEYS} | ENTRIES


def texts(value, language, without=UNSEEN):
    """Yield the texts of a content file in one language, with their markup."""
    if isinstance(value, dict) and value.keys() & set(LANGUAGES):
        yield from filter(None, [value.get(language)])
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in without:
                yield from texts(inner, language, without)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner, language, without)


def paragraphs(text):
    """Yield the paragraphs and items of a text, without markup."""
    for part in re.split(r"</?(?:p|li|ul|ol|br)\b[^>]*>", text):
        if plain := " ".join(BeautifulSoup(f"<p>{part}</p>", "html.parser").get_text().split()):
            yield plain


def figures(value):
    """Yield the figures of a content file, those of earlier years among them."""
    if isinstance(value, dict):
        if "value" in value and "kind" not in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from figures(inner)


def blocks_of(html):
    """Return the texts of what readers of a page read one by one: headings, paragraphs, items, cells."""
    tags = html.main.find_all(["h1", "h2", "h3", "p", "li", "dt", "dd", "td", "th", "caption", "summary"])
    return [" ".join(tag.get_text(" ").split()) for tag in tags if not tag.find(["p", "li", "dd"])]


# --- The checks see what they are for


@pytest.mark.parametrize(
    "text",
    [
        "Het jaar is vermoedelijk 2021.",
        "Dates à confirmer",
        "Not confirmed by a second source.",
        "Membres non confirmés".replace("s", ""),
    ],
)
def test_a_doubt_is_seen(text):
    assert checks.doubts(text)


def test_what_the_texts_would_rather_say_is_no_doubt():
    assert checks.doubts("Wie zoekt, weten we niet. Tous les accords sont confirmés par écrit. The unclearest.") == []


def test_a_long_sentence_is_seen():
    short, long = "Dit is kort. ", " ".join(["woord"] * 26) + "."
    assert checks.long_sentences(short * 30) == []
    assert checks.long_sentences(short + long.capitalize()) == [long.capitalize()]


def test_a_passage_that_stands_twice_is_seen():
    passage = "one two three four five six seven eight"
    assert checks.repeated_passages([passage, f"And {passage}."]) == [passage]
    assert checks.repeated_passages([passage, "one two three four five six seven"]) == []


def test_an_abbreviation_without_its_words_is_seen():
    names = {"WAPES": ["World Association"]}
    assert checks.unexplained_abbreviations(["Zij werken met ANAPEC.", "ANAPEC (Marokko)"], names) == ["ANAPEC"]
    assert checks.unexplained_abbreviations(
        ["De dienst (ODA)", "Een ODA", "WAPES", "EU", "EU", "World Association"], names
    ) == ["WAPES"]
    assert (
        checks.unexplained_abbreviations(["Les États de l’UE"], {})
        == checks.unexplained_abbreviations(["UE"], {"UE": ["Union européenne"]})
        == ["UE"]
    )
    assert (
        checks.unexplained_abbreviations(
            ["WAPES", "The World Association (WAPES)", "ESF (a fund)", "view.brussels"], {}, {"WAPES"}
        )
        == []
    )


def test_a_list_whose_items_end_otherwise_is_seen():
    assert checks.mixed_lists("<ul><li>een;</li><li>twee.</li></ul>") == ["een;", "twee."]
    assert checks.mixed_lists("<ul><li>een</li></ul><ol><li><b>Dit is er een.</b></li>\n<li>Dit ook?</li></ol>") == []


def test_a_line_that_could_break_is_seen():
    assert len(checks.breakable("La France : «\u00a0oui\u00a0», 30 ans, 0800 35\u00a0123")) == 3
    assert checks.breakable("Let op: in 2014 en 2020") == []


def test_a_figure_without_a_source_is_seen():
    source = dict.fromkeys(LANGUAGES, "Actiris")
    assert checks.is_sourced({"value": "1", "year": "2022", "source": source})
    assert not checks.is_sourced({"value": "1", "source": source})
    assert not checks.is_sourced({"value": "1", "year": "2022", "source": dict.fromkeys(LANGUAGES, "Pers")})
    assert checks.bare_quantities("Het telt 9.500 dagen en 30 %.") == ["9.500", "30 %"]
    assert checks.bare_quantities('Het telt <a href="https://…">9.500</a> dagen; bel 0800 35 123.') == []


def test_a_wrong_address_of_the_reader_is_seen():
    assert checks.wrong_address("Kunt u ons uw naam geven?", "nl") == ["u", "uw"]
    assert checks.wrong_address("Tu cherches ?", "fr") == ["Tu"]
    assert checks.wrong_address("Vous êtes têtu : du travail.", "fr") == checks.wrong_address("Je bent nu", "nl") == []


# --- The content files


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_too_long(language):
    all_texts = [text for content in FILES.values() for text in texts(content, language, UNSEEN | GIVEN)]
    assert [one for text in all_texts for part in paragraphs(text) for one in checks.long_sentences(part)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_twice_on_a_page(language):
    mistakes = {}
    for key in KEYS:
        unseen = UNSEEN | GIVEN | ({"summary"} if "opening" in FILES[key] else set())
        shown = [part for text in texts(FILES[key], language, unseen) for part in paragraphs(text)]
        mistakes[key] = checks.repeated_passages(shown)
    assert {key: found for key, found in mistakes.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_address_their_reader_as_they_should(language):
    found = [
        word for content in FILES.values() for text in texts(content, language) for word in checks.wrong_address(text, language)
    ]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_end_their_items_alike(language):
    found = [item for content in FILES.values() for text in texts(content, language) for item in checks.mixed_lists(text)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("field", ["tasks", "priorities"])
def test_what_a_list_stands_below_leads_to_it_with_a_colon(field, language):
    items = [item for content in FILES.values() if isinstance(content, dict) for item in content.get(field, ())]
    leads = [item["text"][language] for item in items if len(item) > 1]
    assert leads and [lead for lead in leads if not lead.endswith(":")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_glossary_explains_every_word_that_it_shows(language):
    shown = [entry for entry in ENTRIES["directory/glossary"] if not entry.get("for_staff_only")]
    assert [entry["key"] for entry in shown if not entry.get("definition", {}).get(language)] == []


def test_every_figure_has_a_year_and_a_source():
    assert [figure for content in FILES.values() for figure in figures(content) if not checks.is_sourced(figure)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_amount_stands_in_a_text_without_its_source(language):
    found = [number for key in KEYS for text in texts(FILES[key], language) for number in checks.bare_quantities(text)]
    assert found == []


# --- What readers get

pages = pytest.mark.django_db


@pytest.fixture(scope="module")
def expansions():
    """What abbreviations stand for, from the directory and the glossary, in every language."""
    found = {}
    for entry in (entry for entries in ENTRIES.values() for entry in entries):
        names = [*(entry.get("name") or entry["term"]).values()]
        names += [form for forms in (entry.get("inflections") or {}).values() for form in forms.split("; ")]
        for abbreviation in (entry.get("abbreviation") or {}).values():
            found.setdefault(abbreviation.rstrip("+"), set()).update(name for name in names if abbreviation not in name)
    return found


@pages
def test_no_public_address_speaks_of_doubts(loaded, answers, client):
    said = {of: response.content.decode() for of, (response, _path, _queries) in answers.items()}
    for language in LANGUAGES:
        addresses = [reverse("feed", args=[language]), reverse("terms", args=[language]), search_path(language) + "?q=EURES"]
        addresses.append(reverse("search_api", args=[language]) + "?q=Actiris")
        said |= {address: Client().get(address).content.decode() for address in addresses}
    said["bad request"] = bad_request(RequestFactory().get("/")).content.decode()
    for address in ("/zzz", *(f"/{language}/zzz/" for language in LANGUAGES)):
        response = Client().get(address)
        assert response.status_code == 404
        said[address] = response.content.decode()
    assert {of: checks.doubts(text) for of, text in said.items() if checks.doubts(text)} == {}


@pages
@pytest.mark.parametrize("language", LANGUAGES)
def test_abbreviations_are_explained_where_they_first_stand(rendered, expansions, language):
    mistakes = {}
    for key in sorted(set(KEYS) - {"glossary"}):  # which explains them all
        html = rendered[key, language]
        led_to = {word for link in html.main.select('a[href^="/"]') for word in checks.ABBREVIATION.findall(link.get_text())}
        mistakes[key] = checks.unexplained_abbreviations(blocks_of(html), expansions, led_to)
    assert {key: found for key, found in mistakes.items() if found} == {}


@pages
def test_french_readers_are_not_sent_to_pages_in_another_language_more_often_than_dutch_ones(rendered):
    foreign = dict.fromkeys(LANGUAGES, 0)
    for (_key, language), html in rendered.items():
        foreign[language] += len(html.main.select(f'a[rel="external"][hreflang]:not([hreflang="{language}"])'))
    assert foreign["fr"] <= foreign["nl"]


@pages
def test_no_line_ends_where_it_must_not(rendered):
    found = {of: checks.breakable(html.main.get_text()) for of, html in rendered.items()}
    assert {of: places for of, places in found.items() if places} == {}


@pages
@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_titles_are_short_and_say_whose_page_it_is(rendered, key, language):
    html = rendered[key, language]
    title = html.title.get_text()
    assert title.count("Actiris") >= 1 and len(title) <= checks.MAX_TITLE_LENGTH
    headings = [" ".join(tag.get_text().split()) for tag in html.main.find_all(re.compile("^h[1-6]$"))]
    assert [heading for heading in headings if len(heading) > checks.MAX_HEADING_LENGTH] == []
