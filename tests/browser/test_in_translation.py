"""A translator whose text is in translation from the first letter until they say "done", in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.forms import OTHER, SETTLED, column, field, open_form, reload
from tests.browser.rich_texts import column_of, editor, rich_texts, type_at_the_end, wait_until_stored
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
PAGE = "PES Network"
PLAIN = {"nl": "summary", "fr": "opening"}  # a text for each translator, who works at the page that the other left
TRANSLATORS = pytest.mark.parametrize(
    ("account", "colleague", "reader"),
    [
        ("translator-nl", "editor", "nl"),
        ("translator-fr", "editor-fr", "fr"),
    ],
)


def come_as(staff, page, site, account):
    """Leave the form, and let somebody open it in the same window."""
    page.goto("about:blank")
    page.context.clear_cookies()
    open_form(staff(account), site, PAGE)


@TRANSLATORS
def test_one_letter_is_in_translation_for_everybody_until_its_author_says_done(account, colleague, reader, staff, site):
    page, other, name = staff(account), OTHER[reader], PLAIN[reader]
    open_form(page, site, PAGE)
    own, twin = column(page, name, reader), column(page, name, other)
    mark, note = own.locator("[data-mark=open]"), own.locator("[data-by]")
    field(page, name, reader).press("End")
    page.keyboard.type("x")
    expect(mark).to_have_text(translate("In translation", reader))
    expect(note).to_have_text(translate("In translation by you.", reader))
    expect(note).to_contain_text("20")  # since when, once the form has saved itself
    expect(twin.locator("[data-mark=behind]")).to_have_count(0)

    # A colleague sees who works at it, and is not called to mend anything because of it.
    come_as(staff, page, site, colleague)
    expect(mark).to_have_text(translate("In translation", reader))
    expect(note).to_contain_text(account)
    expect(twin.locator("[data-mark=behind]")).to_have_count(0)

    # Who comes back finds it as it was, says that it is done, and is led on; then the other languages are to follow.
    come_as(staff, page, site, account)
    expect(note).to_contain_text("20")
    field(page, name, reader).press("Control+Enter")
    expect(mark).to_have_count(0)
    expect(page.locator("[data-said]")).to_contain_text(translate("Done. It counts as soon as the form is saved.", reader))
    expect(twin.locator("[data-mark=behind]")).to_have_text(translate("Behind", reader))
    reload(page)
    expect(own.locator("[data-mark]")).to_have_count(0)
    expect(twin.locator("[data-mark=behind]")).to_be_visible()


@TRANSLATORS
def test_in_an_editor_of_rich_text_too_and_who_types_on_is_not_done(account, colleague, reader, staff, site):
    page = staff(account)
    open_form(page, site, PAGE)
    text = rich_texts(page).first
    own = column_of(text, reader)
    type_at_the_end(page, text, reader, " Woord")
    button = own.get_by_role("button", name=translate("Done", reader, context="a translation"))
    expect(button).to_have_attribute("aria-keyshortcuts", "Control+Enter")
    button.click()
    expect(own.locator("[data-mark=open]")).to_have_count(0)
    page.evaluate(SETTLED)
    editor(text, reader).click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Backspace")
    expect(own.locator("[data-mark=open]")).to_be_visible()
    before = editor(text, reader).inner_text()
    page.keyboard.press("Control+Enter")  # at once, while the editor still holds back what was typed
    expect(own.locator("[data-mark=open]")).to_have_count(0)
    page.evaluate(SETTLED)
    reload(page)
    expect(own.locator("[data-mark=open]")).to_have_count(0)
    assert editor(text, reader).inner_text() == before
    assert " Woor" in wait_until_stored(text, reader).input_value()


def test_what_a_text_follows_stays_in_sight_while_it_is_translated(staff, site):
    page = staff("editor")
    open_form(page, site, PAGE)
    summary, twin = column(page, "summary", "nl"), column(page, "summary", "fr")
    field(page, "summary", "nl").press("End")
    page.keyboard.type(" Een nieuw woord.")
    field(page, "summary", "nl").press("Control+Enter")
    # A click would close what the key that leads to the next text has opened already.
    twin.locator("details[data-note]").evaluate("note => { note.open = true; }")
    field(page, "summary", "fr").press("End")
    page.keyboard.type(" Un")
    expect(twin.locator("[data-mark=open]")).to_be_visible()
    expect(twin.locator("[data-changes] ins")).to_contain_text("nieuw woord")
    expect(twin.locator("[data-changes] ins")).to_be_visible()
    page.evaluate(SETTLED)
    expect(twin.locator("[data-changes] ins")).to_be_visible()
    twin.locator("[data-done]").click()
    expect(twin.locator("[data-mark=open]")).to_have_count(0)
    page.evaluate(SETTLED)
    expect(summary.locator("[data-mark]")).to_have_count(0)
