"""The description of the search is one by the rules of OpenSearch 1.1, and where it leads there is an answer."""

import io
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from lxml import etree
from PIL import Image

from languages.codes import LANGUAGES
from pages.models import SiteSettings
from search.opensearch import MEDIA_TYPE, TAGS, short_name
from search.paths import search_path
from tests.building import make_home, make_section
from tests.site_checks import SITE

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"
# How often an element may stand there, and how many characters it may have.
ELEMENTS = {
    "ShortName": (1, 1, 16),
    "Description": (1, 1, 1024),
    "Url": (1, 99, 0),
    "Contact": (0, 1, 99),
    "Tags": (0, 1, 256),
    "LongName": (0, 1, 48),
    "Image": (0, 99, 2048),
    "Query": (0, 99, 0),
    "Developer": (0, 1, 64),
    "Attribution": (0, 1, 256),
    "SyndicationRight": (0, 1, 99),
    "AdultContent": (0, 1, 99),
    "Language": (0, 99, 99),
    "InputEncoding": (0, 99, 99),
    "OutputEncoding": (0, 99, 99),
}
PARAMETERS = {"searchTerms", "count", "startIndex", "startPage", "language", "inputEncoding", "outputEncoding"}
ROLES = {"request", "example", "related", "correction", "subset", "superset"}


def description_faults(content):
    """Yield what is wrong with a description by the rules of the specification."""
    root = etree.fromstring(content)
    if root.tag != f"{NAMESPACE}OpenSearchDescription":
        yield f"the root is {root.tag}"
    names = [child.tag.removeprefix(NAMESPACE) for child in root]
    yield from (f"unknown: {name}" for name in names if name not in ELEMENTS)
    for name, (fewest, most, longest) in ELEMENTS.items():
        if not fewest <= names.count(name) <= most:
            yield f"{names.count(name)} times {name}"
        for element in root.iterfind(NAMESPACE + name):
            text = element.text or ""
            if len(text) > longest or len(element) or bool(text.strip()) != bool(longest):
                yield f"{name}: {text!r}"
    for url in root.iterfind(f"{NAMESPACE}Url"):
        yield from url_faults(url)
    for query in root.iterfind(f"{NAMESPACE}Query"):
        if query.get("role") not in ROLES:
            yield f"role {query.get('role')}"
    if not root.findall(f"{NAMESPACE}Query[@role='example']"):
        yield "no example"
    if root.findtext(f"{NAMESPACE}SyndicationRight") not in {"open", "limited", "private", "closed"}:
        yield "unknown right"


def url_faults(url):
    template, kind, rel = (url.get(name, "") for name in ("template", "type", "rel"))
    parameters = dict(re.findall(r"\{(\w+)(\??)\}", template))
    address = urlsplit(template)
    if f"{address.scheme}://{address.netloc}" != SITE or "{" in address.path:
        yield f"address {template}"
    if not re.fullmatch(r"[a-z]+/[a-z.+-]+", kind):
        yield f"type {kind}"
    if rel not in {"", "results", "suggestions", "self", "collection"}:
        yield f"rel {rel}"
    if not parameters.keys() <= PARAMETERS or len(parameters) != template.count("{"):
        yield f"parameters {template}"
    if rel != "self" and parameters.get("searchTerms") != "":
        yield f"nothing to search for in {template}"
    if not url.get("pageOffset", "1").isdigit():
        yield "pageOffset"


def get_description(language):
    response = Client().get(reverse("opensearch", args=[language]))
    assert (response.status_code, response["Content-Type"]) == (200, MEDIA_TYPE)
    return response.content


def text_of(content, name):
    return etree.fromstring(content).findtext(NAMESPACE + name)


@pytest.fixture
def site(section):
    """A site with a name and a section in three languages."""
    return SiteSettings.objects.create(
        organisation_name_nl="Actiris", organisation_name_fr="Actiris", site_name_nl="Mandaten & co", site_name_fr="Mandats"
    )


