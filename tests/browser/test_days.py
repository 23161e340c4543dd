"""A day of each role in a real browser: find a page, change it, put in a picture and a document, preview, submit, publish."""

import re

import pytest
from playwright.sync_api import expect

from languages.codes import LANGUAGES
from tests.browser.conftest import log_in
from tests.browser.forms import COUNT, SETTLED, add_block, field, frame_in, press
from tests.browser.more_people import ACCOUNTS, IN_LIBRARY, heading
from tests.uploads import PDF, picture

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
TEXTS = {"nl": "Vandaag herschreven.", "fr": "Réécrit aujourd’hui."}
WORDS = {  # what stands on the buttons, in the language of the admin
    "nl": {
        "picture": "Afbeelding",
        "document": "Documenten",
        "choose picture": "Kies een afbeelding",
        "choose document": "Kies een document",
        "search": "Zoeken",
        "upload": "Uploaden",
        "save": "Concept opslaan",
        "submit": "Indienen",
        "publish": "Publiceren",
        "approve": "Goedkeuren",
        "checks": "Woorden",
    },
    "fr": {
        "picture": "Image",
        "document": "Documents",
        "choose picture": "Choisir une image",
        "choose document": "Choisir un document",
        "search": "Recherche",
        "upload": "Transférer",
        "save": "Enregistrer le brouillon",
        "submit": "Soumettre pour",
        "publish": "Publier",
        "approve": "Approuver",
        "checks": "Mots",
    },
}
# When the preview's panel is not about to show something else.
SHOWN = "() => !window.wagtail.app.queryController('w-preview').updatePromise"
IN_BOTH = pytest.mark.parametrize("language", WORDS)


@pytest.fixture
def acting(open_tab, site):
    """Return a function that logs a role in, in a language, in a tab of its own."""

    def logging_in(role, language):
        page = open_tab(language)
        page.add_init_script(COUNT)
        return log_in(page, site, ACCOUNTS[role, language])

    return logging_in


def find(page, name, language):
    """Find a page by the search on the home page of the admin, and open its form."""
    page.locator("main [name=q]").fill(heading(name))
    page.keyboard.press("Enter")
    page.get_by_role("link", name=f"{heading(name)} {language}", exact=True).first.click()
    page.wait_for_selector("[data-contentpath=heading_nl] input")
    page.evaluate(SETTLED)


def open_chooser(page, kind, words):
    """Add a block to the body, and open what chooses for it."""
    add_block(page, words[kind])
    page.locator("[data-contentpath=body]").get_by_role("button", name=words[f"choose {kind}"]).last.click()
    dialog = page.locator(".modal-dialog")
    expect(dialog.get_by_role("heading", name=words[f"choose {kind}"])).to_be_visible()
    return dialog


def upload(page, kind, words, file, texts):
    """Upload a file while choosing; return when it stands in the block."""
    dialog = open_chooser(page, kind, words)
    expect(dialog.get_by_role("tab", name=words["search"])).to_be_visible()
    dialog.get_by_role("tab", name=words["upload"]).click()
    dialog.locator("[type=file]").first.set_input_files(file)
    title = file["name"].split(".")[0]
    expect(dialog.locator("[name$=title]")).to_have_value(title)  # proposed after the file's name
    for code in LANGUAGES:
        dialog.locator(f"[name$={texts}_{code}]").fill(f"{file['name']} ({code})")
    dialog.get_by_role("button", name=words["upload"]).click()
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-chooser-title]").get_by_text(title, exact=True).last).to_be_visible()


def upload_both(page, words, name):
    """Upload a picture and a document, which nobody uploaded before."""
    colour = (40, 90, 20 * list(ACCOUNTS.values()).index(name))
    content = picture(size=(400, 300), colour=colour)
    upload(page, "picture", words, {"name": f"{name}.png", "mimeType": "image/png", "buffer": content}, "alternative")
    file = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF}
    upload(page, "document", words, file, "heading")


