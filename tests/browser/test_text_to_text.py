"""Translators go from text to text across pages with one key, and never touch the mouse, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import tab_to
from tests.browser.forms import COUNT, SETTLED, frame_in, open_form
from tests.browser.more_people import work_heading
from tests.browser.rich_texts import editor, rich_texts
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
IN_EACH = pytest.mark.parametrize("language", ["nl", "fr", "en"])


def field(page, name, language):
    return page.locator(f"[data-contentpath={name}_{language}] :is(input, textarea)")


def announcement(page):
    return page.locator("[data-said]")


def name_of(language, number):
    return f"{work_heading(language, number)} {language}"


def focused_column(page):
    return page.evaluate("document.activeElement.closest('[data-language], [data-translated] > [data-contentpath]')?.dataset")


@IN_EACH
def test_a_translator_takes_what_is_asked_for_translates_three_texts_on_two_pages_and_submits_by_keys_alone(
    language, staff, site
):
    page = staff(f"translator-{language}")
    page.add_init_script(COUNT)
    keys = page.keyboard
    row = f".worklist__row:has-text('{name_of(language, 1)}')"
    tab_to(page, f"{row} button")
    with page.expect_navigation():
        keys.press("Enter")  # taken, which leads to its first text
    own, text = field(page, "summary", language), rich_texts(page).first
    expect(own).to_be_focused()
    expect(own).to_be_in_viewport()
    page.evaluate(SETTLED)
    expect(page.locator("[data-texts-to-mend]")).to_have_text("2")
    keys.press("Control+a")
    keys.type(f"Vertaald in {language}.")
    keys.press("Control+Enter")
    expect(editor(text, language)).to_be_focused()
    expect(editor(text, language)).to_be_in_viewport()
    expect(announcement(page)).to_contain_text(re.compile(r"1\W*$"))  # how many are left
    keys.press("Control+End")
    keys.type(" Vertaald.")
    keys.press("Control+Enter")
    expect(announcement(page)).to_contain_text(name_of(language, 2))
    expect(announcement(page)).to_contain_text("F2")

    # The same key again saves, and leads to the first text of the next page.
    keys.press("F2")
    second = field(page, "summary", language)
    expect(second).to_be_focused()
    expect(page.locator("[data-texts-to-mend]")).to_have_text("1")
    expect(field(page, "heading", language)).to_have_value(name_of(language, 2))
    page.evaluate(SETTLED)
    keys.press("Control+a")
    keys.type(f"Ook vertaald in {language}.")
    keys.press("Control+Enter")
    expect(page.locator("[data-language] [data-mark=open]")).to_have_count(0)
    page.evaluate(SETTLED)
    keys.press("Control+Shift+Enter")
    expect(page.locator("[name=action-submit]")).to_be_focused()
    with page.expect_navigation():
        keys.press("Enter")
    expect(page.locator(".messages .success")).to_be_visible()

    # What was typed on both pages has arrived, and nothing of it waits any more.
    for number, words in ((1, f"Vertaald in {language}."), (2, f"Ook vertaald in {language}.")):
        open_form(page, site, work_heading(language, number))
        expect(field(page, "summary", language)).to_have_value(words)
        expect(page.locator("[data-mark=behind], [data-mark=open]")).to_have_count(0)


@pytest.mark.parametrize("account", ["translator-nl", "translator-fr"])
def test_the_list_of_keys_opens_by_a_key_in_the_language_of_the_admin(account, staff, site):
    page, reader = staff(account), account[-2:]
    page.keyboard.press("?")
    dialog = page.locator("#keyboard-shortcuts-dialog")
    expect(dialog.get_by_text(translate("Search", reader), exact=True).first).to_be_visible()
    for row in ("[data-keys=texts]", "[data-keys=strings]", "[data-keys=admin-core-models]"):
        expect(dialog.locator(row)).to_be_hidden()  # the home has no texts
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    open_form(page, site, "Enabel")
    page.locator(".languages-bar [data-a11y-dialog-show]").first.focus()
    page.keyboard.press("Enter")
    expect(dialog.get_by_text(translate("To the same text in the next language", reader))).to_be_visible()
    expect(dialog.locator("[data-key$='+ p']")).to_be_visible()
    expect(dialog.locator("[data-key$='+ j']")).to_be_hidden()
    page.keyboard.press("Escape")
    expect(page.locator(".languages-bar [data-a11y-dialog-show]").first).to_be_focused()


@pytest.mark.parametrize("account", ["translator-nl", "translator-fr"])
def test_a_key_leads_to_the_glossary_beside_a_text_and_a_term_is_put_in_where_the_caret_was(account, staff, site):
    page, language = staff(account), account[-2:]
    open_form(page, site, "EURES")
    own = field(page, "full_name", language)
    before = own.input_value()
    own.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("F4")
    terms = page.locator(".translated:has([data-contentpath=full_name_nl]) [data-terms]")
    name = terms.locator(f"[data-insert={language}]").first
    expect(name).to_be_focused()
    words = name.inner_text()
    page.keyboard.press("Enter")
    expect(own).to_be_focused()
    expect(own).to_have_value(f"{before} {words}")
    page.keyboard.press("F4")
    page.keyboard.press("F4")
    expect(own).to_be_focused()
    own.fill(before)
    page.evaluate(SETTLED)


def test_a_term_is_put_into_a_rich_text_too(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "EURES")
    text = rich_texts(page).filter(has=page.locator("[data-terms]")).first
    before = editor(text, "fr").inner_text()
    editor(text, "fr").click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" ")
    page.keyboard.press("F4")
    name = text.locator("[data-insert=fr]").first
    expect(name).to_be_focused()
    words = name.inner_text()
    page.keyboard.press("Enter")
    expect(editor(text, "fr")).to_have_text(re.compile(re.escape(words) + r"\s*$"))
    for _ in range(len(words) + 1):
        page.keyboard.press("Backspace")
    page.evaluate(SETTLED)
    assert editor(text, "fr").inner_text() == before


@pytest.mark.parametrize("account", ["translator-nl", "translator-fr"])
def test_the_preview_shows_the_language_and_the_place_of_the_text_at_work(account, staff, site):
    page, language = staff(account), account[-2:]
    page.set_viewport_size({"width": 1440, "height": 900})
    open_form(page, site, "EURES")
    text = rich_texts(page).last
    editor(text, language).click()
    page.keyboard.press("Control+p")
    marked = frame_in(page, language).locator("[data-at-work]")
    first = editor(text, language).locator("[data-block]").first.inner_text().strip()
    expect(marked).to_contain_text(first.split(",")[0][:40])
    expect(marked).to_be_in_viewport()
    expect(editor(text, language)).to_be_focused()
    other = "fr" if language == "nl" else "nl"
    page.keyboard.press("F8")  # the first of the others, in the order of the form
    frame = frame_in(page, other)
    expect(frame.locator("[data-at-work]")).to_have_count(1)
    page.keyboard.press("Control+p")
    expect(page.locator("[data-side-panel=preview]")).to_be_hidden()
