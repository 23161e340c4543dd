"""Pictures and documents in a browser: the chooser and the library have the columns and the bar that pages have."""

from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.engines import AXE, require_engine
from tests.browser.forms import add_block, new_page
from tests.uploads import noise

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
UPLOADED = "image-chooser-upload"


def photo(name="photo.png", size=(300, 200)):
    return {"name": name, "mimeType": "image/png", "buffer": noise(size=size)}


@contextmanager
def switched_off(page, button, again=None):
    """Switch a language off, and in the end on again, as the site is shared by many tests."""
    press(page, button)
    try:
        yield
    finally:
        press(page, again or button)


def press(page, button):
    """Press a button wherever it stands: behind a dialogue, too, that is open as a test has failed."""
    with page.expect_response("**/languages/columns/") as answer:
        button.dispatch_event("click")
    assert answer.value.ok


def test_whoever_uploads_while_choosing_sees_the_columns_they_chose_and_the_page_takes_the_picture(staff, site):
    page = staff("editor")
    new_page(page, site)
    add_block(page, "Afbeelding")
    page.locator("[data-chooser-action-choose]").first.click()
    page.locator("#tab-label-upload").click()
    bars, english = page.locator("[data-languages-bar]"), page.locator(f"#id_{UPLOADED}-alternative_en")
    dialogue = page.locator(".modal")
    with switched_off(page, dialogue.locator("[data-column=en]"), page.locator("#page-edit-form [data-column=en]")):
        expect(english).to_be_hidden()
        expect(bars).to_have_count(2)
        for bar in bars.all():
            expect(bar).to_have_attribute("data-shown", "nl fr")  # one choice holds for both forms
        dutch = page.locator(f"#id_{UPLOADED}-alternative_nl")
        dutch.fill("Een meer")
        dutch.press("F8")  # which puts the caret there again, should the dialogue have taken it as it came to rest
        expect(page.locator(f"#id_{UPLOADED}-alternative_fr")).to_be_focused()
        page.keyboard.type("Un lac")
        page.locator(f"#id_{UPLOADED}-file").set_input_files(photo())
        page.locator(f"#id_{UPLOADED}-title").fill("Meer")
        dialogue.locator("form [type=submit]").click()
        expect(dialogue).to_be_hidden()
        expect(page.locator("[data-contentpath=image] [data-chooser-title]")).to_have_text("Meer")


def test_one_bar_stands_above_all_the_files_of_one_upload(staff, site):
    page = staff("publisher")
    page.goto(f"{site}/admin/images/multiple/add/")
    page.locator("#fileupload").set_input_files([photo("a.png", (90, 70)), photo("b.png", (80, 60))])
    titles = page.locator("#upload-list [name$=-title]")
    expect(titles).to_have_count(2)
    expect(page.locator("[data-languages-bar]:visible")).to_have_count(1)
    with switched_off(page, page.locator("[data-column=nl]").first):
        expect(page.locator("#upload-list [data-language=fr]:visible")).to_have_count(2)
        expect(page.locator("#upload-list [data-language=nl]:visible")).to_have_count(0)
    titles.first.fill("")
    page.locator("#upload-list form").first.locator("[type=submit]").click()
    expect(page.locator("#upload-list .w-field--error")).to_have_count(1)
    assert titles.nth(1).input_value() == "b"


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_axe_finds_nothing_in_the_form_of_a_document(colours, staff, site):
    require_engine(AXE, "axe-core (npm ci)")
    page = staff("publisher")
    page.emulate_media(color_scheme=colours)
    page.goto(f"{site}/admin/documents/add/")
    expect(page.locator("[data-mark=missing]")).to_have_count(2)
    page.evaluate(AXE.read_text())
    result = page.evaluate("axe.run({include: ['.languages-bar', '.translated']}, {resultTypes: ['violations']})")
    assert [(one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]] == []
