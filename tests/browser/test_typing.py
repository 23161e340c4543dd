"""What editors type, paste and choose in a real browser: nothing of it is lost, and nothing happens that they did not do."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.forms import add_block, open_form, open_page
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
CASES = json.loads((Path(__file__).parents[1] / "slugs.json").read_text())
RULE = """async (cases) => {
    const { slugOf } = await import(document.querySelector("script[src*='editor/slugs']").src);
    return cases.map(([language, text]) => slugOf(text, language));
}"""
PASTE = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.setSelectionRange(0, field.value.length);
    const isLeft = field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    if (isLeft) field.setRangeText(text, 0, field.value.length, "end");
}"""

PASTE_RICH = """(field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    field.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""


def saves(page):
    """Return a list that grows with every save of the form."""
    bodies = []
    page.on("request", lambda one: bodies.append(one.post_data) if one.method == "POST" and "/edit/" in one.url else None)
    return bodies


def test_the_script_makes_the_same_slugs_as_the_server(staff, site):
    page = staff("editor")
    open_page(page, site, "Enabel")
    assert page.evaluate(RULE, CASES) == [slug for _language, _text, slug in CASES]


def test_what_is_typed_at_once_after_opening_is_saved(staff, site):
    page = staff("editor")
    open_page(page, site, "Enabel")
    with page.expect_request(lambda one: one.method == "POST" and "/edit/" in one.url) as saved:
        page.locator("[data-contentpath=full_name_en] input").press_sequentially("Q")
    assert "Q" in saved.value.post_data


def test_leaving_at_once_after_typing_is_warned_about(staff, site):
    page = staff("editor")
    open_form(page, site, "Socieux")
    warned = []
    page.on("dialog", lambda one: (warned.append(one.type), one.accept()))
    page.locator("[data-contentpath=heading_en] input").press_sequentially("Q")
    page.reload()
    assert warned == ["beforeunload"]


def test_a_date_that_is_left_in_the_schedule_is_neither_saved_nor_looks_set(staff, site):
    page = staff("publisher")
    open_form(page, site, "Enabel")
    bodies = saves(page)
    page.locator("[data-side-panel-toggle=status]").first.click()
    page.locator("[data-a11y-dialog-show=schedule-publishing-dialog]").first.click()
    date = page.locator("#id_go_live_at")
    date.click()
    page.keyboard.type("2030-01-02 10:00")
    page.keyboard.press("Escape")
    expect(page.locator("[data-said]")).to_have_text(
        translate("The dates you chose were not kept: only ‘Save schedule’ in the dialogue sets them.", "fr")
    )
    expect(date).to_have_value("")
    assert not any("2030-01-02" in post for post in bodies)


def test_a_figure_that_changes_is_no_longer_checked_against_its_source_until_it_is_ticked_anew(staff, site):
    page = staff("editor")
    open_form(page, site, "EURES")
    figure = page.locator("[data-contentpath=membership] :has(> [data-contentpath=verified])").first
    mark = figure.locator(":scope > [data-contentpath=verified] input")
    figure.locator(":scope > [data-contentpath=label] input").first.press_sequentially("Q")
    expect(mark).to_be_checked()
    for changed in ("value", "year", "source"):
        figure.locator(f":scope > [data-contentpath={changed}] input[type=text]").first.press_sequentially("2")
        expect(mark).not_to_be_checked()
        mark.check()
    words = (
        "This figure no longer counts as checked against the source, as it was changed. Tick it again once you have checked it."
    )
    expect(page.locator("[data-said]")).to_have_text(translate(words, "nl"))
    expect(mark).to_be_checked()


def test_broken_lines_are_offered_joined_and_joining_can_be_undone(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    summary = page.locator("[data-contentpath=summary_nl] textarea")
    pasted = "Meer werk-\ngelegenheid voor\nBrussel."
    summary.evaluate(PASTE, pasted)
    button = page.locator("[data-broken-lines] button")
    expect(summary).to_have_value(pasted)  # never silently
    button.click()
    expect(summary).to_have_value("Meer werkgelegenheid voor Brussel.")
    button.click()
    expect(summary).to_have_value(pasted)


def test_a_form_does_not_move_under_the_pointer_when_a_field_with_a_counter_is_left(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    summary = page.locator("[data-contentpath=summary_nl] textarea")
    # At one go, so that nothing else of the form moves in between; the focus itself may scroll the window.
    focused, left = summary.evaluate("""field => {
        const below = document.querySelector("[data-contentpath=body]");
        const distance = () => below.getBoundingClientRect().top - field.getBoundingClientRect().top;
        field.focus();
        const focused = distance();
        field.blur();
        return [focused, distance()];
    }""")
    expect(page.locator("[data-contentpath=summary_nl] .text-counter")).to_have_class(re.compile("resting"))
    assert left == focused


@pytest.mark.parametrize("width", [1280, 1440])
def test_columns_use_the_room_there_is_and_contents_stand_beside_by_name(width, staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, site, "EURES")
    assert page.locator("[data-contentpath=heading_nl]").first.bounding_box()["width"] > 270
    contents = page.locator("[data-form-contents]")
    if contents.get_attribute("aria-expanded") == "false":
        contents.press("Enter")
    expect(contents).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".w-minimap-item").first).to_be_in_viewport()


def test_a_picture_is_called_by_its_words_in_the_contents(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 1440, "height": 900})
    open_page(page, site, "Blokken")
    expect(page.locator(".w-minimap-item").filter(has_text="Een hoge toren").first).to_be_attached()
    names = {name.strip() for name in page.locator(".w-minimap-item__text").all_text_contents()}
    assert not names & {"Ja", "Nee", "Oui", "Non", "Yes", "No", "True", "False"}


def test_a_block_is_called_after_its_texts_and_nothing_stands_for_what_is_empty(staff, site):
    page = staff("editor")
    open_form(page, site, "Samen voor werk in Brussel")
    headings = page.locator("[data-panel-heading-text]").all_inner_texts()
    for name in ("EURES helpt je werk of personeel te vinden", "Forem vertegenwoordigt België in WAPES"):
        assert any(heading.startswith(name) for heading in headings), headings
    assert not [heading for heading in headings if re.search(r"\b(null|undefined)\b", heading)]


COUNTED = """table => {
    const list = (root, name) => root.querySelector(`[data-contentpath=${name}] [data-streamfield-list-container]`);
    const items = (all) => [...all.children].filter((one) => one.matches("[data-streamfield-child]"));
    return [items(list(table, "columns")).length, ...items(list(table, "rows")).map((row) => items(list(row, "cells")).length)];
}"""


def test_a_table_widens_in_all_rows_at_once_and_takes_cells_of_a_spreadsheet(staff, site):
    page = staff("publisher")
    open_form(page, site, "Enabel")
    add_block(page, "Tableau")
    table = page.locator("[data-table]").first
    assert table.evaluate(COUNTED) == [3, 3]
    assert set(table.locator("[data-translated] input[type=text]").evaluate_all("all => all.map(one => one.value)")) == {""}
    table.locator("[data-add-column]").click()
    assert table.evaluate(COUNTED) == [4, 4]
    header = table.locator("[data-contentpath=columns] [data-contentpath=fr] input").first
    header.evaluate(PASTE, "A\tB\tC\tD\tE\n1\t2\t3\t4\t5\n6\t7\t8\t9\t10")
    assert table.evaluate(COUNTED) == [5, 5, 5]
    cells = table.locator("[data-contentpath=rows] [data-contentpath=fr] input").evaluate_all(
        "all => all.map(one => one.value)"
    )
    assert cells == [str(number) for number in range(1, 11)]


def test_lines_of_rich_text_are_joined_too(staff, site):
    page = staff("publisher")
    open_form(page, site, "Enabel")
    editor = page.locator(".public-DraftEditor-content").first
    editor.click()
    page.keyboard.press("Control+End")
    editor.evaluate(PASTE_RICH, " Une ruptu-\nre de ligne.")
    expect(editor).to_contain_text("ruptu-")
    page.locator("[data-broken-lines] button").click()
    expect(editor).to_contain_text(" Une rupture de ligne.")
