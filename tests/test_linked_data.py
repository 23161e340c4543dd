"""JSON-LD: checked by the types of schema.org and by a JSON-LD processor, neither of which this project wrote."""

import json

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pyld import jsonld

from delivery.linked_data import Publisher, Subject, graph, to_json
from languages.codes import LANGUAGES
from pages.models import SiteSettings
from tests.building import make_standard
from tests.content import KEYS, page_of
from tests.engines import type_errors
from tests.site_checks import SITE, linked_data

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

SCHEMA = "https://schema.org/"
# As much of schema.org's own context as these graphs need: names are its vocabulary, and some of them hold addresses.
CONTEXT = {"@vocab": SCHEMA, **{name: {"@id": SCHEMA + name, "@type": "@id"} for name in ("url", "logo", "item")}}

REFERENCES = ("publisher", "isPartOf", "breadcrumb", "mainEntity")


@pytest.fixture
def graphs(rendered):
    """The JSON-LD of every page in every language, by address."""
    return {html.find("link", rel="canonical")["href"]: linked_data(html) for html in rendered.values()}


@pytest.fixture
def files(graphs):
    """The files that the pages name as the encoding of what they speak of, by address."""
    named = [thing["encoding"] for one in graphs.values() for thing in one["@graph"] if "encoding" in thing]
    answers = {encoding["contentUrl"]: Client().get(encoding["contentUrl"].removeprefix(SITE)) for encoding in named}
    assert len(answers) == len(LANGUAGES) and {answer["Content-Type"] for answer in answers.values()} == {"application/ld+json"}
    return {address: json.loads(answer.content) for address, answer in answers.items()}


def context_from_here(url, options):
    """Give the JSON-LD processor the context, and nothing from elsewhere."""
    assert url == "https://schema.org"
    return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def things(graphs):
    """Return all that the graphs say, joined by a JSON-LD processor: id -> name of property -> values."""
    expanded = [node for one in graphs.values() for node in jsonld.expand(one, {"documentLoader": context_from_here})]
    flat = jsonld.flatten(expanded, None, {"documentLoader": context_from_here})
    return {thing["@id"]: {name.removeprefix(SCHEMA): values for name, values in thing.items()} for thing in flat}


def plain(values):
    return [value.get("@id", value.get("@value")) for value in values or ()]


def faults(graphs):
    """Yield what is wrong between pages: things named and described nowhere, and translations that are not mutual."""
    things_by_id = things(graphs)
    for identifier, thing in things_by_id.items():
        for name in REFERENCES:
            yield from (
                f"{other} is described nowhere"
                for other in plain(thing.get(name))
                if "@type" not in things_by_id.get(other, {})
            )
        for other in plain(thing.get("workTranslation")):
            back = things_by_id.get(other, {})
            if identifier not in plain(back.get("workTranslation")):
                yield f"{other} does not name {identifier}"
            if plain(thing.get("inLanguage")) == plain(back.get("inLanguage")):
                yield f"{other} is in the language of {identifier}"
            if not back.get("name"):
                yield f"{other} is no page"
        if thing.get("@type") == [SCHEMA + "GovernmentOrganization"] and not thing.get("address"):
            yield "the organisation has no address"


@pytest.mark.sweep  # the compiler of types takes seconds
def test_what_every_page_and_file_says_is_of_the_types_of_schema_org(graphs, files, tmp_path):
    assert type_errors(graphs | files, tmp_path) == []


@pytest.mark.sweep
def test_what_pages_and_files_say_joins_into_one_graph_with_mutual_translations(graphs, files):
    assert list(faults(graphs | files)) == []
    things_by_id = things(graphs | files)
    for key in KEYS:
        paths = page_of(key).paths()
        for code, path in paths.items():
            named = plain(things_by_id[SITE + path]["workTranslation"])
            assert set(named) == {SITE + other for language, other in paths.items() if language != code}
    for path in page_of("glossary").paths().values():
        terms = things_by_id[f"{SITE}{path}#terms"]  # named on the page, filled by the file
        assert len(terms["encoding"]) == 1 and len(terms["hasDefinedTerm"]) > 50
        assert all(things_by_id[term]["@type"] == [SCHEMA + "DefinedTerm"] for term in plain(terms["hasDefinedTerm"]))


