"""A translator at a form in a real browser: other languages are read, one's own is written, and nothing else gets in."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.engines import AXE, require_engine
from tests.browser.forms import SETTLED, field, open_form, reload, save
from tests.browser.rich_texts import column_of, editor, rich_texts
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
CLOSED = [".languages-bar", ".text-mark", "[data-closed]", ".translated"]
ONLY = "Not saved, because your account works in %(languages)s only: %(what)s."


def languages_in_order(group):
    """Return the languages of a text in the order in which its columns stand in the page."""
    return group.evaluate(
        "group => [...group.querySelectorAll('[data-language], [data-translated] > [data-contentpath]')]"
        ".map(one => one.dataset.language ?? one.dataset.contentpath)"
    )


def test_other_languages_are_read_and_ones_own_is_written_and_nothing_forged_gets_in(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "EURES")
    dutch, french = field(page, "summary", "nl"), field(page, "summary", "fr")
    before, text = dutch.input_value(), french.input_value()
    dutch.focus()
    page.keyboard.type("Anders")
    expect(dutch).to_have_value(before)
    french.fill(f"{text} Nouveau.")
    dutch.evaluate("input => { input.readOnly = false; input.value = 'Vervalst'; }")
    save(page)
    message = page.locator(".messages .warning")
    expect(message).to_contain_text(translate(ONLY, "fr", languages="français", what="@").split("@")[0])
    expect(message).to_contain_text("néerlandais")
    reload(page)
    expect(dutch).to_have_value(before)
    expect(french).to_have_value(f"{text} Nouveau.")


def test_what_is_not_theirs_says_so_to_eyes_and_to_screen_readers_and_their_own_comes_first(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "EURES")
    heading = page.locator(".translated:has([data-contentpath=heading_nl])")
    assert languages_in_order(heading) == ["fr", "nl", "en"]
    for code, is_closed in (("fr", False), ("nl", True), ("en", True)):
        one = page.locator(f"[data-language={code}]:has([data-contentpath=heading_{code}])")
        expect(one.locator("input")).to_have_attribute("aria-readonly", "true") if is_closed else expect(
            one.locator("input")
        ).to_be_editable()
        expect(one.locator(".text-mark--closed")).to_have_count(int(is_closed))
        assert bool(one.get_attribute("title")) is is_closed
    text = rich_texts(page).first
    expect(editor(text, "fr")).to_be_editable()
    expect(editor(text, "nl")).to_have_attribute("contenteditable", "false")
    expect(editor(text, "nl")).to_have_attribute("aria-readonly", "true")
    editor(text, "fr").click()
    page.keyboard.press("F8")
    expect(editor(text, "nl")).to_be_focused()  # it is read by whoever listens
    before = editor(text, "nl").inner_text()
    page.keyboard.type("Anders")
    assert editor(text, "nl").inner_text() == before


def test_blocks_choices_and_dates_are_closed_to_mouse_and_keys_alike(staff, site):
    page = staff("translator-nl")
    open_form(page, site, "EURES")
    for control in (".c-sf-add-button", "[data-streamfield-action]", "[data-streamfield-list-add]", ".chooser button"):
        for one in page.locator(f"#page-edit-form {control}").all():
            expect(one).to_be_hidden()
    drawing = page.locator("[name=illustration]")
    before = drawing.input_value()
    drawing.focus()
    for key in ("ArrowDown", "ArrowUp", "End", "a"):
        page.keyboard.press(key)
    drawing.click(force=True)
    assert drawing.input_value() == before
    page.get_by_role("tab").nth(1).click()
    menu = page.locator("[name=show_in_footer]")
    was_on = menu.is_checked()
    menu.click(force=True)
    menu.focus()
    page.keyboard.press("Space")
    assert menu.is_checked() is was_on
    page.get_by_role("tab").nth(2).click()
    review = page.locator("[name=review_on]")
    before = review.input_value()
    review.click(force=True)
    page.keyboard.type("2031")
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    assert review.input_value() == before


def test_the_next_text_to_mend_is_one_of_their_own(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "view.brussels")
    french, summary = field(page, "meta_description", "fr"), field(page, "summary", "fr")
    texts = french.input_value(), summary.input_value()
    page.get_by_role("tab").nth(1).click()
    french.fill("Une nouvelle description.")
    french.press("Control+Enter")  # done: the other languages are behind now, which is not for this person
    page.evaluate(SETTLED)
    twin = page.locator("[data-language=nl]:has([data-contentpath=meta_description_nl])")
    expect(twin.locator("[data-mark=behind]")).to_be_visible()
    expect(page.locator("[data-next-text]")).to_be_hidden()
    expect(twin.locator("[data-confirm]")).to_be_hidden()
    page.get_by_role("tab").first.click()
    summary.fill("")
    page.evaluate(SETTLED)
    expect(page.locator("[data-next-text]")).to_contain_text("(1)")
    page.get_by_role("tab").nth(2).click()
    page.keyboard.press("F2")
    expect(summary).to_be_focused()
    summary.fill(texts[1])  # other tests begin with this page as it was
    summary.press("Control+Enter")
    page.get_by_role("tab").nth(1).click()
    french.fill(texts[0])
    french.press("Control+Enter")
    page.evaluate(SETTLED)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_a_form_that_is_closed_in_part(colours, staff, site):
    require_engine(AXE, "axe-core (npm ci)")
    page = staff("translator-fr")
    page.emulate_media(color_scheme=colours)
    open_form(page, site, "Socieux")
    expect(column_of(rich_texts(page).first, "nl").locator(".text-mark--closed")).to_have_text(re.compile("Lecture seule"))
    page.evaluate(AXE.read_text())
    result = page.evaluate("ours => axe.run({include: ours}, {resultTypes: ['violations']})", CLOSED)
    assert [(one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]] == []
