"""French by Friday: an editor asks for it, a translator takes it from their home and does it, each by keyboard alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from tests.browser.conftest import log_in, tab_to
from tests.browser.engines import AXE, require_engine
from tests.browser.forms import COUNT, SETTLED, column, field, open_page, reload
from tests.browser.more_people import heading
from tests.editor import translate

# Wagtail's own parts of these screens are its own affair.
OURS = [
    ".w-dashboard .w-panel",
    ".nothing-waits",
    ".translation-request",
    ".staff-notes-form",
    ".ask-for-translation",
    "main table",
]
pytestmark = [pytest.mark.browser, pytest.mark.sweep]
PAGE = heading("publisher-nl")  # a page that nobody else works on
FRIDAY = timezone.localdate() + timedelta(days=(4 - timezone.localdate().weekday()) % 7 or 7)


def leave_french_behind(page, site):
    """Write a Dutch sentence and say that it is done."""
    page.add_init_script(COUNT)
    open_page(page, site, PAGE)
    page.evaluate(SETTLED)
    field(page, "summary", "nl").press("End")
    page.keyboard.type(" Een nieuwe zin.")
    page.keyboard.press("Control+Enter")
    expect(column(page, "summary", "fr").locator("[data-mark=behind]")).to_be_visible()
    reload(page)


def ask_by_keyboard(page, language="fr"):
    """Ask for a language by Friday from the bar above the texts."""
    tab_to(page, "[data-languages-bar] details:has(a[href*='/translation-requests/ask/']) summary")
    page.keyboard.press("Enter")
    tab_to(page, "[data-languages-bar] a[href*='/translation-requests/ask/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/translation-requests/ask/**")
    tab_to(page, "[name=language]")
    page.keyboard.press("Space")
    for _step in range(LANGUAGES.index(language)):
        page.keyboard.press("ArrowDown")
    expect(page.locator(f"[name=language][value={language}]")).to_be_checked()
    tab_to(page, "[name=deadline]")
    page.keyboard.type(FRIDAY.isoformat())
    tab_to(page, "[name=note]")
    page.keyboard.type("Voor de pers.")
    tab_to(page, "main form button.button[type=submit]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".messages .success")


def test_french_by_friday(site, browser):
    with browser.new_context() as at_the_editors, browser.new_context() as at_the_translators:
        editor = log_in(at_the_editors.new_page(), site, "editor")
        leave_french_behind(editor, site)
        ask_by_keyboard(editor)

        translator = at_the_translators.new_page()
        translator.add_init_script(COUNT)
        log_in(translator, site, "translator-fr")
        line = translator.locator("#waiting-section li").filter(has_text=PAGE)
        expect(line).to_contain_text("Voor de pers.")
        expect(line).to_contain_text("editor")
        action = line.locator("button[formaction*='/take/']").get_attribute("formaction")
        tab_to(translator, f"button[formaction='{action}']")
        translator.keyboard.press("Enter")
        translator.wait_for_url("**/edit/#unit=summary:fr")
        expect(translator.locator(".messages .success")).to_have_text(translate("This translation is yours now.", "fr"))
        translator.evaluate(SETTLED)
        expect(field(translator, "summary", "fr")).to_be_focused()
        translator.keyboard.press("End")
        translator.keyboard.type(" Une nouvelle phrase.")
        translator.keyboard.press("Control+Enter")
        expect(column(translator, "summary", "fr").locator("[data-mark]")).to_have_count(0)
        translator.evaluate(SETTLED)

        translator.goto(f"{site}/admin/")
        expect(translator.locator(".worklist li").filter(has_text=PAGE).locator("button")).to_have_count(0)
        editor.goto(f"{site}/admin/reports/translation-requests/?state=closed")
        expect(editor.locator("main tbody tr").filter(has_text=PAGE)).to_contain_text(
            translate("Done", "nl", "translation request")
        )


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_in_lists_of_work_and_the_screens_of_requests(width, colours, staff, site):
    require_engine(AXE, "axe-core (npm ci)")
    page = staff("editor-fr")
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 900})
    if not page.locator("#asked-section").count():
        leave_french_behind(page, site)
        ask_by_keyboard(page, language="en")
    page.goto(f"{site}/admin/")
    request = page.locator("#asked-section li a[href*='/translation-requests/']").first.get_attribute("href")
    for path in ("/admin/", request, "/admin/reports/translation-requests/", "/admin/reports/languages/"):
        page.goto(site + path)
        page.wait_for_selector("body.ready")
        page.evaluate(AXE.read_text())
        ours = [selector for selector in OURS if page.locator(selector).count()]
        assert ours, path
        result = page.evaluate("ours => axe.run({include: ours}, {resultTypes: ['violations']})", ours)
        found = [(path, one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]]
        assert found == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
