"""An editor shares a draft in a real browser; somebody without an account reads it, comments, and comes too late."""

import psycopg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, tab_to
from tests.browser.engines import accessibility
from tests.browser.more_people import ACCOUNTS, heading

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
IN_BOTH = pytest.mark.parametrize("language", ["nl", "fr"])
WORDS = {
    "nl": {
        "make": "Maak de link",
        "copied": "Gekopieerd.",
        "new": "1 nieuwe opmerking",
        "accept": "Markeer als overgenomen",
        "revoke": "Intrekken",
        "over": "Deze link werkt niet meer",
    },
    "fr": {
        "make": "Créer le lien",
        "copied": "Copié.",
        "new": "1 nouveau commentaire",
        "accept": "Marquer comme pris en compte",
        "revoke": "Désactiver",
        "over": "Ce lien ne fonctionne plus",
    },
}


@pytest.fixture
def editor(browser, site):
    """Return a function that opens the draft of an editor, by the language of the admin, with the clipboard within reach."""
    contexts = []

    def opening(language):
        context = browser.new_context(locale=language, permissions=["clipboard-read", "clipboard-write"])
        contexts.append(context)
        page = log_in(context.new_page(), site, ACCOUNTS["editor", language])
        open_own_page(page, site, language)
        return page

    yield opening
    for context in contexts:
        context.close()


def own_heading(language):
    return f"{heading(ACCOUNTS['editor', language])} {language}"


def open_own_page(page, site, language):
    page.goto(f"{site}/admin/pages/search/?q={heading(ACCOUNTS['editor', language])}")
    page.get_by_role("link", name=own_heading(language), exact=True).first.click()
    page.wait_for_selector("[data-contentpath=heading_nl] input")


def open_panel(page):
    page.locator(".draft-links > summary").click()
    return page.locator(".draft-links")


def make_link(page, language, shows=None):
    """Make a link from the panel of the form, copy it, and return what is in the clipboard then."""
    open_panel(page).get_by_role("link").first.click()
    page.locator("[name=for_whom]").fill(f"Lezer {shows or language}")
    page.locator(f"[name=shows][value={shows or language}]").check()
    page.locator("[name=takes_comments]").check()
    page.get_by_role("button", name=WORDS[language]["make"]).click()
    page.wait_for_selector(".messages .success")
    first = page.locator(".staff-note").first
    first.locator("[data-action='w-clipboard#copy']").click()
    expect(first.get_by_role("status")).to_have_text(WORDS[language]["copied"])
    return page.evaluate("navigator.clipboard.readText()")


@IN_BOTH
def test_a_link_is_made_copied_opened_commented_on_moderated_and_revoked(editor, reader, site, language):
    words = WORDS[language]
    page = editor(language)
    form = page.url
    link = make_link(page, language)
    assert link.startswith(f"{site}/{language}/")
    guest = reader(390)
    guest.goto(link)
    assert guest.locator("html").get_attribute("lang") == language
    expect(guest.locator("h1")).to_have_text(own_heading(language))
    assert guest.evaluate("document.documentElement.scrollWidth") <= 390
    tab_to(guest, "#name")
    guest.keyboard.type("An Peeters")
    tab_to(guest, "#text")
    guest.keyboard.type("<b>Te lang</b>")
    tab_to(guest, "#send")
    guest.keyboard.press("Enter")
    guest.wait_for_url("**?sent")
    assert guest.context.cookies() == []
    page.goto(form)
    panel = page.locator(".draft-links")
    expect(panel.locator("summary")).to_contain_text(words["new"])
    open_panel(page)
    expect(panel.locator(".message-text")).to_have_text("<b>Te lang</b>")
    panel.get_by_role("button", name=words["accept"]).click()
    page.wait_for_selector(".messages .success")
    assert page.url == form
    guest.goto(link)
    expect(guest.locator(".draft-taken-over")).to_contain_text("<b>Te lang</b>")
    open_panel(page).get_by_role("button", name=words["revoke"]).first.click()
    page.wait_for_selector(".messages .success")
    guest.reload()
    expect(guest.locator("h1")).to_have_text(words["over"])


@IN_BOTH
def test_a_link_that_is_over_keeps_what_was_written_meanwhile_to_be_copied(editor, reader, site, database_of, language):
    link = make_link(editor(language), language, "all")
    guest = reader()
    guest.goto(link)
    expect(guest.locator(".beside-row").first).to_be_visible()
    guest.locator("#name").fill("An")
    guest.locator("#text").fill("Wat ik vind")
    with psycopg.connect(database_of, autocommit=True) as connection:
        connection.execute(
            "UPDATE draft_links_draftlink SET created_at = now() - interval '8 days', expires_at = now() - interval '1 day'"
            " WHERE for_whom = 'Lezer all'"
        )
    guest.locator("#send").click()
    expect(guest.locator("h1")).to_have_text(WORDS[language]["over"])
    expect(guest.locator("textarea[readonly]")).to_have_value("Wat ik vind")


@IN_BOTH
def test_the_screens_for_staff_hold_for_the_accessibility_engine(editor, site, language):
    page = editor(language)
    make_link(page, language)
    page.reload()  # without the message, which fades in
    assert accessibility(page, within="main", with_picture=False) == []
    open_own_page(page, site, language)
    open_panel(page)
    assert accessibility(page, within=".draft-links", with_picture=False) == []
