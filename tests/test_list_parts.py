"""Lists that are too long for one page: each part has an address of its own in each language, kept and copied as any page."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from audience.visit_counting import pages_by_path
from delivery.published import page_paths, part_paths
from delivery.redirects import find_destination
from exchange.taking import put_texts
from languages.codes import LANGUAGES
from mandates.models import MandatePage
from newsroom.redirects.targets import PageAddresses, RefusedError, source_key
from pages.list_parts import WORDS, count_parts, is_part, part_path, split_part
from pages.models import IndexPage, SitePage, SiteSettings, StandardPage
from tests.building import make_mandate, make_standard, make_user
from tests.drafts import path_of as path_of_draft
from tests.drafts import share
from tests.editor import add_url, errors_of, open_form, publish, save_draft, translate
from tests.kept import ask
from tests.kept import publish as publish_as_it_is
from tests.many import multiply
from tests.rows import same_again
from tests.site_checks import SITE, alternates, faults

NAMES = ["een", "twee", "drie", "vier", "vijf"]
FURTHER = "This address is reserved for further pages of the list; choose another."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Lists show two pages at a time."""
    monkeypatch.setattr(IndexPage, "CARDS_A_PAGE", 2)


@pytest.fixture
def topics(section):
    """Five topics below a section, of which three exist in English."""

    def make():
        return [make_mandate(section, name, LANGUAGES if number < 3 else ("nl", "fr")) for number, name in enumerate(NAMES)]

    return same_again("topics", make)


def soup(response):
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "html.parser")


def part_of(page, number, language="nl"):
    return part_path(language, SitePage.objects.get(pk=page.pk).paths()[language], number)


# --- Addresses


@pytest.mark.parametrize(
    ("language", "address", "part"),
    [
        ("nl", "onze-mandaten/pagina-2", ("onze-mandaten", 2)),
        ("fr", "a/b/page-12", ("a/b", 12)),
        ("en", "our-mandates/page-1", ("our-mandates", 1)),
        ("en", "our-mandates/page-99999", ("our-mandates", 99999)),
        *[("nl", f"onze-mandaten/{step}", None) for step in ("page-2", "pagina-02", "pagina-0", "pagina-2-3", "pagina")],
        *[("nl", f"onze-mandaten/{step}", None) for step in ("de-pagina-2", "pagina-100000", "pagina-", "pagina-x", "-2")],
        *[
            (language, address, None)
            for language, address in (("nl", "pagina-2"), ("nl", ""), ("de", "a/page-2"), ("", "a/-2"))
        ],
    ],
)
def test_the_part_that_an_address_stands_for(language, address, part):
    assert split_part(language, address) == part
    if part:
        assert part_path(language, f"/{language}/{part[0]}/", part[1]) in (f"/{language}/{address}/", f"/{language}/{part[0]}/")


def test_how_many_parts_there_are():
    assert [count_parts(number, 2) for number in range(6)] == [1, 1, 1, 2, 2, 3]


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_is_a_page_of_its_own_that_says_which_it_is(client, section, topics, language):
    SiteSettings.objects.create(site_name_nl="Mandaten", site_name_fr="Mandats", organisation_name_nl="Actiris")
    total, shown, titles = {"nl": 3, "fr": 3, "en": 2}[language], [], set()
    words = {"nl": "pagina {} van {}", "fr": "page {} sur {}", "en": "page {} of {}"}[language]
    for number in range(1, total + 1):
        path = part_of(section, number, language)
        response = client.get(path)
        html = soup(response)
        found = faults(response, path, language)
        assert found == ([] if number == 1 else ["no x-default"]), number
        titles.add(html.title.text)
        said = f" – {words.format(number, total)}" if number > 1 else ""
        assert html.title.text == f"mandates {language}{said} – Actiris"
        assert html.h1.get_text(strip=True) == f"mandates {language}"
        pagination = html.find("nav", class_="pagination")
        links = {link["rel"][0]: link["href"] for link in pagination.find_all("a")}
        beside = {"prev": number - 1, "next": number + 1}
        assert links == {name: part_of(section, one, language) for name, one in beside.items() if 1 <= one <= total}
        assert html.find(id="menu").find("a", attrs={"aria-current": "page"})["href"] == part_of(section, 1, language)
        shown += [link["href"] for link in html.find("ul", class_="cards").find_all("a")]
    assert shown == [topic.paths()[language] for topic in topics if language in topic.paths()]
    assert len(titles) == total


