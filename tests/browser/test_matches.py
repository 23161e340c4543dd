"""Translators at a text that was translated before, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.engines import accessibility
from tests.browser.forms import SETTLED, open_form
from tests.browser.more_pages import TO_FORGET
from tests.browser.rich_texts import editor, rich_texts

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
TAKE = {"fr": "Reprendre ce texte", "nl": "Deze tekst overnemen"}


def matches_at(column):
    return column.locator("[data-matches]")


def test_a_translator_takes_what_was_published_before_by_keys_alone(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "Onvolledig")
    summary = page.locator("[data-contentpath=summary_fr] :is(input, textarea)")
    summary.focus()
    match = page.locator("[data-language=fr] .text-match").first
    expect(match).to_contain_text("100\u00a0%, ")
    expect(match.locator("[data-source]")).to_have_text("Summary of Volledig in nl.")
    page.keyboard.press("F4")
    expect(match.get_by_role("button", name=TAKE["fr"])).to_be_focused()
    page.keyboard.press("Enter")
    expect(summary).to_be_focused()
    expect(summary).to_have_value("Summary of Volledig in fr.")
    page.keyboard.press("Control+z")
    expect(summary).to_have_value("")
    page.keyboard.press("Control+Shift+z")
    expect(summary).to_have_value("Summary of Volledig in fr.")

    french = editor(rich_texts(page).first, "fr")
    french.click()
    expect(matches_at(page.locator("[data-contentpath=fr]:has(.public-DraftEditor-content)")).first).to_be_visible()
    page.keyboard.press("F4")
    page.keyboard.press("Enter")
    expect(french).to_have_text("Een vetgedrukt stuk in fr.")
    expect(french.locator("span[style*='font-weight']")).to_have_text("vetgedrukt")
    link = french.locator(".TooltipEntity")
    expect(link).to_have_text("stuk")
    page.keyboard.press("Control+z")
    expect(french).to_have_text("")
    page.keyboard.press("Control+Shift+z")
    expect(link).to_have_text("stuk")
    page.evaluate(SETTLED)
    page.reload()
    expect(summary).to_have_value("Summary of Volledig in fr.")
    expect(french).to_have_text("Een vetgedrukt stuk in fr.")
    expect(link).to_have_text("stuk")
    expect(page.locator("[data-language=fr] [data-mark=open]").first).to_be_visible()


def test_nobody_is_offered_a_text_in_a_language_that_they_do_not_write(staff, site):
    page = staff("translator-nl")
    open_form(page, site, "Onvolledig")
    page.locator("[data-contentpath=summary_nl] :is(input, textarea)").focus()
    expect(page.locator("[data-matches]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_accessibility_engine_finds_nothing_in_what_is_offered(scheme, staff, site):
    page = staff("editor")
    page.emulate_media(color_scheme=scheme)
    open_form(page, site, "Onvolledig")
    page.locator("[data-contentpath=summary_en] :is(input, textarea)").focus()
    expect(page.locator(".text-match").first).to_be_visible()
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert accessibility(page, "[data-matches]") == []


def test_a_publisher_lets_a_match_be_forgotten_and_an_editor_cannot(staff, site):
    for account in ("editor", "publisher"):
        page = staff(account)
        open_form(page, site, TO_FORGET)
        english = editor(rich_texts(page).first, "en")
        english.click()
        match = page.locator("[data-contentpath=en] .text-match").first
        expect(match.locator("[data-take]")).to_be_visible()
        expect(match.locator("[data-forgetting]")).to_be_visible(visible=account == "publisher")
        expect(match.locator("[data-forget]")).not_to_be_visible()
        if account == "editor":
            page.goto("about:blank")
            page.context.clear_cookies()
    match.locator("[data-forgetting] summary").click()
    match.locator("[data-forget]").click()
    expect(match).to_have_count(0)
    expect(english).to_be_focused()
    expect(page.locator("[data-said]")).not_to_have_text("")


def test_what_is_offered_goes_when_the_text_is_done(staff, site):
    page = staff("translator-en")
    open_form(page, site, "Onvolledig")
    column = page.locator("[data-language=en]:has([data-contentpath=summary_en])")
    summary = column.locator("textarea, input[type=text]")
    summary.focus()
    expect(matches_at(column)).to_have_count(1)
    summary.fill("Something else.")
    expect(column.locator("[data-mark=open]")).to_be_visible()
    expect(matches_at(column)).to_have_count(1)
    page.evaluate(SETTLED)
    summary.press("Control+Enter")
    expect(matches_at(column)).to_have_count(0)
    page.evaluate(SETTLED)
