"""Every page, language and width in a real browser: accessibility, markup, keyboard, pointer, texts, silence, paper."""

import pytest
from bs4 import BeautifulSoup

from tests.browser.colours import faint_edges, look_while_hovering
from tests.browser.conftest import open_menu, wear
from tests.browser.engines import accessibility, after_scripts, markup, second_opinion, text_contrast
from tests.browser.focus import stops
from tests.browser.paper import print_faults
from tests.browser.paths import EVERY, PATHS
from tests.browser.practices import acting, practices
from tests.browser.reader_mode import lost_texts
from tests.browser.silence import Witness
from tests.browser.targets import targets
from tests.browser.texts import SPACED, TWICE_THE_SIZE, broken_texts, moving, stiff_texts
from tests.site_checks import alike, document_faults

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
WIDTHS = (320, 768, 1280)
LAYOUTS = (320, 1280)  # the width of 768 has the layout of 320
SPECIMENS = {"design"}  # the same things again and again, beside each other; each stands on a page of its own, too
# One page in two states, or one question about two addresses.
SAME_TITLE = {"choice-of-a-page", "no-language", "form-with-errors", "search-empty", "search-nothing"}
OF_COLOURS = ["color-contrast", "link-in-text-block"]  # rules of axe that depend on the colours
every_visit = pytest.mark.parametrize("place", EVERY, ids=".".join)


def has_colours_of_its_own(place):
    """Say whether to look at dark and forced colours: a page has the same in all languages, so Dutch and French take turns."""
    key, language = place
    keys = sorted({key for key, _language in PATHS})
    return place not in PATHS or language == ("nl", "fr")[keys.index(key) % 2]


@every_visit
def test_the_accessibility_engine_finds_nothing_in_light_dark_and_forced_colours(look, place):
    page = look(EVERY[place])
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert accessibility(page) == [], width
        for colours in ("dark", "forced") if width in LAYOUTS and has_colours_of_its_own(place) else ():
            wear(page, colours)
            assert accessibility(page, only=OF_COLOURS) == [], (width, colours)
        wear(page, "light")


@pytest.mark.parametrize("place", [place for place in EVERY if place[0] not in SPECIMENS], ids=".".join)
def test_another_engine_and_good_practice_find_nothing(look, place):
    page = look(EVERY[place])
    open_all(page)
    assert second_opinion(page) == []
    assert practices(page) == []
    assert (
        list(document_faults(BeautifulSoup(after_scripts(page), "html.parser"), page.locator("html").get_attribute("lang")))
        == []
    )
    assert stiff_texts(page) == []
    for colours in ("light", "dark") if has_colours_of_its_own(place) else ("light",):
        wear(page, colours)
        assert faint_edges(page) == [], colours
        assert look_while_hovering(page, text_contrast) == [], colours
    assert acting(page) == []


@pytest.fixture(scope="session")
def pictured_stops():
    """Return the kinds of stops, by width and colours, that were already compared in pictures."""
    return {(width, colours): set() for width in LAYOUTS for colours in ("light", "forced")}


@every_visit
def test_every_stop_of_the_tab_key_is_visible_marked_in_order_and_never_covered(look, pictured_stops, place):
    page = look(EVERY[place])
    for width in LAYOUTS:
        page.set_viewport_size({"width": width, "height": 800})
        if width == 1280:
            open_all(page)
        for colours in ("light", "forced") if has_colours_of_its_own(place) else ("light",):
            wear(page, colours)
            assert stops(page, pictured_stops[width, colours]) == [], (width, colours)


def open_all(page):
    """Open whatever can be opened in the text."""
    page.evaluate(
        "document.querySelectorAll('main details').forEach((node) => { node.open = true; node.removeAttribute('name') })"
    )


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_open_menu_of_a_phone_keeps_to_the_same_rules(look, language):
    for colours in ("light", "dark", "forced"):
        page = look(EVERY["eures", language], 320, colours)
        open_menu(page)
        assert accessibility(page) == []
        assert targets(page) == []
        assert broken_texts(page) == []
        assert stops(page, set(), within="#menu") == []  # what lies below it is shown by the Escape key


@every_visit
def test_texts_stay_whole_however_large_or_wide_and_targets_are_large_enough(look, place):
    page = look(EVERY[place])
    open_all(page)
    for width in (256, *WIDTHS):  # at twice the size and with wide spacing, too
        page.set_viewport_size({"width": width, "height": 800})
        for added in ("", SPACED) if width == 256 else ("", SPACED, TWICE_THE_SIZE):
            assert broken_texts(page, added) == [], (width, added)
        if width in LAYOUTS:
            assert targets(page) == [], width
    assert moving(page) == []


@every_visit
def test_a_print_has_no_navigation_but_addresses_and_the_day_and_reader_modes_keep_every_section(look, place):
    page = look(EVERY[place])
    if place in PATHS:
        assert lost_texts(page) == []
    assert print_faults(page) == []


def test_no_page_asks_others_sets_a_cookie_speaks_in_the_console_or_has_inline_code(browser, site):
    with browser.new_context(locale="de") as context:  # whose policy is in force, other than where scripts are injected
        page = context.new_page()
        witness = Witness(page, site)
        for place, visit in EVERY.items():
            if not visit.staff and not visit.broken:
                page.goto(site + visit.path)
                assert witness.findings() == [], place


def test_no_two_titles_are_alike_and_the_markup_checker_finds_nothing_in_pages_as_sent_and_after_scripts(look, tmp_path):
    titles = {}
    for (key, language), visit in EVERY.items():
        page = look(visit)
        if key not in SAME_TITLE:
            titles[key, language] = page.title()
        (tmp_path / f"{key}.{language}.html").write_text(after_scripts(page))
        if visit.fields is None:
            (tmp_path / f"{key}.{language}.sent.html").write_text(page.request.get(page.url).text())
    assert alike(titles) == []
    assert markup(sorted(tmp_path.glob("*.html"))) == []


def test_the_page_for_a_broken_site_is_the_one_that_was_looked_at(look):
    page = look(EVERY["out-of-order", "nl"])
    assert page.request.get(page.url).status == 503
    assert page.locator("html").get_attribute("lang") == "mul"
    assert page.locator("main").bounding_box()["width"] < 1000  # its style sheet was there, too
