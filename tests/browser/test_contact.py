"""Somebody meets a barrier and writes to us, with the keyboard alone and without scripts; an editor answers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, tab_to
from tests.browser.engines import accessibility
from tests.browser.more_people import ACCOUNTS
from tests.browser.paths import PATHS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
IN_BOTH = pytest.mark.parametrize("language", ["nl", "fr"])
SAVE = {"nl": "Opslaan", "fr": "Enregistrer"}


def open_form(page, site, language):
    """Follow the link of the accessibility statement with the keyboard."""
    page.goto(site + PATHS["accessibility", language])
    tab_to(page, "main a[href$='kind=barrier']")
    page.keyboard.press("Enter")
    page.wait_for_url("**?kind=barrier")


def type_in(page, selector, text):
    tab_to(page, selector)
    page.keyboard.type(text)


def send(page):
    tab_to(page, "#send")
    page.keyboard.press("Enter")


@IN_BOTH
def test_a_reader_mends_what_is_wrong_and_gets_a_reference(reader, site, language):
    page = reader(256)
    open_form(page, site, language)
    expect(page.locator("[value=barrier]")).to_be_checked()
    type_in(page, "#email", "jan")
    send(page)
    expect(page.locator(".error-summary:focus")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#text")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("La vidéo / De video")
    type_in(page, "#email", "jan@example.org")
    assert page.evaluate("document.documentElement.scrollWidth") <= 256
    send(page)
    page.wait_for_url("**?received=*")
    expect(page.locator(".reference")).to_have_count(1)
    page.reload()
    page.go_back()
    expect(page.locator("#text")).to_have_value("La vidéo / De video")
    assert page.context.cookies() == []


@IN_BOTH
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_the_accessibility_engine_finds_nothing_from_the_form_to_the_thanks(reader, site, language, width, scheme):
    page = reader(width, scripts=True, scheme=scheme)
    open_form(page, site, language)
    assert accessibility(page) == []
    page.locator("#send").click()
    expect(page.locator(".error-summary")).to_have_count(1)
    assert accessibility(page) == []
    page.locator("#text").fill("Ik lees het niet")
    for target in page.locator("main .send, main .choice-line, main .input").all():
        assert target.bounding_box()["height"] >= 44
    page.locator("#send").click()
    page.wait_for_url("**?received=*")
    assert accessibility(page) == []


@IN_BOTH
def test_an_editor_finds_a_message_and_answers_it(reader, browser, site, language):
    sender = reader()
    open_form(sender, site, language)
    sender.locator("#text").fill("<b>Groter</b> https://example.org")
    sender.locator("#send").click()
    sender.wait_for_url("**?received=*")
    reference = sender.locator(".reference").inner_text()
    context = browser.new_context(locale=language)
    page = log_in(context.new_page(), site, ACCOUNTS["editor", language])
    page.goto(f"{site}/admin/messages/?state=open&language={language}")
    page.get_by_role("link", name=reference).click()
    expect(page.locator(".message-text")).to_have_text("<b>Groter</b> https://example.org")
    page.locator("[name=assigned_to]").select_option(label=ACCOUNTS["editor", language])
    page.locator("[name=is_answered]").check()
    page.get_by_role("button", name=SAVE[language]).click()
    page.wait_for_url(f"{site}/admin/messages/")
    page.goto(f"{site}/admin/messages/?state=answered&whose=mine")
    expect(page.get_by_role("link", name=reference)).to_have_count(1)
    context.close()
