"""Translators read beside a text what it says otherwise than its twin, and accept it for a reason, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.forms import OTHER, SETTLED, column, field, open_form
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
PAGE = "EURES"  # which no other test publishes
NAME = {"nl": "opening", "fr": "summary"}  # a text for each
FRENCH_OF_ANOTHER = "Les services publics de l’emploi (SPE) d’Europe y apprennent les uns des autres."


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_a_translator_sees_a_difference_arise_and_accepts_it(reader, staff, site):
    page, name = staff(f"translator-{reader}"), NAME[reader]
    open_form(page, site, PAGE)
    own, twin = column(page, name, reader), column(page, name, OTHER[reader])
    note = own.locator("[data-difference]")
    expect(note).to_have_count(0)
    field(page, name, reader).press("Control+End")
    page.keyboard.type(" 4711 x")
    expect(note).to_have_count(2)  # beside the other official language, and beside English
    expect(twin.locator("[data-difference]")).to_have_count(1)
    page.evaluate(SETTLED)

    # The key that leads to what stands beside a text unfolds it.
    field(page, name, reader).focus()
    page.keyboard.press("F4")
    expect(note.first.locator("[data-sides]")).to_contain_text("4711")
    note.first.get_by_role("link", name=translate("Accept for a reason", reader, context="a difference")).click()
    chosen = page.locator("li:target")
    reason = f"Bedoeld in {reader}"  # the site is shared by many tests
    chosen.locator("textarea").fill(reason)
    chosen.get_by_role("button", name=translate("Accept", reader, context="a difference")).click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator(".staff-note__text").filter(has_text=reason)).to_be_visible()

    page.locator("main p.w-mt-8 a").click()
    expect(note).to_have_count(2)
    expect(own.locator("[data-difference][data-accepted]")).to_have_count(1)
    expect(own.locator("[data-difference][data-accepted] [data-accepted-says]")).to_be_visible()


def test_a_translator_who_pastes_the_french_of_another_page_is_led_to_it(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "WAPES")
    field(page, "summary", "fr").fill(FRENCH_OF_ANOTHER)
    note = column(page, "summary", "fr").locator("[data-difference]").filter(has_text="ODA’s")
    expect(note).to_have_count(1)  # what another page says in Dutch
    page.evaluate(SETTLED)
    note.locator("summary").click()
    note.get_by_role("link", name=re.compile("PES Network")).click()
    page.wait_for_url("**#unit=summary:nl")
    expect(field(page, "heading", "nl")).to_have_value(re.compile("PES Network"))
