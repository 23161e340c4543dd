"""The sweep can fail: a fault of each kind is seeded into a sound page, and the check that is meant for it finds it."""

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
from tests.browser.seeded_faults import FAULTS, NOT_FOUND, html, style
from tests.browser.silence import Witness
from tests.browser.targets import targets
from tests.browser.texts import SPACED, TWICE_THE_SIZE, broken_texts, moving, stiff_texts
from tests.language_checks import EXCUSED, language_mistakes
from tests.site_checks import alike, document_faults

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
SOUND = EVERY["eures", "nl"]


CHECKS = {
    "axe": accessibility,
    "ibm": second_opinion,
    "practices": practices,
    "acting": acting,
    "document": lambda page: list(document_faults(parse(page), "nl")),
    "language": lambda page: [text for _declared, _detected, text in language_mistakes(parse(page), EXCUSED)],
    "titles": lambda page: alike({("wapes", "nl"): "WAPES – Actiris", ("here", "nl"): page.title()}),
    "reader": lost_texts,
    "edges": faint_edges,
    "hover": lambda page: look_while_hovering(page, text_contrast),
    "stiff": stiff_texts,
    "texts": broken_texts,
    "spaced": lambda page: broken_texts(page, SPACED),
    "motion": moving,
    "targets": targets,
    "stops": stops,
}


def parse(page):
    return BeautifulSoup(page.content(), "html.parser")


@pytest.fixture(scope="module")
def find_faults(tmp_path_factory):
    """Return a function from a page and the name of a check to what it finds."""
    path = tmp_path_factory.mktemp("markup") / "page.html"

    def checking(page, name):
        if name != "markup":
            return CHECKS[name](page)
        path.write_text(after_scripts(page))
        return markup([path])

    return checking


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_each_kind_is_found(look, find_faults, name):
    fault = FAULTS[name]
    page = look(EVERY[fault.key, "nl"], fault.width, fault.colours)
    page.evaluate(fault.spoil)
    assert any(fault.says in line for line in find_faults(page, fault.check))


@pytest.mark.parametrize("key", sorted({fault.key for fault in FAULTS.values()}))
def test_a_sound_page_has_none_of_them(look, find_faults, key):
    for name, colours, width in sorted(
        {(fault.check, fault.colours, fault.width) for fault in FAULTS.values() if fault.key == key}
    ):
        assert find_faults(look(EVERY[key, "nl"], width, colours), name) == [], name


def test_nine_tenths_of_the_kinds_are_found():
    assert not FAULTS.keys() & NOT_FOUND.keys()
    assert len(FAULTS) >= 63 and len(FAULTS) >= 0.9 * len(FAULTS | NOT_FOUND)


# script, words of the finding
UNREACHABLE = {
    "covered stop": (
        html('<p style="position: fixed; inset: 0 0 40% 0; background: grey">Above all</p>', "body"),
        "covered by",
    ),
    "transparent stop": (style(".next-step .button { opacity: 0 }"), "invisible"),
    "stop without a size": (
        style(".next-step .button { position: absolute; width: 1px; height: 1px; padding: 0; overflow: hidden }"),
        "too small",
    ),
    "stop beside the page": (style(".next-step .button { position: fixed; left: -999px }"), "not wholly in the window"),
    "no mark at all": (style(":focus-visible { outline: none !important }"), "nothing shows"),
    "outline of too little contrast": (style(":focus-visible { outline-color: #eee !important }"), "contrast of"),
    "outline that is too thin": (style(":focus-visible { outline-width: 1px !important }"), "only 1px wide"),
    "mark that nobody sees": (
        style(":focus-visible { outline: 0 !important; background-color: rgb(255 255 255 / 1%) !important }"),
        "the focus changes",
    ),
    "mark that is cut off": (style("nav.languages li { overflow: hidden }"), "the focus changes"),
    "row shown backwards": (style(".languages ul { flex-direction: row-reverse }"), "stands before"),
    "column shown backwards": (style("body { flex-direction: column-reverse }"), "stands before"),
    "positive tabindex": ("document.querySelector('.next-step a').tabIndex = 1", "positive tabindex"),
    "control that the keyboard misses": (
        "document.querySelector('.next-step a').tabIndex = -1",
        "does not lead to it",
    ),
}


@pytest.mark.parametrize("name", UNREACHABLE)
def test_the_walk_with_the_tab_key_finds(look, name):
    spoil, words = UNREACHABLE[name]
    page = look(SOUND)
    page.evaluate(spoil)
    assert any(words in line for line in stops(page, set()))


def test_the_walk_with_the_tab_key_finds_a_mark_that_forced_colours_take_away(look):
    spoil = style(":focus-visible { outline: none !important; box-shadow: 0 0 0 4px #b8441a !important }")
    page = look(SOUND, colours="light")
    page.evaluate(spoil)
    in_light = stops(page, set())
    page = look(SOUND, colours="forced")
    page.evaluate(spoil)
    in_forced_colours = stops(page, set())
    assert len(in_forced_colours) > len(in_light)


SMALL = '<a href="/nl/" style="padding: 0; font-size: 12px">it</a>'
TOO_SMALL = {
    "small link of its own": (html(f"<ul><li>{SMALL}</li></ul>"), "and 24 are wanted"),
    "small button": (html("<button style='height: 30px'>A button of some width</button>"), "and 44 are wanted"),
    "low entry of the navigation": (
        style(".site-footer nav li a { min-height: 0 !important; display: inline }"),
        "and 44 are wanted",
    ),
    "narrow crumb": (style(".breadcrumbs a { min-width: 0 !important; font-size: 8px }"), "and 44 are wanted"),
}