def test_the_switch_leads_to_the_same_part_or_to_the_last_and_search_engines_to_the_same_alone(client, section, topics):
    def switch(html):
        return {link["hreflang"]: link["href"] for link in html.header.find("nav", class_="languages").find_all("a")}

    second, third = (soup(client.get(part_of(section, number))) for number in (2, 3))
    assert switch(second) == {code: part_of(section, 2, code) for code in LANGUAGES}
    assert switch(third) == {code: part_of(section, min(3, 2 if code == "en" else 3), code) for code in LANGUAGES}
    assert alternates(second) == {code: SITE + part_of(section, 2, code) for code in LANGUAGES}
    assert alternates(third) == {code: SITE + part_of(section, 3, code) for code in ("nl", "fr")}
    assert alternates(soup(client.get(part_of(section, 3, "fr")))) == alternates(third)
    assert alternates(soup(client.get(part_of(section, 1))))["x-default"] == SITE + section.neutral_path


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_asks_for_a_part_in_another_way_leads_to_its_address_in_one_step(client, section, topics, language):
    first, second = (part_of(section, number, language) for number in (1, 2))
    ways = {
        f"{first}?page=2": second,
        f"{first}?page=2&utm_source=x&a=%26": f"{second}?utm_source=x&a=%26",
        f"{first}?page=1": first,
        f"{second}?page=1": first,
        first.rstrip("/") + "?page=2": second,
        second.rstrip("/"): second,
        second.rstrip("/") + "?a=1": f"{second}?a=1",
        f"{first}{WORDS[language]}-1/": first,
        second.upper(): second,
        f"{second}.": second,
    }
    for asked, meant in ways.items():
        response = client.get(asked)
        assert (response.status_code, response["Location"]) == (301, meant), asked
        assert client.get(meant).status_code == 200
    for ignored in ("x", "0", "-1", "1.5", "", "٢", "100000"):
        assert client.get(first, {"page": ignored}).status_code == 200


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", LANGUAGES)
def test_beyond_the_last_part_there_is_none_and_the_way_to_the_list(client, section, topics, language):
    first = part_of(section, 1, language)
    other = "page" if language == "nl" else "pagina"
    for step in (f"{WORDS[language]}-4", f"{other}-2", f"{WORDS[language]}-02", f"{WORDS[language]}-2/{WORDS[language]}-2"):
        response = client.get(f"{first}{step}/")
        assert response.status_code == 404, step
        html = BeautifulSoup(response.content.decode(), "html.parser")
        assert html.html["lang"] == language and html.main.find("a", href=first), step
    assert client.get(f"{first}?page=9")["Location"] == f"{first}{WORDS[language]}-9/"
    leaf = SitePage.objects.get(pk=topics[0].pk).paths()[language]
    for page in (leaf, f"/{language}/"):
        assert client.get(f"{page}{WORDS[language]}-2/").status_code == 404
        assert client.get(f"{page}?page=2").status_code == 200


def test_a_page_that_is_not_there_is_not_looked_for_by_the_number_of_a_part(client, section, topics):
    assert "zoeken/?q=" not in BeautifulSoup(client.get(f"{part_of(section, 9)}").content, "html.parser").main.decode()


