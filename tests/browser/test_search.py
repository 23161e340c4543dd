"""A reader searches: with the keyboard and the mouse, with suggestions and without scripts, in each language."""

import re

import pytest
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from search.paths import search_path
from tests.browser.conftest import wear
from tests.browser.engines import accessibility
from tests.browser.focus import contrast
from tests.browser.paths import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
FIELD, OPTIONS = "#q", "#suggestions [role=option]"


@pytest.fixture
def reader(browser, site):
    """Return a function that opens the search in a window of its own, with or without scripts, in colours as of `wear`."""
    opened = []

    def opening(language, scripts=True, width=1280, colours="light", bypass=False, **asked):
        size = {"width": width, "height": 800}
        context = browser.new_context(java_script_enabled=scripts, viewport=size, bypass_csp=bypass, locale="de")
        opened.append(context)
        page = context.new_page()
        wear(page, colours)
        page.goto(site + search_path(language, **asked))
        if scripts:
            expect(page.locator(FIELD)).to_have_attribute("role", "combobox")
        return page

    yield opening
    for context in opened:
        context.close()


def type_in(page, text):
    """Type into the field, and wait for the suggestions."""
    page.locator(FIELD).press_sequentially(text)
    expect(page.locator(FIELD)).to_have_attribute("aria-expanded", "true")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_arrows_and_enter_lead_to_a_page(reader, site, language):
    page = reader(language)
    field = page.locator(FIELD)
    type_in(page, "eure")
    first = page.locator(OPTIONS).first
    expect(first).to_contain_text("EURES")
    expect(page.locator("form [role=status]")).to_have_text(re.compile(r"^\d sugg?est"))
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    field.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(page).to_have_url(site + PATHS["eures", language])
    assert page.context.cookies() == []


def test_the_keys_do_what_a_combobox_promises(reader):
    page = reader("nl")
    field, options = page.locator(FIELD), page.locator(OPTIONS)
    type_in(page, "eur")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Home")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("ArrowDown")
    field.press("End")
    expect(page.locator("[aria-selected=true]")).to_have_count(0)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#suggestions")).to_be_hidden()
    field.press("Escape")  # with nothing to close
    expect(field).to_have_value("eur")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    field.press("Tab")
    expect(page.locator("#suggestions")).to_be_hidden()


def test_a_word_fills_the_field_and_asks_in_the_section_that_was_chosen(reader, site):
    page = reader("fr")
    section = page.locator("#section option").nth(1).get_attribute("value")
    page.locator("#section").select_option(section)
    type_in(page, "parten")
    word = page.locator(OPTIONS).filter(has_not=page.locator("small")).last
    text = word.inner_text()
    word.click()
    expect(page).to_have_url(f"{site}{search_path('fr')}?q={text}&section={section}")
    expect(page.locator(FIELD)).to_have_value(text)


def test_a_click_leads_to_a_page_and_enter_alone_asks(reader, site):
    page = reader("en")
    type_in(page, "eures")
    page.locator(FIELD).press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=eures&section=$"))
    page.locator(FIELD).fill("")
    type_in(page, "wape")
    page.locator(OPTIONS).first.click()
    expect(page).to_have_url(site + PATHS["wapes", "en"])


def test_that_nothing_is_suggested_is_said(reader):
    page = reader("en")
    page.locator(FIELD).press_sequentially("qwertyuiop")
    expect(page.locator("form [role=status]")).not_to_be_empty()
    expect(page.locator("#suggestions")).to_be_hidden()


def test_where_no_answer_comes_the_form_works_all_the_same(reader):
    page = reader("nl")
    page.route("**/suggesties/**", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator(FIELD).press_sequentially("eures")
    page.locator(FIELD).press("Enter")
    expect(page.locator("#results")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_plain_form_asks(reader, site, language):
    page = reader(language, scripts=False)
    expect(page.locator(FIELD)).not_to_have_attribute("role", "combobox")
    page.locator(FIELD).fill("eures")
    page.locator(FIELD).press("Enter")
    expect(page.locator("#results")).to_be_visible()
    expect(page.locator("ol.link-list a").first).to_have_attribute("href", PATHS["eures", language])


# The text of a marked word, its ground, the ground of the page, and what the system has for marked words.
MARKED = """() => {
  const system = document.body.appendChild(document.createElement('p'));
  Object.assign(system.style, {color: 'MarkText', background: 'Mark', forcedColorAdjust: 'none'});
  const [mark, page, own] = [document.querySelector('mark'), document.body, system].map(node => getComputedStyle(node));
  return [mark.color, mark.backgroundColor, page.backgroundColor, own.color, own.backgroundColor]
    .map(colour => colour.match(/\\d+/g).slice(0, 3).map(Number));
}"""


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_marked_words_can_be_read_and_told_apart(reader, colours):
    text, ground, paper, *system = reader("nl", colours=colours, q="werkzoekende").evaluate(MARKED)
    assert contrast(text, ground) >= 7
    assert contrast(ground, paper) >= 1.2
    assert ([text, ground] == system) == (colours == "forced"), "the system's own colours only for people who chose colours"


def screens(reader, language, **options):
    """Yield the page of the search in all its states."""
    for question in ("", "eures", "qwertyuiop"):
        yield question, reader(language, bypass=True, q=question, **options)
    page = reader(language, bypass=True, **options)
    type_in(page, "eure")
    page.locator(FIELD).press("ArrowDown")
    yield "open", page


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
def test_the_accessibility_engine_finds_nothing(reader, language, width, colours):
    for name, page in screens(reader, language, width=width, colours=colours):
        assert accessibility(page) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
