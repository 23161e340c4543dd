"""The preview beside the form in a real browser, and the checks that run within it."""

import re

import pytest
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from tests.browser.forms import frame_in, open_page

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


@pytest.mark.parametrize("name", ["editor", "publisher", "translator-fr"])
def test_the_panel_shows_the_page_in_each_language(name, staff, site):
    page = staff(name)
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "Enabel")
    page.locator("[data-side-panel-toggle=preview]").click()
    for language in LANGUAGES:
        heading = page.locator(f"[data-contentpath=heading_{language}] input").input_value()
        page.locator("#id_preview_mode").select_option(language)
        assert frame_in(page, language).locator("h1").inner_text() == heading


def test_the_checks_count_words_and_what_is_wrong(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "Enabel")
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-content-word-count]")).to_have_text(re.compile(r"\d\d"))
    count = page.locator("[data-content-checker-count]").last
    expect(count).to_have_text(re.compile(r"\d"))
    before = int(count.inner_text())
    text = page.locator("[data-contentpath=objective_nl] [contenteditable=true]")
    expect(text).to_have_attribute("lang", "nl")  # in which it is spell-checked and read aloud
    text.click()
    for key in ("Control+Home", "Enter", "ArrowUp", "Control+b", "Control+i"):  # a paragraph that only looks like a heading
        page.keyboard.press(key)
    page.keyboard.type("Wat te doen")
    expect(count).to_have_text(str(before + 1), timeout=20_000)


def test_the_checks_say_nothing_of_what_the_design_sets_in_bold(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "EURES")
    page.locator("[data-side-panel-toggle=checks]").click()
    expect(page.locator("[data-content-checker-count]").last).to_have_text(re.compile(r"\d"))
    found = page.locator("[data-side-panel=checks] [data-content-checker-selector-text]").all_inner_texts()
    assert not [selector for selector in found if "figure" in selector or "timeline" in selector]


def test_the_preview_opens_in_a_tab_of_its_own(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "Enabel")
    page.locator("[data-side-panel-toggle=preview]").click()
    frame_in(page, "nl")
    with page.context.expect_page() as opened:
        page.locator("[data-w-preview-target=newTab]").click()
    tab = opened.value
    tab.wait_for_load_state()
    assert tab.locator("h1").inner_text() == page.locator("[data-contentpath=heading_nl] input").input_value()


def test_an_error_above_one_language_leaves_the_fields_in_line(staff, site):
    page = staff("publisher")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "WAPES")
    page.locator("[data-contentpath=heading_fr] input").fill("woord " * 50)
    page.locator("button.action-save").first.click()
    page.locator("[data-contentpath=heading_fr] .w-field__errors .error-message").wait_for()
    tops = [page.locator(f"[data-contentpath=heading_{code}] input").bounding_box()["y"] for code in LANGUAGES]
    assert max(tops) - min(tops) < 2  # the height of a mark above a field is a fraction of a pixel
    assert page.locator("[data-contentpath=heading_fr] input").input_value() == "woord " * 50
