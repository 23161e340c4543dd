"""The strings of the interface in a real browser: gone through with the keyboard, and accessible."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.engines import accessibility

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


@pytest.mark.parametrize("account", ["translator-nl", "translator-fr"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_engine_finds_nothing_in_the_list_and_the_screen(account, scheme, staff, site):
    page = staff(account)
    page.emulate_media(color_scheme=scheme)
    for path in ("/admin/strings/?problem=any", "/admin/strings/?q=countries"):
        page.goto(site + path)
        page.wait_for_selector(".interface-strings")
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility(page, ".standings-frame", with_picture=width > 400) == [], (path, width)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.locator("td.title a").first.click()
        page.wait_for_selector(".string-languages")
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility(page, ".string-languages", with_picture=width > 400) == [], (page.url, width)


def test_a_translator_goes_through_a_list_with_the_keyboard_and_takes_an_edit_back(staff, site):
    page = staff("translator-nl")
    page.goto(f"{site}/admin/strings/?q=countries")
    rows = page.locator("table.interface-strings tbody tr")
    number = rows.count()
    page.locator("td.title a").first.click()
    page.wait_for_selector(f"text=1 van {number}")
    first = page.url
    field = page.locator("#id_text_nl_0")
    before = field.input_value()
    field.press("End")
    field.press_sequentially(" (anders)")
    field.press("Control+Enter")
    page.wait_for_selector(f"text=2 van {number}")
    assert page.url != first
    page.goto(first)
    expect(page.locator("#id_text_nl_0")).to_have_value(f"{before} (anders)")
    page.locator("[form=take-back-nl]").click()
    expect(page.locator("#id_text_nl_0")).to_have_value(before)
    expect(page).to_have_url(re.compile(r"q=countries$"))


def test_a_text_that_would_break_a_page_is_shown_again_with_its_error(staff, site):
    page = staff("translator-fr")
    page.goto(f"{site}/admin/strings/?q=countries")
    page.locator("td.title a").first.click()
    field = page.locator("#id_text_fr_0")
    field.fill("<b>%(nobody)s</b>")
    field.press("Control+s")
    expect(page.locator(".error-message").first).to_be_visible()
    expect(page.locator("#id_text_fr_0")).to_have_value("<b>%(nobody)s</b>")