def test_a_page_at_the_address_of_a_part_comes_before_it(client, section, topics):
    topic = MandatePage.objects.get(pk=topics[0].pk)
    topic.url_slug_nl = "pagina-2"
    publish_as_it_is(topic)
    path = part_of(section, 2)
    assert soup(client.get(path)).h1.get_text(strip=True) == "een nl"
    assert soup(client.get(part_of(section, 2, "fr"))).h1.get_text(strip=True) == "mandates fr"
    assert sorted(page_paths()).count(path) == 1 and set(part_paths()) <= set(page_paths())
    assert pages_by_path({path}) == {path: (topic.pk, "nl")}


def test_parts_cost_as_many_queries_as_the_list_however_many_there_are(client, section, topics):
    def queries(path):
        client.get(path)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    before = queries(part_of(section, 1))
    assert queries(part_of(section, 2)) == before <= 5
    multiply(topics[-1], 200)
    assert queries(part_of(section, 1)) == queries(part_of(section, 90)) == before


# --- Staff


@pytest.mark.sampled(1)
@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_a_topic_cannot_take_the_address_of_a_part_and_one_that_has_it_keeps_it(client, section, topics, reader):
    client.force_login(make_user("Publishers", reader))
    message = [translate(FURTHER, reader)]
    for name, slug in (("nl", "pagina-2"), ("fr", "page-1"), ("en", "page-77")):
        for press in (save_draft, publish):
            assert errors_of(press(client, topics[0], **{f"url_slug_{name}": slug})) == {f"url_slug_{name}": message}
    url = add_url(MandatePage, section)
    refused = client.post(url, open_form(client, url, heading_nl="Pagina 2", url_slug_nl="pagina-2"))
    assert errors_of(refused) == {"url_slug_nl": message}
    MandatePage.objects.filter(pk=topics[0].pk).update(url_slug_nl="pagina-2")
    topic = MandatePage.objects.get(pk=topics[0].pk)
    publish_as_it_is(topic)
    assert save_draft(client, topic, url_slug_fr="autre").status_code == 302
    standard = make_standard(SitePage.objects.get(depth=2))
    assert save_draft(client, standard, url_slug_nl="pagina-2").status_code == 302, "No list stands above it."


def test_a_copy_never_gets_the_address_of_a_part(section, topics):
    topic = MandatePage.objects.get(pk=topics[0].pk)
    topic.url_slug_nl, topic.url_slug_fr = "pagina", "page"
    publish_as_it_is(topic)
    copied = topic.copy()
    slugs = {code: getattr(copied.specific, f"url_slug_{code}") for code in LANGUAGES}
    assert slugs == {"nl": "pagina2", "fr": "page2", "en": "een-en-2"}
    assert not any(is_part(code, slug) for code, slug in slugs.items())


def test_a_draft_that_is_shared_is_shown_in_parts_too(client, section, topics):
    for link in (share(section), share(section, language="")):
        query = "" if link.language else "as_page="
        response = client.get(f"{path_of_draft(link)}?{query}&page=2")
        html = soup(response)
        links = {one["rel"][0]: one["href"] for one in html.find("nav", class_="pagination").find_all("a")}
        prefix = f"?{query}&" if query else "?"
        assert links == {"prev": f"{prefix}page=1", "next": f"{prefix}page=3"}
        assert not html.find("link", rel="canonical") and not html.find("link", hreflang=True)
        beyond = soup(client.get(f"{path_of_draft(link)}?{query}&page=99"))
        assert "3" in beyond.find("nav", class_="pagination").span.text


def test_no_redirect_leads_away_from_a_part(section, topics):
    pages = PageAddresses()
    with pytest.raises(RefusedError):
        source_key(part_of(section, 3), pages)
    assert source_key(part_of(section, 4), pages)


def test_an_old_address_of_a_part_leads_to_the_same_part_or_to_the_list(client, section, topics):
    old = [part_of(section, number) for number in (2, 3, 4)]
    index = section.specific_class.objects.get(pk=section.pk)
    index.url_slug_nl = "nieuw"
    publish_as_it_is(index)
    for path, number in zip(old, (2, 3, 1), strict=True):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, part_of(section, number))
    assert find_destination("/nl/nergens/pagina-2/") is None
    Redirect.objects.create(old_path="/nl/elders", redirect_link="https://example.org/")
    assert client.get("/nl/elders/pagina-2/")["Location"] == "https://example.org/"