@pytest.mark.sweep  # the compiler of types takes seconds
def test_a_file_that_is_of_another_page_or_of_wrong_types_is_caught(graphs, files, tmp_path):
    address = next(iter(files))
    elsewhere = spoilt({address: files[address]}, '"publisher": {"@id": "' + SITE, '"publisher": {"@id": "' + SITE + "/else")
    assert f"{SITE}/else/#organisation is described nowhere" in list(faults(graphs | elsewhere))
    (fault,) = type_errors(spoilt({address: files[address]}, '"hasDefinedTerm"', '"definesTerm"'), tmp_path)
    assert fault.startswith(f"{address}: ")


def spoilt(graphs, old, new):
    """Return graphs of which the first that holds `old` holds `new` instead."""
    address = next(address for address, one in graphs.items() if old in json.dumps(one))
    return {**graphs, address: json.loads(json.dumps(graphs[address]).replace(old, new, 1))}


@pytest.mark.sweep  # the compiler of types takes seconds
def test_the_types_catch_a_fault_of_each_kind(graphs, tmp_path):
    address = SITE + page_of("eures").paths()["nl"]
    sound = {"sound": graphs[address]}
    seeded = {
        "wrong type": ('"@type": "BreadcrumbList"', '"@type": "Breadcrumbs"'),
        "misspelt property": ('"inLanguage": "nl"', '"inLangauge": "nl"'),
        "property of another type": ('"dateModified"', '"telephone"'),
        "value of a wrong type": ('"publisher": {"@id"', '"publisher": {"@type": "PostalAddress", "@id"'),
    }
    spoilt_ones = {kind: spoilt(sound, *fault)["sound"] for kind, fault in seeded.items()}
    errors = type_errors({**sound, **spoilt_ones}, tmp_path)
    assert {line.split(":")[0] for line in errors} == set(seeded)


def test_a_translation_that_is_not_mutual_is_caught(graphs):
    address = SITE + page_of("eures").paths()["fr"]
    dutch = SITE + page_of("eures").paths()["nl"]
    one = json.loads(json.dumps(graphs[address]))
    page = next(thing for thing in one["@graph"] if thing["@id"] == address)
    page["workTranslation"] = [other for other in page["workTranslation"] if other["@id"] != dutch]
    assert list(faults({**graphs, address: one})) == [f"{address} does not name {dutch}"]


def test_a_name_that_nothing_has_is_caught(graphs):
    seeded = spoilt(graphs, f'"publisher": {{"@id": "{SITE}/#organisation"', f'"publisher": {{"@id": "{SITE}/#nobody"')
    assert f"{SITE}/#nobody is described nowhere" in list(faults(seeded))


# --- What a page says


def of(client, page, language="nl"):
    """Return the things that a page speaks of, by type."""
    html = BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser")
    return {thing["@type"]: thing for thing in linked_data(html)["@graph"]}


def test_the_home_page_says_of_the_organisation_what_is_in_the_settings(client, db):
    publisher = of(client, page_of("home"), "fr")["GovernmentOrganization"]
    assert publisher["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "Avenue de l’Astronomie 14",
        "postalCode": "1210",
        "addressLocality": "Saint-Josse-ten-Noode",
        "addressCountry": "BE",
    }
    assert publisher["contactPoint"]["availableLanguage"] == ["nl", "fr"]
    assert publisher["identifier"] == {"@type": "PropertyValue", "name": "Numéro d’entreprise", "value": "0239.843.188"}
    SiteSettings.objects.update(telephone="", enterprise_number="", street_nl="", street_fr="", street_en="")
    publisher = of(client, page_of("home"), "fr")["GovernmentOrganization"]
    assert not {"address", "contactPoint", "identifier", "telephone"} & set(publisher)


