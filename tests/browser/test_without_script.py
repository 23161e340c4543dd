"""Everything that a reader comes for can be done where no script runs, on a phone and on a desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.paths import EVERY, PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
PHONE, DESK = 320, 1280
LANGUAGES = ("nl", "fr", "en")


@pytest.fixture
def reader(browser, site):
    """Return a function that opens a page of the content in a tab without scripts."""
    contexts = []

    def opening(key, language, width=PHONE):
        context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 700}, locale="de")
        contexts.append(context)
        page = context.new_page()
        page.goto(site + EVERY[key, language].path)
        return page

    yield opening
    for context in contexts:
        context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_a_phone_opens_leads_to_a_section_and_closes(reader, site, language):
    page = reader("home", language)
    menu = page.locator("#menu")
    expect(menu).to_be_hidden()
    page.locator("header [popovertarget=menu]").first.click()
    expect(menu).to_be_visible()
    menu.locator("[popovertargetaction=hide]").click()
    expect(menu).to_be_hidden()
    page.locator("header [popovertarget=menu]").first.press("Enter")
    menu.locator(f"a[href='{PATHS['networks', language]}']").click()
    expect(page).to_have_url(site + PATHS["networks", language])
    expect(page.locator("#menu")).to_be_hidden()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_of_a_desk_leads_to_a_section(reader, site, language):
    page = reader("home", language, DESK)
    page.locator(f"#menu a[href='{PATHS['mandates', language]}']").click()
    expect(page).to_have_url(site + PATHS["mandates", language])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_language_is_switched_on_the_page_one_reads(reader, site, width):
    page = reader("youth-guarantee", "nl", width)
    for name, language in (("Français", "fr"), ("English", "en"), ("Nederlands", "nl")):
        page.get_by_role("link", name=name).first.click()
        expect(page).to_have_url(site + PATHS["youth-guarantee", language])
        expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_is_reached_from_the_home_page_and_the_way_back_is_shown(reader, site, language, width):
    page = reader("home", language, width)
    page.locator(f"main a[href='{PATHS['socieux-plus', language]}'] >> visible=true").first.click()
    expect(page).to_have_url(site + PATHS["socieux-plus", language])
    page.locator(f".breadcrumbs a[href='{PATHS['agreements', language]}']").click()
    expect(page).to_have_url(site + PATHS["agreements", language])


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_contents_of_a_page_lead_to_its_parts(reader, width):
    page = reader("pes-network", "fr", width)
    last = page.locator("nav.contents a").last
    anchor = last.get_attribute("href")
    if width == PHONE:
        page.locator("nav.contents summary").click()
    last.click()
    expect(page).to_have_url(re.compile(f"{anchor}$"))
    expect(page.locator(f"[id='{anchor[1:]}']")).to_be_in_viewport()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_folded_up_opens_and_closes(reader, language, width):
    page = reader("every-block", language, width)
    folded = page.locator("main details:not(.contents > *)").first
    inside = folded.locator(":scope > :not(summary)").first
    expect(inside).to_be_hidden()
    folded.locator("summary").press("Enter")
    expect(inside).to_be_visible()
    folded.locator("summary").click()
    expect(inside).to_be_hidden()


@pytest.mark.parametrize("key", ["contact", "glossary", "accessibility", "privacy", "legal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_and_legal_pages_are_one_step_away(reader, site, key, language):
    page = reader("eures", language)
    footer = page.locator(f"footer a[href='{PATHS[key, language]}']")
    if not footer.count():
        page.locator("header [popovertarget=menu]").first.click()
    page.locator(f":is(#menu, footer) a[href='{PATHS[key, language]}'] >> visible=true").first.click()
    expect(page).to_have_url(site + PATHS[key, language])
    expect(page.locator("h1")).to_be_visible()


def test_these_readers_really_have_no_scripts(reader):
    page = reader("home", "nl")
    page.set_content("<h1>Before</h1><script>document.querySelector('h1').textContent = 'After'</script>")
    expect(page.locator("h1")).to_have_text("Before")


def test_a_control_that_needs_a_script_would_be_noticed(reader, site):
    page = reader("home", "nl")
    html = page.content().replace(' popovertarget="menu"', "", 1)
    page.route("**/nl/", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(site + "/nl/")
    page.locator("header .menu-button").first.click()
    expect(page.locator("#menu")).to_be_hidden()
