"""A page that is approved language by language, in a real browser: sent back with a comment at a text, mended, published."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.forms import ACTIONS, SETTLED, field, open_form, press
from tests.browser.more_people import ACCOUNTS, IN_REVIEW, PRESSED_TWICE
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
CHANGES = {"nl": "Wijzigingen vragen", "fr": "Demander des modifications"}
APPROVE = {"nl": "Goedkeuren", "fr": "Approuver"}


@pytest.fixture
def acting(open_tab, site):
    """Return a function that logs a role in, in a language, in a tab of its own."""
    return lambda role, language: log_in(open_tab(language), site, ACCOUNTS[role, language])


def write(page, words):
    """Write a summary in both official languages."""
    for code in ("nl", "fr"):
        field(page, "summary", code).fill(f"{words} {code}.")
    page.evaluate(SETTLED)


def submit(page, site, name, words, label, language):
    """Write a page and submit it; return when the next step is said."""
    open_form(page, site, name)
    write(page, words)
    press(page, translate(label, language))
    expect(page.locator(".messages .success")).to_be_visible()


def comment(page, code, text):
    """Write a comment beside the summary in a language."""
    page.locator("[data-side-panel-toggle=comments]").click()
    page.locator(f"[data-contentpath=summary_{code}] [data-comment-add]").click()
    page.locator(".comment__input").fill(text)
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url == page.url):
        page.locator(".comment__button--primary").click()
        page.wait_for_selector("[name^=comments-][name$=-text]", state="attached")
        page.locator(f"[data-contentpath=summary_{code}] textarea").press("End")  # lets the form look at itself
    page.evaluate(SETTLED)


def send_back(page, language, reason):
    """Ask for changes in the dialogue."""
    page.wait_for_selector("body.ready")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    page.get_by_role("button", name=CHANGES[language]).click()
    dialogue = page.locator(".modal-dialog")
    dialogue.locator("textarea").fill(reason)
    with page.expect_navigation():
        dialogue.locator("[type=submit]").click()


def approve(page, site, name, language):
    open_form(page, site, name)
    press(page, APPROVE[language])
    expect(page.locator(".messages .success")).to_be_visible()


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_dutch_is_sent_back_with_a_comment_and_mended_french_is_approved_and_it_is_published(acting, open_tab, site, language):
    name, editor, dutch = IN_REVIEW[language], acting("editor", language), acting("reviewer", "nl")
    submit(editor, site, name, "Eerste versie", "Submit for approval", language)
    expect(editor.locator(".messages")).to_contain_text(ACCOUNTS["reviewer", "nl"])

    open_form(dutch, site, name)
    field(dutch, "heading", "nl").press("Enter")  # saves a draft, whatever the button that shows
    expect(dutch.locator(".messages .success")).to_be_visible()
    expect(dutch.locator("footer [data-workflow-action-name=approve]").first).to_be_visible()
    comment(dutch, "nl", "Dit is te kort.")
    send_back(dutch, "nl", "Zie de samenvatting.")

    open_form(editor, site, name)
    expect(editor.locator(".messages")).to_contain_text("Zie de samenvatting.")
    editor.locator("[data-side-panel-toggle=comments]").click()
    expect(editor.locator(".comment").first).to_contain_text("Dit is te kort.")
    submit(editor, site, name, "Tweede versie, wat langer", "Submit again for approval", language)

    approve(dutch, site, name, "nl")
    approve(acting("reviewer", "fr"), site, name, "fr")
    approve(acting("publisher", language), site, name, language)
    reader = open_tab(language)
    reader.goto(f"{site}/{language}/{name.lower().replace(' ', '-')}-{language}/")
    expect(reader.locator("main")).to_contain_text(f"Tweede versie, wat langer {language}.")


PRESS_TWICE = "button => { button.click(); button.click(); }"  # as somebody does who waits for an answer


def send_twice(page, press_both):
    """Press a button twice; return the messages and how often the form was sent."""
    sent = []
    page.on("request", lambda request: request.method == "POST" and request.is_navigation_request() and sent.append(request))
    with page.expect_navigation():
        press_both()
    page.wait_for_selector("body.ready")
    return page.locator(".messages").inner_text(), len(sent)


def open_menu(page, name):
    """Return a button of the menu in the footer, which is open."""
    page.wait_for_selector("body.ready")
    page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    return page.locator(ACTIONS).filter(has_text=re.compile(rf"^\s*{name}")).first


def test_what_is_pressed_twice_is_sent_once(acting, site):
    editor, dutch = acting("editor", "nl"), acting("reviewer", "nl")
    open_form(editor, site, PRESSED_TWICE)
    write(editor, "Eerste versie")
    said, sent = send_twice(editor, open_menu(editor, translate("Submit for approval", "nl")).dblclick)
    assert sent == 1 and "vergrendeld" not in said

    open_form(dutch, site, PRESSED_TWICE)
    open_menu(dutch, CHANGES["nl"]).click()
    dutch.locator(".modal-dialog textarea").fill("Te kort.")
    said, sent = send_twice(dutch, dutch.locator(".modal-dialog [type=submit]").dblclick)
    assert sent == 1 and "Er is niets beslist" not in said and "Je hebt wijzigingen gevraagd" in said

    open_form(editor, site, PRESSED_TWICE)
    write(editor, "Tweede versie, wat langer")
    again = open_menu(editor, translate("Submit again for approval", "nl"))
    assert send_twice(editor, lambda: again.evaluate(PRESS_TWICE))[1] == 1

    open_form(dutch, site, PRESSED_TWICE)
    said, sent = send_twice(dutch, lambda: open_menu(dutch, APPROVE["nl"]).evaluate(PRESS_TWICE))
    assert sent == 1 and "vergrendeld" not in said