def test_the_parts_of_a_deleted_list_are_gone_with_it(client, section, topics):
    path = part_of(section, 2)
    client.force_login(make_user("Publishers"))
    for page in (*topics, section):
        SitePage.objects.get(pk=page.pk).specific.delete()
    assert client.get(path).status_code == 410
    assert client.get(path.replace("pagina-2", "pagina-x")).status_code == 404


def test_whoever_reads_a_part_visits_the_list(section, topics):
    paths = {part_of(section, number) for number in (1, 2, 3)} | {part_of(section, 2, "fr"), "/nl/niets/pagina-2/"}
    visited = pages_by_path(paths)
    assert visited == {path: (section.pk, path.split("/")[1]) for path in paths - {"/nl/niets/pagina-2/"}}


# --- Kept


@pytest.mark.usefixtures("keeping")
def test_a_part_is_kept_until_a_page_that_it_shows_changes(client, section, topics, renderings):
    paths = [part_of(section, number) for number in (1, 2, 3)]
    first = [ask(client, path) for path in paths]
    assert [ask(client, path).content for path in paths] == [response.content for response in first] and len(renderings) == 3
    assert client.get(paths[1], headers={"if-none-match": first[1]["ETag"]}).status_code == 304
    assert client.head(paths[1])["Content-Length"] == first[1]["Content-Length"]
    third = MandatePage.objects.get(pk=topics[2].pk)
    third.heading_nl = third.heading_fr = "Anders"
    publish_as_it_is(third)
    assert ["Anders" in ask(client, path).content.decode() for path in paths] == [False, True, False]
    MandatePage.objects.get(pk=topics[0].pk).unpublish()
    assert client.get(paths[2]).status_code == 404
    assert [len(soup(client.get(path)).find("ul", class_="cards").find_all("li")) for path in paths[:2]] == [2, 2]


@pytest.mark.sampled(1)
@pytest.mark.usefixtures("keeping")
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Hier is nog niets in het Nederlands gepubliceerd."),
        ("fr", "Rien n’est encore publié ici en français."),
        ("en", "Nothing is published here in English yet."),
    ],
)
def test_a_list_without_pages_says_so_as_long_as_there_is_none(client, section, language, words):
    path = section.paths()[language]
    assert words in ask(client, path).content.decode()
    topic = make_mandate(section, "eerste")
    response = ask(client, path).content.decode()
    assert words not in response and f"eerste {language}" in response
    topic.unpublish()
    assert words in ask(client, path).content.decode()


def test_a_page_that_was_called_like_a_part_stays_gone_after_the_page_above_it_is_renamed(client, home):
    above = make_standard(home, "x")
    below = make_standard(above, "below", url_slug_nl="pagina-2")
    path = SitePage.objects.get(pk=below.pk).paths()["nl"]
    StandardPage.objects.get(pk=below.pk).delete()
    above = StandardPage.objects.get(pk=above.pk)
    above.url_slug_nl = "y"
    publish_as_it_is(above)
    assert client.get(path).status_code == 410


def test_the_part_of_what_leads_to_that_part_leads_nowhere(client, home):
    Redirect.objects.create(old_path="/nl/b", redirect_link=f"{SITE}/nl/b/pagina-2/")
    assert client.get("/nl/b/pagina-2/").status_code == 404


def test_a_heading_from_a_file_gives_no_page_the_address_of_a_part(section):
    topic = MandatePage.objects.get(pk=make_mandate(section, "zes", ("nl", "fr")).pk)
    put_texts(topic, {"heading": "Page 2"}, "en")
    assert topic.url_slug_en == "page2"