def see_preview(page, words, language, text):
    """See the page in the panel in every language, with the picture and the changed text, and words counted."""
    page.locator("[data-side-panel-toggle=preview]").click()
    for code in LANGUAGES:
        page.wait_for_function(SHOWN)
        page.locator("#id_preview_mode").select_option(code)
        frame = frame_in(page, code)
        expect(frame.locator("h1")).to_have_text(field(page, "heading", code).input_value())
        expect(frame.locator("main .picture img")).to_have_js_property("complete", True)
        expect(frame.locator("main")).to_contain_text(text if code == language else "Summary of")
        expect(page.locator("[data-content-word-count]")).to_have_text(re.compile(r"[1-9]"))
    page.locator("[data-side-panel-toggle=checks]").click()
    panel = page.locator("[data-side-panel=checks]")
    expect(panel.get_by_text(words["checks"], exact=True)).to_be_visible()
    expect(panel.locator("[data-content-word-count]")).to_have_text(re.compile(r"[1-9]"))
    expect(panel.locator("[data-content-checker-count]")).to_have_text("0")  # nothing that editors did not do
    page.locator("[data-side-panel-toggle=checks]").click()


def press_with_reason(page, name, reason):
    """Press a button that asks why one language changes and not the others; say it, and press again."""
    press(page, name)
    page.locator("[name=publishing_reason]").fill(reason)
    press(page, name)
    expect(page.locator(".messages .success")).to_be_visible()


def work(page, name, language, put_in):
    """Do what every role does up to a saved draft."""
    words = WORDS[language]
    find(page, name, language)
    field(page, "summary", language).fill(TEXTS[language])
    put_in(page, words)
    see_preview(page, words, language, TEXTS[language])
    press(page, words["save"])
    expect(page.locator(".messages .success")).to_be_visible()


def approve(page, name, language):
    """Follow the link of one's home page to what waits, and approve it."""
    page.get_by_role("link", name=f"{heading(name)} {language}", exact=True).first.click()
    page.wait_for_selector("[data-contentpath=heading_nl] input")
    press(page, WORDS[language]["approve"])
    expect(page.locator(".messages .success")).to_be_visible()


def read(page, site, name, language):
    """See as a reader what was published, with its picture and its document."""
    answer = page.goto(f"{site}/{language}/{heading(name).lower().replace(' ', '-')}-{language}/")
    assert answer.status == 200
    assert page.locator("html").get_attribute("lang") == language
    expect(page.locator("main")).to_contain_text(TEXTS[language])
    assert page.locator("main .picture img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    document = page.locator("main a[href*='.pdf']").first.get_attribute("href")
    assert page.request.get(f"{site}{document}").body().startswith(b"%PDF")


def put_in(page, words, name, role):
    """Put in a picture and a document, as editors do; others find both there, and nothing to add or take away."""
    if role == "editor":
        upload_both(page, words, name)
        return
    body = page.locator("[data-contentpath=body]")
    expect(body.locator("[data-chooser-title]")).to_have_text([IN_LIBRARY, IN_LIBRARY])
    for control in (".c-sf-add-button", "[data-streamfield-action]", ".chooser button"):
        expect(body.locator(control).first).to_be_hidden()


@IN_BOTH
@pytest.mark.parametrize("role", ["editor", "translator", "reviewer"])
def test_what_others_than_publishers_write_is_submitted_approved_and_read(acting, open_tab, site, role, language):
    name, page = ACCOUNTS[role, language], acting(role, language)
    work(page, name, language, lambda page, words: put_in(page, words, name, role))
    expect(page.locator("[name=action-publish]")).to_have_count(0)
    press_with_reason(page, WORDS[language]["submit"], TEXTS[language])
    for decides in ("reviewer", "publisher"):  # in the language that changed, and then for publication
        approve(acting(decides, language), name, language)
    read(open_tab(language), site, name, language)


@IN_BOTH
def test_what_a_publisher_writes_is_published_and_read(acting, open_tab, site, language):
    name, page = ACCOUNTS["publisher", language], acting("publisher", language)
    work(page, name, language, lambda page, words: upload_both(page, words, name))
    press_with_reason(page, WORDS[language]["publish"], TEXTS[language])
    read(open_tab(language), site, name, language)
