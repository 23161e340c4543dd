"""A notice over the whole site in a real browser: put on in the admin, seen on every kind of screen, and taken off."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import wear
from tests.browser.engines import accessibility, text_contrast
from tests.browser.targets import targets

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
ADD = "/admin/snippets/notices/notice/add/"
# What of the notices reaches beyond the screen; words for screen readers alone have no place on it.
BEYOND = """() => [...document.querySelectorAll('.notices, .notices :not(.visually-hidden)')]
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((one) => one.outerHTML)"""
LONG = "Onze telefoonlijn is onderbroken door werken in de Sterrenkundelaan; schrijf ons tot woensdag liever een bericht. " * 2


def field(page, name):
    return page.locator(f"[name={name}]")


def put(page, is_on):
    """Put the notice on or take it off, by the keyboard, as the calendar of a date may lie over it."""
    field(page, "is_on").focus()
    page.keyboard.press("Space")
    expect(field(page, "is_on")).to_be_checked(checked=is_on)


def save(page):
    page.locator(".footer button[type=submit]").first.press("Enter")
    page.wait_for_selector(".messages .success")


def test_a_notice_is_put_on_seen_everywhere_and_taken_off(staff, eyes, site):
    page, reader = staff("publisher"), eyes(False)
    page.goto(site + ADD)
    field(page, "text_nl").fill(LONG)
    field(page, "text_fr").fill("Notre ligne téléphonique est interrompue jusqu’à mercredi.")
    field(page, "begins_at").fill("2026-01-01 08:00")
    field(page, "ends_at").fill("2099-01-01 08:00")
    for code in ("nl", "fr"):
        field(page, f"link_url_{code}").fill(f"https://www.actiris.brussels/{code}/")
        field(page, f"link_label_{code}").fill("Contact")
    put(page, is_on=True)
    save(page)
    try:
        for path in ("/nl/", "/en/", "/nl/nergens/"):
            reader.goto(site + path)
            notices = reader.get_by_role("region").filter(has_text="Sterrenkundelaan")
            for width in (256, 1280):
                reader.set_viewport_size({"width": width, "height": 800})
                expect(notices).to_be_visible()
                assert reader.evaluate(BEYOND) == [], (path, width)
                for colours in ("light", "dark", "forced"):
                    wear(reader, colours)
                    assert accessibility(reader, within=".notices") == [], (path, width, colours)
                    assert text_contrast(reader) == [], (path, width, colours)
                wear(reader, "light")
                assert targets(reader) == []
            reader.emulate_media(media="print")
            expect(notices).to_be_visible()
            reader.emulate_media(media="screen")
    finally:
        page.goto(site + ADD.replace("add/", ""))
        page.locator("tbody a[href*='/edit/']").first.click()
        put(page, is_on=False)
        save(page)
    page.goto(f"{site}/nl/")
    expect(page.locator(".notices")).to_have_count(0)
