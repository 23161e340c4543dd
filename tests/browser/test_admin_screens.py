"""How screens of the admin look: what each theme and width asks of them, and what must not be doubled or late."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.forms import frame_in, open_form, open_page
from tests.browser.more_people import ACCOUNTS
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
LEAST = 176  # pixels in which a column of text can be read and written
# The lightness of the colour that stands behind an element, from 0 to 1.
LIGHTNESS = """element => {
    const canvas = document.createElement("canvas").getContext("2d");
    const seen = one => getComputedStyle(one).backgroundColor;
    while (/rgba\\(0, 0, 0, 0\\)|transparent/.test(seen(element))) element = element.parentElement;
    canvas.fillStyle = seen(element);
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
    return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
}"""
WIDTHS = """() => [...document.querySelectorAll("[data-language], [data-translated] > [data-contentpath]")]
    .map(one => one.getBoundingClientRect().width).filter(width => width > 0)"""


def behind(locator):
    return locator.evaluate(LIGHTNESS)


@pytest.mark.parametrize("width", [1280, 1440])
@pytest.mark.parametrize("panel", ["none", "preview"])
def test_no_column_is_too_narrow_to_write_in(width, panel, staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, site, "EURES")
    if panel != "none":
        page.wait_for_selector("body.ready")
        page.locator(f"[data-side-panel-toggle={panel}]").click()
        frame_in(page, "nl")
    contents = page.locator("[data-form-contents]")
    for _with_and_without in range(2):
        is_open = contents.get_attribute("aria-expanded")
        assert min(page.evaluate(WIDTHS)) >= LEAST
        # Each name of a language keeps to its line.
        assert {round(one.bounding_box()["height"]) for one in page.locator("[data-column]").all()} == {30}
        contents.click()
        expect(contents).not_to_have_attribute("aria-expanded", is_open)


def test_nothing_stays_bright_or_boxed_in_the_dark_theme(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, site, "WAPES")
    note, mark, menu = page.locator(".help-block").first, page.locator(".sidebar .site-mark"), page.locator(".sidebar")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert (behind(note) > 0.8) == (scheme == "light")
        assert behind(mark) == behind(menu.locator("nav").first)


def test_a_language_that_is_chosen_while_another_is_still_loading_is_shown(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "Enabel")
    modes, chosen = page.locator("#id_preview_mode"), []

    def answer(route):
        """Choose another language before the first one is there."""
        if not chosen:
            chosen.append("fr")
            modes.select_option("fr")
        route.continue_()

    page.route("**/preview/?*mode=nl*", answer)
    page.wait_for_selector("body.ready")
    page.locator("[data-side-panel-toggle=preview]").click()
    assert frame_in(page, "fr").locator("h1").inner_text() == page.locator("[data-contentpath=heading_fr] input").input_value()
    assert chosen


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_preview_begins_in_the_language_of_whoever_looks(language, browser, site):
    with browser.new_context(viewport={"width": 1440, "height": 900}) as context:
        page = log_in(context.new_page(), site, ACCOUNTS["editor", language])
        open_page(page, site, "WAPES" if language == "nl" else "AMSEP")
        page.wait_for_selector("body.ready")
        page.locator("[data-side-panel-toggle=preview]").click()
        frame_in(page, language)
        expect(page.locator("#id_preview_mode")).to_have_value(language)


def test_a_conflict_is_told_once_with_what_the_other_person_saved(browser, staff, site):
    page = staff("editor")
    open_form(page, site, "Socieux")
    # What saves by itself is kept back, as where two people press their buttons within seconds.
    page.route("**/edit/", lambda route: route.abort() if "json" in route.request.headers["accept"] else route.continue_())
    heading = "[data-contentpath=summary_nl] textarea"
    with browser.new_context() as context:
        other = log_in(context.new_page(), site, "publisher-nl")
        open_form(other, site, "Socieux")
        other.locator(heading).fill("Wat de ander schreef.")
        other.locator("button.action-save").first.click()
        other.wait_for_selector(".messages .success")
    page.locator(heading).fill("Wat ik schreef.")
    page.locator("button.action-save").first.click()
    dialog = page.locator(".w-dialog__box:visible button.button").first
    told = page.locator(".messages .error")
    expect(dialog.or_(told).first).to_be_visible()
    if dialog.is_visible():
        dialog.click()
    expect(told).to_have_count(1)
    expect(told).to_contain_text(re.compile("publisher-nl.*de ander schreef", re.DOTALL))
    expect(told.get_by_text(translate("The page could not be saved due to validation errors.", "nl"))).to_have_count(0)
    expect(page.locator(heading)).to_have_value("Wat ik schreef.")


def test_the_alternative_text_of_a_picture_grows_with_what_it_says(staff, site):
    page = staff("editor")
    page.goto(f"{site}/admin/images/")
    page.locator("main a[href*='/admin/images/']").filter(has=page.locator("img")).first.click()
    text = page.locator("[name=alternative_nl]")
    page.wait_for_selector("body.ready")  # or nothing watches the field yet
    before = text.bounding_box()["height"]
    text.fill("Een lange beschrijving van wat de afbeelding toont. " * 4)
    page.wait_for_function("([field, height]) => field.offsetHeight > height", arg=[text.element_handle(), before * 1.5])
