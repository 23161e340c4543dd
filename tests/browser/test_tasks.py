"""What readers come for, on a phone: from home in two steps at most, and the answer within two screens of the page."""

import re

import pytest
from playwright.sync_api import expect

from audience.paths import contact_path
from languages.codes import LANGUAGES
from tests.browser.paths import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep, pytest.mark.parametrize("language", LANGUAGES)]
WIDTH, HEIGHT = 390, 844
MAX_STEPS = 2
MAX_SCREENS = 2


class Reader:
    """Somebody with a phone, who begins at the home page and counts what is pressed."""

    def __init__(self, page, site, language):
        self.page, self.site, self.language, self.steps = page, site, language, 0
        page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
        page.goto(site + PATHS["home", language])

    def press(self, locator):
        self.steps += 1
        locator.click()

    def follow(self, key):
        """Follow the first link in sight to a page of the starting content."""
        self.press(self.page.locator(f'a[href="{PATHS[key, self.language]}"]:visible').first)
        self.page.wait_for_url(self.site + PATHS[key, self.language])

    def ask(self, question):
        """Send a question from the header's field."""
        field = self.page.locator('header input[name="q"]')
        field.fill(question)
        self.steps += 1
        field.press("Enter")
        self.page.wait_for_url("**?q=*")

    def sees(self, locator):
        """Check that an answer is there within two steps and two screens."""
        expect(locator.first).to_be_visible()
        assert self.steps <= MAX_STEPS
        top = locator.first.evaluate("node => node.getBoundingClientRect().top + scrollY")
        assert top < MAX_SCREENS * HEIGHT, f"{top:.0f} px down"


@pytest.fixture
def reader(page, site, language):
    return Reader(page, site, language)


@pytest.mark.parametrize("asks", [True, False], ids=["asks", "looks"])
def test_i_am_24_and_unemployed(reader, language, asks):
    if asks:
        reader.ask(
            {"nl": "ik ben 24 en werkloos", "fr": "j’ai 24 ans et je suis au chômage", "en": "I am 24 and unemployed"}[language]
        )
        reader.press(reader.page.locator("main .search-results a").first)
        reader.page.wait_for_url(reader.site + PATHS["youth-guarantee", language])
    else:
        reader.follow("youth-guarantee")
    reader.sees(reader.page.locator("main").get_by_text(re.compile(r"\b6\s(maanden|mois|months)\b")))
    reader.sees(reader.page.locator("main .next-step a[href^='https://']"))


def test_i_want_to_work_in_norway(reader, language):
    reader.ask({"nl": "werken in Noorwegen", "fr": "travailler en Norvège", "en": "work in Norway"}[language])
    reader.press(reader.page.locator("main .search-results a").first)
    reader.page.wait_for_url(reader.site + PATHS["eures", language])
    reader.sees(reader.page.locator("main a[href*='eures.europa.eu']"))


def test_who_chairs_the_pes_network(reader):
    reader.follow("pes-network")
    reader.sees(reader.page.locator("main").get_by_text("Spiros Protopsaltis"))


def test_where_are_the_projects_of_the_esf(reader, language):
    reader.ask({"nl": "ESF projecten", "fr": "projets FSE", "en": "ESF projects"}[language])
    reader.press(reader.page.locator("main .search-results a").first)
    reader.page.wait_for_url(reader.site + PATHS["esf", language])
    reader.sees(reader.page.locator("main .next-step a[href^='https://']"))


def test_a_page_in_another_language_leads_to_mine(page, site, language):
    other = "fr" if language == "nl" else "nl"
    reader = Reader(page, site, other)
    reader.follow("youth-guarantee")
    reader.press(page.locator(f'header a[hreflang="{language}"]'))
    page.wait_for_url(site + PATHS["youth-guarantee", language])
    assert page.locator("html").get_attribute("lang") == language
    reader.sees(page.locator("h1"))


def test_i_complain_about_a_barrier_without_a_telephone(reader, language):
    reader.follow("accessibility")
    reader.press(reader.page.locator(f'main a[href^="{contact_path(language).split("?")[0]}"]').first)
    reader.sees(reader.page.locator("main textarea"))


def test_what_is_view_brussels(reader, language):
    reader.follow("view-brussels")
    word = {"nl": "observatorium", "fr": "observatoire", "en": "observatory"}[language]
    reader.sees(reader.page.locator("main").get_by_text(re.compile(word, re.IGNORECASE)))


@pytest.mark.parametrize("bookmark", ["/nl/burgers/esf/", "/en/about-actiris/networks/esf/"])
def test_an_old_bookmark_leads_to_the_topic(page, site, language, bookmark):
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.goto(site + bookmark)
    assert page.url == site + PATHS["esf", bookmark[1:3]]
    if language != bookmark[1:3]:
        page.locator(f'header a[hreflang="{language}"]').click()
        page.wait_for_url(site + PATHS["esf", language])
