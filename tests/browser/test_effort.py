"""How many clicks and keys the usual work takes each role: never more than docs/benchmarks.md says."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from tests.browser.conftest import log_in
from tests.browser.forms import COUNT, SETTLED, field
from tests.browser.more_people import ACCOUNTS, IN_ENGLISH, tally_heading
from tests.packages import translate_file

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
# Letters that are typed are the work itself; what is counted is the way to it. A key that presses a button is one key.
TALLY = """
const counted = (kind) => sessionStorage.setItem(kind, Number(sessionStorage.getItem(kind) ?? 0) + 1);
const isModifier = ({ key }) => ["Shift", "Control", "Alt", "Meta"].includes(key);
addEventListener("keydown", (event) => {
    if (event.isTrusted && !isModifier(event) && (event.key.length > 1 || event.ctrlKey)) counted("keys");
}, true);
addEventListener("click", (event) => event.isTrusted && event.detail > 0 && counted("clicks"), true);
"""
ROW = re.compile(r"^\| (?P<work>[a-z][^|]*?) +\| (?P<roles>[^|]*?) +\| +(?P<clicks>\d+) \| +(?P<keys>\d+) \|$", re.MULTILINE)
WRITERS = ("translator", "reviewer", "editor", "publisher")


def limits(work):
    """Return how many clicks and keys the documentation promises, by role."""
    table = (settings.BASE_DIR / "docs" / "benchmarks.md").read_text()
    rows = [match for match in ROW.finditer(table) if match["work"] == work]
    return {role: {kind: int(row[kind]) for kind in ("clicks", "keys")} for row in rows for role in row["roles"].split(", ")}


@pytest.fixture
def at_home(page, site):
    """Return a function that logs a role in, in a language; what it does from then on is counted."""

    def arriving(role, language):
        log_in(page, site, ACCOUNTS.get((role, language), role))
        page.add_init_script(COUNT)
        page.add_init_script(TALLY)
        page.goto(f"{site}/admin/")
        page.wait_for_load_state("load")
        page.evaluate("sessionStorage.clear()")
        return page

    return arriving


def tally(page):
    return {kind: int(page.evaluate("kind => sessionStorage.getItem(kind) ?? 0", kind)) for kind in ("clicks", "keys")}


def is_within(counted, limit):
    return all(counted[kind] <= limit[kind] for kind in limit)


def test_the_documentation_names_every_role_that_can():
    assert set(limits("translate one text that is behind")) == set(WRITERS)
    assert set(limits("change one string of the interface")) == {"translator", "reviewer", "publisher", "admin"}
    assert set(limits("change a figure in three languages and publish")) == {"publisher"}


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("role", WRITERS)
def test_one_text_that_is_behind_is_translated(role, language, at_home):
    page = at_home(role, language)
    page.keyboard.press("F2")
    own = field(page, "summary", language)
    expect(own).to_be_focused()
    expect(field(page, "heading", "nl")).to_have_value(f"{tally_heading(ACCOUNTS[role, language])} nl")
    page.evaluate(SETTLED)
    page.keyboard.press("Control+a")
    page.keyboard.type("Vertaald.")
    page.keyboard.press("Control+Enter")
    page.evaluate(SETTLED)
    expect(page.locator(f"[data-language={language}] [data-mark]")).to_have_count(0)
    counted = tally(page)
    assert is_within(counted, limits("translate one text that is behind")[role]), counted


@pytest.mark.parametrize("role", ["translator", "reviewer", "publisher", "admin"])
def test_one_string_of_the_interface_is_changed_in_french(role, at_home):
    page = at_home(role, "fr")
    page.locator("#wagtail-sidebar a[href$='/strings/']").click()
    page.locator("main [name=q]").click()
    page.keyboard.type("Skip to main content")
    page.locator("td.title a").filter(has_text="Skip to main content").first.click()
    own = page.locator("#id_text_fr_0")
    if role in ("translator", "reviewer"):
        expect(own).to_be_focused()
    else:
        own.click()
    before = own.input_value()
    page.keyboard.press("End")
    page.keyboard.type(" !")
    with page.expect_navigation():
        page.keyboard.press("Control+s")
    expect(page.locator(".messages .success")).to_be_visible()
    counted = tally(page)
    page.locator("[form=take-back-fr]").click()  # other tests read the string as it was
    expect(page.locator("#id_text_fr_0")).to_have_value(before)
    assert is_within(counted, limits("change one string of the interface")[role]), counted


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_figure_is_changed_in_three_languages_and_published(language, at_home):
    page = at_home("publisher", language)
    name = f"{tally_heading(ACCOUNTS['publisher', language])} {language}"
    page.locator("main [name=q]").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_selector("[data-contentpath=summary_nl] textarea")
    page.evaluate(SETTLED)
    field(page, "summary", "nl").click()
    for code in LANGUAGES:
        if code != LANGUAGES[0]:
            page.keyboard.press("F8")
        expect(field(page, "summary", code)).to_be_focused()
        page.keyboard.press("Control+a")
        page.keyboard.type(f"Wij helpen 31 landen ({code}).")
    page.keyboard.press("Control+Shift+Enter")
    expect(page.locator("[name=action-publish]")).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()
    counted = tally(page)
    assert is_within(counted, limits("change a figure in three languages and publish")["publisher"]), counted


def press(page, locator):
    """Press what leads to another page, and wait for it."""
    with page.expect_navigation():
        locator.click()


def open_packages(page):
    """Go to the list of packages through the menu."""
    page.get_by_role("button", name="Rapporten").click()
    press(page, page.locator("#wagtail-sidebar a[href$='/reports/packages/']"))


def test_ten_texts_go_to_an_agency_and_come_back(at_home, tmp_path):
    """From the home of a publisher until each of them is confirmed; what the agency does is not counted."""
    page = at_home("publisher", "nl")
    page.get_by_role("button", name="Rapporten").click()
    press(page, page.locator("#wagtail-sidebar a[href$='/reports/languages/']"))
    page.locator("main [name=q]").click()
    page.keyboard.type(IN_ENGLISH[0].split()[0])
    page.keyboard.press("Enter")
    page.wait_for_url("**q=Bundelwerk**")
    for name in IN_ENGLISH:
        page.locator("tr").filter(has_text=name).locator("input[type=checkbox]").click()
    press(page, page.locator("[formaction*='/packages/send/']"))
    page.locator("[name=target][value=en]").click()
    press(page, page.locator("main form button[type=submit]").first)
    with page.expect_download() as download:
        page.locator("a[href$='/xliff2/']").click()
    path = tmp_path / "lot.xlf"
    download.value.save_as(path)
    translate_file(path, lambda source: f"In English: {source}")

    open_packages(page)
    press(page, page.locator("a[href$='/packages/bring-back/']"))
    with page.expect_file_chooser() as chooser:
        page.locator("[name=file]").click()
    chooser.value.set_files(path)
    press(page, page.locator("main form button[type=submit]"))
    press(page, page.locator("[name=take][value=ready]"))
    boxes = page.locator("[name=chosen]")
    expect(boxes).to_have_count(10)
    for number in range(10):
        boxes.nth(number).click()
    press(page, page.locator("#import-rows button[name=confirm]"))
    expect(boxes).to_have_count(0)
    counted = tally(page)
    assert is_within(counted, limits("have ten texts translated by an agency")["publisher"]), counted
