"""Nothing of the old page got lost: what `docs/facts.md` names holds something, and readers see it in three languages.

The texts are those of the content, and are not written here again, but for what is the same in every language: years, numbers
and names.
"""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils import translation

from languages.codes import LANGUAGES
from languages.units import units
from tests.content import page_of

WHERE_FACTS_STAND = settings.BASE_DIR / "docs/facts.md"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

# What the old page said, by page, as far as it is the same in every language.
FACTS = {
    "home": ["EURES", "PES Network", "WAPES", "Socieux+", "Enabel", "view.brussels", "Forem"],
    "mandates": ["view.brussels"],
    "networks": ["EURES", "PES Network", "WAPES"],
    "agreements": ["Socieux+", "Enabel"],
    "youth-guarantee": ["2013", "2014", "6", "4", "30", "2020", "2014–2019", "2019"],
    "esf": ["2021–2027", "2014–2020"],
    "territorial-pact": ["1998", "1996", "15", "Bruxelles Formation", "VDAB"],
    "view-brussels": ["Actiris", "Bruxelles Formation"],
    "eures": ["31", "1993", "1994"],
    "pes-network": [
        "2014",
        "27",
        "Actiris",
        "VDAB",
        "Forem",
        "ADG",
        "8",
        "2023",
        "2025",
        "Caroline Mancel",
        "Spiros Protopsaltis",
    ],
    "wapes": ["1988", "85", "2023–2025", "2022–2025", "Forem", "Synerjob"],
    "socieux-plus": ["2013", "155", "Grégor Chapelle", "Hervé Conan"],
    "enabel": ["2030"],
}
LISTS = ["home", "mandates", "networks", "agreements"]  # pages that show others
TOPICS = [key for key in FACTS if key not in LISTS]

# The links of the old page: where they lead.
LINKS = {
    "youth-guarantee": "https://employment-social-affairs.ec.europa.eu/",
    "view-brussels": "https://www.view.brussels",
    "pes-network": "https://www.pesnetwork.eu/",
    "wapes": "https://wapes.org/",
    "socieux-plus": "https://socieux.eu/",
    "enabel": "https://www.enabel.be/",
}


def plain(tag):
    """Return the text of a tag with single spaces, those of French typography included."""
    return " ".join(tag.get_text(" ").split())


def letters(text):
    """Return a text without its spaces, which depend on the markup."""
    return "".join(text.split())


def without_brackets(text):
    """Return a text without what stands in brackets, where pages add the language of a link."""
    return re.sub(r"\([^()]*\)", "", text)


def texts_of(page, fields, language):
    """Return the texts of some fields of a page in a language, as readers see them."""
    found = [
        unit.texts[language]
        for unit in units(page)
        if unit.address.split(".")[0] in fields and unit.kind in ("plain", "rich") and language in unit.languages
    ]
    return [letters(BeautifulSoup(text, "html.parser").get_text()) for text in found if text]


def missing(texts, shown):
    """Return those of some texts that a page does not show."""
    bare = without_brackets(shown)
    return [text for text in texts if text not in shown and without_brackets(text) not in bare]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FACTS)
def test_years_numbers_and_names_of_the_old_page_stand_on_its_page(rendered, key, language):
    shown = plain(rendered[key, language].main)
    assert [fact for fact in FACTS[key] if not re.search(rf"(?<!\w){re.escape(fact)}(?!\w)", shown)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", TOPICS)
def test_readers_see_each_field_that_holds_a_fact_in_their_language(rendered, key, language):
    fields = {field for page, field in FIELDS if page == key}
    texts = texts_of(page_of(key).specific, fields, language)
    assert texts
    assert missing(texts, letters(rendered[key, language].main.get_text())) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LISTS)
def test_readers_see_each_topic_and_what_is_between_them(rendered, key, language):
    page = page_of(key).specific
    topics = [topic for name in TOPICS if (topic := page_of(name).specific).is_descendant_of(page)]
    texts = texts_of(page, {"heading", "body"}, language)
    texts += [text for topic in topics for text in texts_of(topic, {"heading"}, language)]
    assert len(texts) > len(topics) > 1
    assert missing(texts, letters(rendered[key, language].main.get_text())) == []


def test_a_text_in_another_language_is_missed(rendered):
    texts = texts_of(page_of("eures").specific, {"summary", "body"}, "fr")
    assert missing(texts, letters(rendered["eures", "nl"].main.get_text())) == texts


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", LINKS)
def test_every_link_of_the_old_page_leads_where_it_did(rendered, key, language):
    page = page_of(key).specific
    labels = tuple(letters(unit.texts[language]) for unit in units(page) if unit.kind == "plain" and unit.texts[language])
    links = rendered[key, language].main.find_all("a", href=re.compile(f"^{re.escape(LINKS[key])}"))
    assert any(letters(link.get_text()).startswith(labels) for link in links), links


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", FACTS)
def test_the_skip_link_speaks_the_language_of_its_page(rendered, key, language):
    with translation.override(language):
        assert plain(rendered[key, language].body.find("a")) == translation.gettext("Skip to main content")


# --- docs/facts.md says where every fact stands: its pages and fields exist, and hold something

NAME = re.compile(r"`([a-z][a-z0-9_-]*)`")  # a page or a field, and no path such as `tests/test_facts.py`


def sections(markdown):
    """Yield (keys that a heading names, rows of its table) of a Markdown document; a row is a list of its cells."""
    for part in re.split(r"^## ", markdown, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        table = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines if line.startswith("|")]
        yield NAME.findall(heading), table[2:]  # the first two rows are the header and the line below it


def names(markdown):
    """Return the pages and the (page, field) pairs that a Markdown document of that form names."""
    pages, fields = set(), set()
    for keys, rows in sections(markdown):
        pages.update(keys)
        for row in rows:
            if keys:
                fields.update((keys[0], name) for name in NAME.findall(row[1]))
            else:
                pages.update(NAME.findall(" ".join(row)))
    return pages, fields


PAGES, FIELDS = names(WHERE_FACTS_STAND.read_text())


def test_the_list_of_facts_is_read_to_its_end():
    whole = "## Old\n\n| F | W |\n|---|---|\n| a | `home`: b |\n"
    page = "## X (`x-y`)\n\n| F | W |\n|---|---|\n| c | `role`, `a_b` |\n"
    assert names(f"# T\n\n{whole}\n{page}") == ({"home", "x-y"}, {("x-y", "role"), ("x-y", "a_b")})
    assert {key for key, _field in FIELDS} == set(FACTS) - set(LISTS)


@pytest.mark.parametrize("key", sorted(PAGES))
def test_every_page_that_the_list_of_facts_names_exists(key):
    assert page_of(key).live


@pytest.mark.parametrize(("key", "field"), sorted(FIELDS))
def test_every_field_that_the_list_of_facts_names_exists_and_is_filled(key, field):
    page = page_of(key).specific
    assert field in {one.name for one in page._meta.get_fields()}
    assert any(getattr(page, name, None) for name in (field, *(f"{field}_{code}" for code in LANGUAGES)))
