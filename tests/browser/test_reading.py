"""A citizen reads the site in a real browser."""

import re
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from delivery.stylesheet import PARTS, SOURCE, join_parts
from tests.browser.focus import cut_rings
from tests.browser.paths import CONTENT, EVERY, PATHS, Visit

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
ONCE, TWICE = "html { font-size: 100% }", "html { font-size: 200% }"
# As large as a window is, or what is left of it, and what is added to the style: large text, or a zoom of 400 %.
ENLARGED = pytest.mark.parametrize(
    ("width", "height", "added"), [(1280, 800, TWICE), (390, 800, TWICE), (320, 256, ONCE)], ids=["wide", "phone", "zoom"]
)
KINDS = ("type: mandates.MandatePage", "type: networks.NetworkPage", "type: partnerships.AgreementPage")
SOME = ["home", "networks", "youth-guarantee", "pes-network", "socieux-plus", "contact"]


@pytest.mark.parametrize("key", SOME)
def test_a_page_asks_nothing_of_others_sets_no_cookie_and_keeps_the_console_silent(page, context, site, key):
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for language in ("nl", "fr", "en"):
        page.goto(site + PATHS[key, language])
    assert all(url.startswith(site) for url in asked)
    assert len([url for url in asked if "/img/europe" not in url]) <= 3 * 4  # pictures aside, which the browser asks for once
    assert (context.cookies(), said) == ([], [])


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
def test_the_first_stop_of_the_tab_key_is_a_visible_skip_link_that_works(page, site, language):
    page.goto(site + PATHS["pes-network", language])
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#main" and link.is_visible()
    box = link.bounding_box()
    assert box["x"] >= 0 and box["y"] >= 0 and box["height"] >= 24
    page.keyboard.press("Enter")
    page.wait_for_url("**/#main")


def test_the_switch_of_languages_leads_to_the_same_page_there_and_back(page, site):
    page.goto(site + PATHS["youth-guarantee", "nl"])
    page.get_by_role("link", name="Français").first.click()
    page.wait_for_url(site + PATHS["youth-guarantee", "fr"])
    page.get_by_role("link", name="English").first.click()
    page.wait_for_url(site + PATHS["youth-guarantee", "en"])
    page.get_by_role("link", name="Nederlands").first.click()
    page.wait_for_url(site + PATHS["youth-guarantee", "nl"])


def test_dutch_and_french_have_the_same_size_in_the_switch_and_at_the_front_door(page, site):
    for path, names in ((PATHS["eures", "en"], ["Nederlands", "Français"]), ("/", ["Nederlands", "Français"])):
        page.goto(site + path)
        sizes = [
            page.get_by_role("link", name=name).first.evaluate(
                "node => getComputedStyle(node).fontSize + getComputedStyle(node).fontWeight"
            )
            for name in names
        ]
        assert sizes[0] == sizes[1]


@pytest.mark.parametrize("width", [320, 1280])
def test_a_reader_finds_a_network_from_the_front_door_without_javascript(browser, site, width):
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 800}, locale="de")
    page = context.new_page()
    page.goto(site + "/")
    page.get_by_role("link", name="Français").first.click()
    page.locator("main").get_by_role("link", name="Nos réseaux").click()
    page.locator("main").get_by_role("link", name="EURES").first.click()
    page.wait_for_url(site + PATHS["eures", "fr"])
    assert "31" in page.locator("main").inner_text()
    context.close()


def test_the_front_door_knows_a_readers_language(browser, site):
    context = browser.new_context(locale="fr-BE")
    page = context.new_page()
    page.goto(site + "/")
    assert page.url == site + "/fr/"
    context.close()


def test_the_old_address_leads_home_in_dutch(page, site):
    page.goto(site + "/nl/burgers/mandaten-en-netwerken/")
    assert page.url == site + "/nl/"


def test_a_print_shows_the_addresses_of_links_and_hides_the_menu(page, site):
    page.goto(site + PATHS["wapes", "nl"])
    page.emulate_media(media="print")
    assert not page.locator("nav.menu").first.is_visible()