@pytest.mark.parametrize("name", TOO_SMALL)
def test_the_measure_of_targets_finds(look, name):
    spoil, words = TOO_SMALL[name]
    page = look(SOUND)
    assert targets(page) == []
    page.evaluate(spoil)
    assert any(words in line for line in targets(page))


def test_the_measure_of_targets_leaves_a_link_within_a_sentence_alone(look):
    page = look(SOUND)
    page.evaluate(html(f"<p>Words before {SMALL} and after.</p>"))
    assert targets(page) == []


FIXED_HEIGHT = """for (const lead of document.querySelectorAll('.lead'))
  Object.assign(lead.style, {overflow: 'hidden', height: `${lead.offsetHeight}px`})"""
# script, width, a reader's style sheet, words of the finding
BROKEN = {
    "too wide at 256 pixels": (style("main { min-width: 300px }"), 256, "", "300 pixels wide"),
    "cut off by wide spacing alone": (
        FIXED_HEIGHT,
        320,
        SPACED,
        "is cut off",
    ),
    "cut off at twice the size": (style(".wordmark { height: 40px; overflow: hidden }"), 320, TWICE_THE_SIZE, "is cut off"),
    "cut off at the page's edge": (
        style("body { overflow-x: hidden } h1 { width: 900px; margin-left: -60px }"),
        320,
        "",
        "is cut off",
    ),
    "texts in each other": (style("main p { margin-top: -60px !important }"), 320, "", "run into each other"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_the_look_at_texts_finds_what_is(look, name):
    spoil, width, added, words = BROKEN[name]
    page = look(SOUND, width)
    assert broken_texts(page, added) == []
    page.evaluate(spoil)
    assert any(words in line for line in broken_texts(page, added))


@pytest.mark.parametrize(
    "rules",
    [
        "h1 { transition: color 1s !important }",
        "html { scroll-behavior: smooth }",
        "h1::after { content: ''; animation: turn 1s infinite !important } @keyframes turn { to { rotate: 1turn } }",
    ],
)
def test_the_look_for_motion_finds(look, rules):
    page = look(SOUND)
    assert moving(page) == []
    page.evaluate(style(rules))
    assert moving(page) != []


MISPRINTED = {
    "menu": (style("@media print { .menu[popover] { display: block !important } }"), "menu"),
    "links without addresses": (style("@media print { main a::after { content: none !important } }"), "address of"),
    "no day": (html("<p class='page-changed'><time style='display: none'>2026</time></p>"), "last change"),
    "dark paper": (style("@media print { body { background: #111 !important } }"), "paper"),
    "closed part": (html("<details><summary>More</summary><p style='display: none'>x</p></details>"), "closed part"),
}


@pytest.mark.parametrize("name", MISPRINTED)
def test_the_look_at_a_print_finds(look, name):
    spoil, words = MISPRINTED[name]
    page = look(SOUND)
    assert print_faults(page) == []
    page.evaluate(spoil)
    assert any(words in line for line in print_faults(page))


LOUD = {
    "request to another host": ("new Image().src = 'https://example.org/a.png'", "https://example.org/a.png is asked for"),
    "cookie": ("document.cookie = 'visitor=1'", "a cookie is set: visitor"),
    "memory": ("localStorage.setItem('visitor', 1)", "the browser keeps: visitor"),
    "word in the console": ("console.warn('look')", "the console says: look"),
    "failing script": ("setTimeout(() => nothing.at.all)", "a script fails"),
    "inline style": ("document.querySelector('h1').style.color = 'red'", "inline: <h1"),
    "inline script": ("document.body.append(document.createElement('script'))", "inline: <script"),
    "handler": ("document.querySelector('h1').setAttribute('onclick', 'x')", "inline: <h1"),
}


@pytest.mark.parametrize("name", LOUD)
def test_the_witness_hears(browser, site, name):
    spoil, words = LOUD[name]
    with browser.new_context(locale="de", bypass_csp=True) as context:
        context.route("https://example.org/*", lambda route: route.fulfill(body=""))
        page = context.new_page()
        witness = Witness(page, site)
        page.goto(site + SOUND.path)
        assert witness.findings() == []
        page.evaluate(spoil)
        page.wait_for_function("new Promise((done) => setTimeout(done))")  # what was begun has its turn
        assert any(line.startswith(words) for line in witness.findings())


def test_the_witness_hears_what_the_policy_of_the_site_forbids(page, site):
    witness = Witness(page, site)
    page.goto(site + SOUND.path)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {src: 'https://example.org/a.js'}))")
    assert any("Content Security Policy" in line for line in witness.findings())


def test_the_markup_checker_finds_a_fault(page, site, tmp_path):
    path = tmp_path / "wrong.html"
    path.write_text(page.request.get(site + PATHS["eures", "nl"]).text().replace("</main>", "<li>stray</main>"))
    assert any("error" in line for line in markup([path]))


def test_the_checks_of_the_open_menu_find_what_lies_over_it(look):
    page = look(SOUND, 320)
    open_menu(page)
    page.evaluate(html('<p style="position: fixed; inset: 0; background: grey">Above all</p>', "#menu"))
    assert any("covered by" in line for line in stops(page, within="#menu"))


def test_dark_and_forced_colours_are_worn(look):
    page = look(SOUND)
    paper = "() => getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    wear(page, "dark")
    dark = page.evaluate(paper)
    wear(page, "forced")
    assert len({light, dark, page.evaluate(paper)}) == 3
