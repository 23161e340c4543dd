"""A reader says whether a page was useful: with the keyboard, without scripts, in each language."""

import pytest
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from tests.browser.conftest import tab_to
from tests.browser.engines import accessibility
from tests.browser.paths import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_answers_and_comments_with_the_keyboard_alone_and_without_scripts(reader, site, language):
    page = reader(320)
    page.goto(site + PATHS["eures", language])
    tab_to(page, ".question button[value=no]")
    page.keyboard.press("Enter")
    page.wait_for_url("**?answer=*")
    assert page.locator("html").get_attribute("lang") == language
    tab_to(page, "textarea")
    page.keyboard.type("Te lang / Trop long / Too long")
    tab_to(page, "#send")
    page.keyboard.press("Enter")
    expect(page.locator("textarea")).to_have_count(0)
    tab_to(page, f"main a[href='{PATHS['eures', language]}']")
    page.keyboard.press("Enter")
    page.wait_for_url(site + PATHS["eures", language])
    assert page.context.cookies() == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_error_is_where_the_keyboard_is_and_leads_to_its_field(reader, site, language):
    page = reader()
    page.goto(site + PATHS["esf", language])
    page.locator(".question button").first.click()
    page.wait_for_url("**?answer=*")
    page.locator("#send").click()
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#comment")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("Merci")
    assert page.locator("textarea").input_value() == "Merci"


def test_whoever_is_very_quick_at_the_keys_is_taken_for_a_person(reader, site):
    page = reader()
    page.goto(site + PATHS["wapes", "nl"])
    page.locator(".question button").last.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?answer=*")
    expect(page.locator(".error-summary")).to_have_count(0)


def screens(page, site, language):
    """Lead through all that a reader can see, and yield at each."""
    page.goto(site + PATHS["wapes", language])
    yield "page"
    page.locator(".question button").first.click()
    page.wait_for_url("**?answer=*")
    yield "thanks"
    page.locator("#send").click()
    expect(page.locator(".error-summary")).to_have_count(1)
    yield "comment error"
    page.goto(page.url)
    expect(page.locator(".error-summary")).to_have_count(0)
    yield "question"
    page.locator("#send").click()
    expect(page.locator(".error-summary")).to_have_count(1)
    yield "question error"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "light"), (1280, "dark")])
def test_the_accessibility_engine_finds_nothing_on_any_screen(reader, site, language, width, scheme):
    page = reader(width, scripts=True, scheme=scheme)
    for screen in screens(page, site, language):
        assert accessibility(page) == [], screen
        assert page.evaluate("document.documentElement.scrollWidth") <= width, screen


def test_everything_to_press_is_large_enough_and_nothing_of_it_is_printed(reader, site):
    page = reader(320)
    for _screen in screens(page, site, "fr"):
        for target in page.locator("main .send, main .choice-line").all():
            box = target.bounding_box()
            assert box["height"] >= 44 and box["width"] >= 44
    page.goto(site + PATHS["wapes", "fr"])
    page.emulate_media(media="print")
    assert not page.locator(".question").is_visible()