def test_the_joined_style_sheet_says_to_a_browser_what_its_parts_say(page, site):
    page.goto(site + PATHS["home", "nl"])
    parts = "\n".join((SOURCE / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    rules_of = "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); return [...sheet.cssRules] }"
    before, after = (
        page.evaluate(f"(css) => ({rules_of})(css).map((rule) => rule.cssText)", css) for css in (parts, join_parts())
    )
    # A browser keeps what holds a variable as it was written, and a comma needs neither a space nor a new line after it.
    assert [re.sub(r",\s+", ",", rule) for rule in before] == [re.sub(r",\s+", ",", rule) for rule in after]
    assert len(before) > 300


BLOCKS = Visit("/nl/blokken-nl/")


def edge_colours(table):
    """Return the colours of the first and the last pixels of a table's width, between the lines of its last row."""
    picture = Image.open(BytesIO(table.screenshot())).convert("RGB")
    return [picture.getpixel((x, picture.height - 12)) for x in (1, picture.width - 2)]


@pytest.mark.parametrize("colours", ["light", "dark", "forced"])
@pytest.mark.parametrize("width", [390, 1280])
def test_a_table_shows_at_its_edge_that_it_goes_on_and_scrolls_with_the_keyboard(width, colours, look):
    page = look(BLOCKS, width, colours)
    narrow, wide = page.locator(".table-scroll").all()
    (paper, same), (start, more) = edge_colours(narrow), edge_colours(wide)
    assert paper == same == start and more != paper
    wide.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("table => table.scrollLeft > 0", arg=wide.element_handle())
    wide.evaluate("table => { table.scrollLeft = table.scrollWidth; table.blur() }")
    start, more = edge_colours(wide)
    assert start != paper and more == paper


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_table_of_the_youth_guarantee_fits_a_phone_and_scrolls_on_a_smaller_one(language, look):
    page = look(EVERY["youth-guarantee", language], 390)
    table = page.locator(".table-scroll").first
    hidden = "(table) => table.scrollWidth - table.clientWidth"
    assert table.evaluate(hidden) == 0
    page.set_viewport_size({"width": 320, "height": 800})
    assert table.evaluate(hidden) > 0
    table.focus()
    for _ in range(10):
        page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "(table) => table.scrollLeft >= table.scrollWidth - table.clientWidth - 1", arg=table.element_handle()
    )


def test_a_wide_table_is_printed_whole(look):
    page = look(BLOCKS, 700)  # about the width of a sheet
    page.emulate_media(media="print")
    table = page.locator(".table table").last
    assert table.evaluate("table => table.getBoundingClientRect().right <= document.documentElement.clientWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_high_picture_fits_the_screen_in_its_own_proportions_and_has_its_room_before_it_comes(width, look):
    page = look(BLOCKS, width)
    picture = page.locator(".picture img")
    room = picture.bounding_box()["height"]
    picture.scroll_into_view_if_needed()
    page.wait_for_function("picture => picture.complete", arg=picture.element_handle())
    box = picture.bounding_box()
    assert room == box["height"] and 100 < room <= 800
    assert picture.evaluate("picture => getComputedStyle(picture).objectFit") == "contain"


BOXES = """() => [...document.querySelectorAll(".relations-arrow")].map((arrow) => {
  const [source, words, target] = [arrow.parentNode.previousElementSibling, ...arrow.children];
  return [source, words.firstElementChild, target].map((node) => node.getBoundingClientRect().toJSON());
})"""


@pytest.mark.parametrize("size", ["100%", "200%"])
@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1600])
def test_words_stand_between_the_boxes_that_they_join_however_large_the_text(width, size, look):
    page = look(BLOCKS, width)
    page.evaluate("size => document.documentElement.style.fontSize = size", size)
    arrows = page.evaluate(BOXES)
    assert arrows
    for source, words, target in arrows:
        is_beside = target["left"] > source["right"]
        before, after = ("right", "left") if is_beside else ("bottom", "top")
        assert source[before] <= words[after] and words[before] <= target[after]
        assert source["width"] > 0 and target["right"] <= width
    page.evaluate("document.documentElement.style.fontSize = ''")


