"""An editor and a publisher at work in a real browser."""

import re

import pytest

from tests.browser.forms import open_page, publish
from tests.browser.more_pages import TO_PUBLISH

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


def columns(page, *names):
    """Return the left edges of fields, to see which stand side by side."""
    return [round(page.locator(f"[data-contentpath={name}]").first.bounding_box()["x"]) for name in names]


def test_the_three_languages_of_a_text_stand_side_by_side_and_below_each_other_on_a_phone(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1280, "height": 900})
    open_page(page, site, "WAPES")
    assert len(set(columns(page, "heading_nl", "heading_fr", "heading_en"))) == 3
    page.set_viewport_size({"width": 360, "height": 900})
    assert len(set(columns(page, "heading_nl", "heading_fr", "heading_en"))) == 1


def test_a_publisher_who_empties_the_french_heading_is_told_at_the_field_and_loses_nothing(staff, site):
    page = staff("publisher")
    open_page(page, site, TO_PUBLISH)
    dutch, french = (page.locator(f"[data-contentpath=heading_{code}] input") for code in ("nl", "fr"))
    dutch.fill("Publiceerwerk vandaag")
    french.fill("")
    publish(page)
    error = page.locator("[data-contentpath=heading_fr] .w-field__errors, [data-contentpath=heading_fr] .error-message").first
    error.wait_for()
    assert re.search("français", error.inner_text(), re.IGNORECASE)
    assert dutch.input_value() == "Publiceerwerk vandaag"
    french.fill("À publier aujourd’hui")
    publish(page)
    page.wait_for_selector(".messages .success")
    page.goto(f"{site}/fr/publiceerwerk-fr/")
    assert page.locator("h1").inner_text() == "À publier aujourd’hui"


def test_the_preview_shows_each_language(staff, site):
    page = staff("editor")
    open_page(page, site, "Enabel")
    edit = page.url
    for code in ("nl", "fr", "en"):
        page.goto(edit.replace("/edit/", f"/view_draft/?mode={code}"))
        assert page.locator("html").get_attribute("lang") == code