def test_it_stands_beside_the_search(site):
    assert [reverse("opensearch", args=[code]) for code in LANGUAGES] == [
        f"{search_path(code)}opensearch.xml" for code in LANGUAGES
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_keeps_to_the_specification(site, language):
    content = get_description(language)
    assert list(description_faults(content)) == []
    assert text_of(content, "ShortName") == f"Actiris {language.upper()}"
    assert text_of(content, "Language") == language
    assert text_of(content, "Tags").split() == ["mandates", language]
    assert all(text_of(content, name).startswith("Actiris") for name in ("Description", "LongName"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_every_address_answers_with_what_it_promises(site, language):
    root = etree.fromstring(get_description(language))
    example = root.find(f"{NAMESPACE}Query").get("searchTerms")
    kinds = {}
    for url in root.iterfind(f"{NAMESPACE}Url"):
        for page in (url.get("pageOffset", ""), ""):
            address = url.get("template").replace("{searchTerms}", quote(example)).replace("{startPage?}", page)
            response = Client().get(address.removeprefix(SITE))
            assert (response.status_code, response["Content-Type"].partition(";")[0]) == (200, url.get("type")), address
            kinds[response["Content-Type"].partition(";")[0]] = response
    assert len(kinds) == 4
    assert kinds["application/json"].json()["total"] and kinds["application/json"].json()["page"] == 1
    assert kinds["application/x-suggestions+json"].json()[0] == example
    assert kinds[MEDIA_TYPE].content == get_description(language)


def test_its_pictures_are_there_in_the_sizes_they_say(site):
    pictures = etree.fromstring(get_description("nl")).findall(f"{NAMESPACE}Image")
    assert {picture.get("type") for picture in pictures} == {"image/x-icon", "image/png"}
    for picture in pictures:
        path = picture.text.removeprefix(SITE)
        content = (
            Path(finders.find(path.removeprefix("/static/"))).read_bytes() if "static" in path else Client().get(path).content
        )
        with Image.open(io.BytesIO(content)) as image:
            size = (int(picture.get("width")), int(picture.get("height")))
            assert size in image.info.get("sizes", {image.size}) and image.get_format_mimetype() == picture.get("type")


FAULTS = {
    "name too long": ("<ShortName>Actiris NL", "<ShortName>Actiris in het Nederlands"),
    "markup in a name": ("<ShortName>Actiris", "<ShortName><b>Actiris</b>"),
    "name empty": ("<ShortName>Actiris NL", "<ShortName>"),
    "no description": ("Description>", "Contact>"),
    "two names": ("LongName>", "ShortName>"),
    "other namespace": ("/opensearch/1.1/", "/opensearch/1.0/"),
    "relative address": (f'template="{SITE}', 'template="'),
    "unknown parameter": ("{startPage?}", "{page?}"),
    "nothing to search for": ("{searchTerms}", "x"),
    "wrong relation": ('rel="suggestions"', 'rel="suggest"'),
    "no type": ('type="text/html"', ""),
    "wrong offset": ('pageOffset="1"', 'pageOffset="first"'),
    "no example": ('role="example"', 'role="related"'),
    "wrong role": ('role="example"', 'role="sample"'),
    "wrong right": (">open<", ">free<"),
    "unknown element": ("InputEncoding>", "Encoding>"),
}


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.sampled(4)
def test_a_fault_is_caught(site, name):
    content = get_description("nl").decode()
    right, wrong = FAULTS[name]
    seeded = content.replace("OpenSearchDescription>", "ROOT").replace(right, wrong).replace("ROOT", "OpenSearchDescription>")
    assert seeded != content
    assert list(description_faults(seeded.encode()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_staff_write_is_escaped(home, language):
    make_section(home, heading_nl="<b>Eén & twee</b>", heading_fr="<b>Un & deux</b>", heading_en="<b>One & two</b>")
    SiteSettings.objects.create(**{f"{name}_{language}": "A & B <c>" for name in ("organisation_name", "site_name")})
    content = get_description(language)
    assert list(description_faults(content)) == []
    assert text_of(content, "ShortName") == f"A & B <c> {language.upper()}"
    assert "A & B <c> – A & B <c>" in text_of(content, "Description")
    html = BeautifulSoup(Client().get(search_path(language)).content.decode(), "html.parser")
    assert html.head.find("link", rel="search")["title"] == f"A & B <c> {language.upper()}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_names_of_any_length_have_room_and_are_never_cut(home, language):
    for name in "ab":
        heading = " ".join(f"onuitspreekbaar{name}{number}" for number in range(10))
        make_section(home, name=name, **{f"heading_{language}": heading})
    SiteSettings.objects.create(organisation_name_nl="Dienst " * 17, site_name_nl="Netwerken " * 12)
    content = get_description(language)
    assert list(description_faults(content)) == []
    assert "Dienst" not in text_of(content, "ShortName") and text_of(content, "Description").startswith("Dienst")
    tags = text_of(content, "Tags")
    assert TAGS - 20 < len(tags) <= TAGS and re.fullmatch(r"onuitspreekbaarb\d", tags.split()[-1])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Actiris", "Actiris NL"),
        ("Bruxelles Toit", "Bruxelles Toit"),
        ("Werk voor allen", "Werk voor allen"),
        ("Bruxelles Formation", None),
        ("", None),
    ],
)
def test_browsers_can_tell_the_languages_apart_where_there_is_room(name, expected):
    with translation.override("nl"):
        expected = expected or f"{gettext('Search')} NL"
        assert short_name(SiteSettings(organisation_name_nl=name), "nl") == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_a_site_without_settings_has_one_too(db, language):
    assert list(description_faults(get_description(language))) == ["no example"]
    make_section(make_home())
    content = get_description(language)
    assert list(description_faults(content)) == []
    assert urlsplit(SITE).netloc in text_of(content, "Description")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_the_search_names_it_and_no_other_page(site, language):
    html = BeautifulSoup(Client().get(search_path(language)).content.decode(), "html.parser")
    (link,) = html.head.find_all("link", rel="search")
    assert (link["type"], link["href"]) == (MEDIA_TYPE, reverse("opensearch", args=[language]))
    assert link["title"] == text_of(get_description(language), "ShortName")
    assert not BeautifulSoup(Client().get(f"/{language}/").content.decode(), "html.parser").find("link", rel="search")


def test_it_is_the_same_for_everybody_and_costs_two_queries(site):
    path = reverse("opensearch", args=["fr"])
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(path)
    assert len(captured) == 2
    assert "public" in response["Cache-Control"] and not response.cookies and "Cookie" not in response.get("Vary", "")
    assert Client().head(path).status_code == 200
    assert Client().post(path).status_code == 405


def test_what_it_gives_as_an_example_is_found_on_a_site_with_content(loaded):
    for language in LANGUAGES:
        example = etree.fromstring(get_description(language)).find(f"{NAMESPACE}Query").get("searchTerms")
        assert Client().get(reverse("search_api", args=[language]), {"q": example}).json()["total"], example