@pytest.mark.parametrize("width", [390, 1280])
def test_arrows_run_level_where_there_is_room_and_branch_off_a_stem_where_there_is_none(width, look):
    arrows = look(BLOCKS, width).evaluate(BOXES)
    assert arrows and {target["left"] > source["right"] for source, _words, target in arrows} == {width == 1280}


TOPICS = [
    key
    for key in sorted({key for key, _language in PATHS})
    if (CONTENT / "pages" / f"{key}.yaml").read_text().startswith(KINDS)
]
TOPS = """() => ['.lead', '.fact, .next-step', '.next-step .button'].map((name) =>
  document.querySelector('.column ' + name.replaceAll(', ', ', .column ')).getBoundingClientRect().top)"""


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("key", TOPICS)
def test_a_topic_says_on_the_first_screen_of_a_phone_what_it_is_and_what_to_do(key, language, look):
    page = look(Visit(PATHS[key, language]), 390)
    page.set_viewport_size({"width": 390, "height": 844})
    assert max(page.evaluate(TOPS)) < 844
    assert not page.locator(".contents li").first.is_visible()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert page.locator(".contents li").first.is_visible()


@pytest.mark.parametrize(("language", "words"), [("nl", "Een klacht over Actiris"), ("fr", "Une plainte au sujet d’Actiris")])
def test_whoever_wants_to_complain_sees_on_the_first_screen_of_a_phone_where_to_begin(language, words, look):
    page = look(EVERY["contact", language], 390)
    link = page.get_by_role("link", name=words)
    expect(link).to_be_in_viewport(ratio=1)
    link.click()
    heading = page.get_by_role("heading", name=words)
    expect(heading).to_be_in_viewport(ratio=1)
    steps = heading.locator("xpath=following-sibling::*[1]")
    expect(steps.locator("ol > li")).to_have_count(2)
    expect(steps.locator("ul a[href^='mailto:']")).to_have_attribute("href", re.compile(r"@ombuds\.brussels$"))


@ENLARGED
@pytest.mark.parametrize(
    "place", [("youth-guarantee", "nl"), ("glossary", "fr"), ("contact", "nl"), ("networks", "fr")], ids=".".join
)
def test_no_part_of_a_ring_is_cut_off_however_large_the_text(place, width, height, added, look):
    page = look(EVERY[place])
    page.set_viewport_size({"width": width, "height": height})
    page.add_style_tag(content=added)
    assert cut_rings(page) == []


@ENLARGED
@pytest.mark.parametrize("place", [("youth-guarantee", "nl"), ("glossary", "fr"), ("contact", "nl")], ids=".".join)
def test_a_link_within_the_page_leads_to_where_its_heading_is_to_be_seen(place, width, height, added, look):
    page = look(EVERY[place])
    page.set_viewport_size({"width": width, "height": height})
    page.add_style_tag(content=added)
    links = page.locator(":is(.contents, .letters, .pagination) a[href^='#']")
    for number in range(links.count()):
        page.evaluate(
            "() => { scrollTo(0, 0); document.querySelectorAll('.contents details').forEach((node) => { node.open = true }) }"
        )
        links.nth(number).focus()
        page.keyboard.press("Enter")
        heading = page.locator(links.nth(number).get_attribute("href"))
        page.wait_for_function(
            """(heading) => {
              const { left, top, bottom } = heading.getBoundingClientRect();
              const [first, low] = [document.elementFromPoint(left + 2, top + 2), Math.min(bottom, top + 40)];
              return top >= 0 && low <= innerHeight && first && (heading.contains(first) || first.contains(heading));
            }""",
            arg=heading.element_handle(),
        )
