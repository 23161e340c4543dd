"""The guide and the search of the admin in a real browser: found from a screen and by key, accessible, pictures of today."""

import re

import pytest
from playwright.sync_api import expect

from guide.pictures import all_pictures
from tests.browser.conftest import tab_to
from tests.browser.engines import accessibility
from tests.browser.forms import open_page
from tests.browser.more_people import ACCOUNTS
from tests.guide_pictures.camera import outdated_words, prepared_site, scenes_in
from tests.guide_pictures.scenes import SCENES

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
TITLE = {"nl": "Een tekst vertalen die achterloopt", "fr": "Traduire un texte en retard"}
WIDTHS = (1280, 390)


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_translator_comes_from_a_form_to_its_chapter_with_the_keyboard(language, staff, site):
    page = staff(ACCOUNTS["translator", language])
    open_page(page, site, "EURES")
    page.wait_for_selector("body.ready")
    tab_to(page, ".guide-links button")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name=TITLE[language])).to_be_visible()
    tab_to(page, "a[href$='/guide/translate-a-text/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/guide/translate-a-text/")
    expect(page.get_by_role("heading", name=TITLE[language], level=2)).to_be_visible()
    for image in page.locator("article img").all():
        image.scroll_into_view_if_needed()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0


def test_a_term_that_is_typed_in_french_is_found_by_key_in_the_dutch_admin_and_opened(staff, site):
    page = staff("editor")
    page.goto(f"{site}/admin/")
    page.wait_for_selector("body.ready")
    page.keyboard.press("/")
    expect(page.locator("[name=q]:focus")).to_be_visible()
    page.keyboard.type("garantie pour la jeunesse renf")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/search/?q=garantie*")
    page.get_by_role("link", name="versterkte Jongerengarantie").click()
    expect(page.locator("[name=term_fr]")).to_have_value(re.compile("Garantie pour la jeunesse renforcée", re.IGNORECASE))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("account", [ACCOUNTS["translator", "fr"], ACCOUNTS["publisher", "nl"]])
def test_the_accessibility_engine_finds_nothing_in_the_guide_and_the_search(account, scheme, staff, site):
    page = staff(account)
    page.emulate_media(color_scheme=scheme)
    for path in ("guide/", "guide/?q=menu", "guide/publish/", "search/", "search/?q=netw", "search/?q=xyzzyx"):
        page.goto(f"{site}/admin/{path}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility(page, "main .nice-padding") == [], (path, width)
            assert page.evaluate("document.querySelector('main').scrollWidth <= innerWidth"), (path, width)


def test_on_paper_a_chapter_stands_alone(staff, site):
    page = staff("editor")
    page.goto(f"{site}/admin/guide/whole/")
    page.emulate_media(media="print")
    expect(page.locator("#wagtail-sidebar")).to_be_hidden()
    expect(page.locator("article").first).to_be_visible()


def test_the_pictures_show_the_admin_of_today(browser):
    """What the labels in each say is said on its screen; where it is not, `make pictures` takes it anew."""
    with prepared_site() as site:
        shots = dict(scenes_in(browser, site, "nl", SCENES))
    assert all(shot.content.startswith(b"\x89PNG") for shot in shots.values())
    assert outdated_words(all_pictures()["nl"], shots) == {}