def test_other_pages_name_the_organisation_and_leave_the_rest_to_the_home_page(client, db):
    (full, named) = (of(client, page_of(key), "fr")["GovernmentOrganization"] for key in ("home", "eures"))
    assert set(named) == {"@type", "@id", "name", "url"} and named.items() <= full.items()


def test_breadcrumbs_are_those_that_readers_see_and_home_has_none(client, db):
    page = page_of("eures")
    breadcrumbs = of(client, page)["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["item"]) for step in breadcrumbs] == [
        (1, f"{SITE}/nl/"),
        (2, SITE + page.get_parent().specific.paths()["nl"]),
        (3, SITE + page.paths()["nl"]),
    ]
    html = BeautifulSoup(client.get(page.paths()["nl"]).content.decode(), "html.parser")
    assert [step["name"] for step in breadcrumbs] == [
        item.text.strip() for item in html.find("nav", class_="breadcrumbs").find_all("li")
    ]
    assert "BreadcrumbList" not in of(client, page_of("home"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_the_file_of_the_glossary_defines_each_term_where_it_stands(client, db, language):
    page = page_of("glossary")
    (term_set,) = client.get(f"/{language}/glossary.jsonld").json()["@graph"]
    named = of(client, page, language)["DefinedTermSet"]
    assert term_set["@id"] == named["@id"] and "hasDefinedTerm" not in named
    html = BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser")
    terms_on_page = {dfn.text.strip() for dfn in html.find_all("dfn") if not dfn.find(lang=True)}
    assert {term["name"] for term in term_set["hasDefinedTerm"]} == terms_on_page and len(terms_on_page) > 20
    assert term_set["inLanguage"] == named["inLanguage"] == language
    (link,) = html.head.find_all("link", rel="alternate", type="application/ld+json")
    assert SITE + link["href"] == named["encoding"]["contentUrl"]
    for term in term_set["hasDefinedTerm"]:
        assert html.find(id=term["@id"].partition("#")[2]).find("dfn").text.strip() == term["name"]


def test_kinds_of_pages_are_named(client, db):
    kinds = {key: of(client, page_of(key)) for key in ("contact", "networks", "eures")}
    assert "ContactPage" in kinds["contact"] and "CollectionPage" in kinds["networks"] and "WebPage" in kinds["eures"]


def test_a_page_in_two_languages_names_the_other_alone(client, db):
    page = make_standard(page_of("home"), languages=["nl", "fr"])
    web_page = of(client, page)["WebPage"]
    assert web_page["workTranslation"] == [{"@type": "WebPage", "@id": SITE + page.paths()["fr"], "inLanguage": "fr"}]


def test_no_text_can_break_out_of_the_block(client, db):
    evil = "</script><script>alert(1)</script><!-- & ]]> \u2028"
    page = make_standard(page_of("home"), heading_nl=evil, summary_nl=evil)
    html = BeautifulSoup(client.get(page.paths()["nl"]).content.decode(), "html.parser")
    assert [script.get("type") for script in html.head.find_all("script") if not script.get("src")] == ["application/ld+json"]
    web_page = next(thing for thing in linked_data(html)["@graph"] if thing["@type"] == "WebPage")
    assert web_page["name"] == evil


def test_what_is_not_known_is_not_said():
    document = graph("https://example.org", "", ["nl"], Publisher(name="A"), Subject("https://example.org/nl/", "nl", "B"))
    assert [thing["@type"] for thing in document["@graph"]] == ["GovernmentOrganization", "WebSite", "WebPage"]
    assert set(document["@graph"][0]) == {"@type", "@id", "name", "url"}
    assert json.loads(to_json(document)) == document
