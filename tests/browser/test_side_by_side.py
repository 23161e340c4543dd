"""Editors at texts that stand side by side: which languages they see, what is said beside each, and the keys between them."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

from tests.browser.engines import AXE, require_engine
from tests.browser.forms import SETTLED, open_form, publish, reload
from tests.browser.rich_texts import column_of, editor, rich_texts, type_at_the_end, wait_until_stored
from tests.editor import translate

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
LANGUAGES = ("nl", "fr", "en")
OURS = [".languages-bar", ".text-mark", ".text-note", ".text-terms"]


@contextmanager
def showing(page, *languages):
    """Show only these languages in the form that is open; in the end all of them, as the site is shared by many tests."""
    switch(page, languages)
    try:
        yield
    finally:
        switch(page, LANGUAGES)


def switch(page, languages):
    """Press the buttons of the bar until these languages are on; each choice has been kept when this returns."""
    for code in sorted(LANGUAGES, key=lambda code: code not in languages):  # on before off: one always stays
        button = page.locator(f"[data-column={code}]")
        if (button.get_attribute("aria-pressed") == "true") != (code in languages):
            with page.expect_response("**/languages/columns/") as answer:
                button.click()
            assert answer.value.ok


def empty(page, text, code):
    """Delete what stands in an editor of rich text; return when the form has saved itself."""
    editor(text, code).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(wait_until_stored(text, code)).not_to_have_value(re.compile(r'"text":"[^"]'))
    page.evaluate(SETTLED)


# --- The switch


def test_the_switch_hides_languages_everywhere_and_is_kept_for_whoever_pressed_it(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    with showing(page, "nl", "fr"):
        expect(page.locator("[data-said]")).to_have_text(
            translate("Shown from now on: %(languages)s.", "nl", languages="Nederlands, Français")
        )
        page.reload()
        text = rich_texts(page).first
        for code, is_shown in (("nl", True), ("fr", True), ("en", False)):
            for one in (page.locator(f"[data-contentpath=heading_{code}]"), column_of(text, code)):
                expect(one).to_be_visible(visible=is_shown)
            expect(page.locator(f"[data-column={code}]")).to_have_attribute("aria-pressed", str(is_shown).lower())
        # Hidden and not removed: what is sent holds every language.
        sent = page.locator("#page-edit-form").evaluate("form => [...new FormData(form).keys()]")
        assert "heading_en" in sent and any(re.fullmatch(r"body-\d+-value-text-en", name) for name in sent)


def test_a_comment_in_a_language_that_is_hidden_is_shown(staff, site):
    page = staff("editor")
    open_form(page, site, "Socieux+")
    heading = page.locator("[data-contentpath=heading_en]")
    heading.locator("input").hover()
    heading.locator("[data-comment-add]").first.click()
    with page.expect_response(lambda answer: answer.request.method == "POST" and answer.url == page.url):
        page.locator(".comment form textarea").first.fill("Klopt dit?")
        page.locator(".comment form [type=submit]").first.click()
        page.wait_for_selector("[name^=comments-][name$=-text]", state="attached")
        heading.locator("input").press("End")  # whoever goes on writing lets the form look at itself once more
    page.evaluate(SETTLED)
    with showing(page, "nl"):
        expect(heading.locator("input")).to_be_visible()
        expect(page.locator("[data-contentpath=heading_fr] input")).to_be_hidden()
        reload(page)
        expect(heading.locator("input")).to_be_visible()


def test_one_language_always_stays(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    with showing(page, "fr"):
        page.locator("[data-column=fr]").click()
        expect(page.locator("[data-said]")).to_have_text(translate("Keep at least one language.", "nl"))
        expect(page.locator("[data-contentpath=heading_fr]")).to_be_visible()


def test_the_choice_of_one_person_is_not_that_of_another(staff, site, browser):
    page = staff("editor")
    open_form(page, site, "Enabel")
    with showing(page, "nl"):
        page.context.clear_cookies()
        other = staff("publisher")
        open_form(other, site, "Enabel")
        assert other.locator("[data-languages-bar]").get_attribute("data-shown") == "nl fr en"
        page.context.clear_cookies()
        open_form(staff("editor"), site, "Enabel")
        assert page.locator("[data-languages-bar]").get_attribute("data-shown") == "nl"


def test_an_error_in_a_language_that_is_hidden_is_shown(staff, site):
    page = staff("admin")
    open_form(page, site, "Enabel")
    page.locator("[data-contentpath=summary_fr] textarea").fill("")
    empty(page, rich_texts(page).first, "fr")
    with showing(page, "nl"):
        expect(page.locator("[data-contentpath=summary_fr]")).to_be_hidden()
        publish(page)
        expect(page.locator("[data-contentpath=summary_fr]")).to_be_visible(timeout=20_000)  # the draft is saved first
        expect(column_of(rich_texts(page).first, "fr")).to_be_visible()
        expect(page.locator("[data-contentpath=heading_fr]")).to_be_hidden()


# --- How texts stand


def test_a_change_in_one_language_marks_its_twins_while_somebody_writes_until_they_are_confirmed(staff, site):
    page = staff("editor")
    open_form(page, site, "Socieux")
    text = rich_texts(page).first
    mark = column_of(text, "fr").locator("[data-mark]")
    expect(mark).to_have_count(0)
    type_at_the_end(page, text, "nl", " Een nieuwe zin.")
    page.keyboard.press("Control+Enter")
    behind = translate("Behind", "nl")
    expect(mark).to_have_text(behind)
    note = column_of(text, "fr").locator("details[data-note]")
    note.locator("summary").click()
    expect(note.locator("ins")).to_contain_text("Een nieuwe zin.")
    # Confirmed here, kept by the form's own saving, taken back, and confirmed from the text that changed.
    confirm = note.get_by_role("button", name=translate("Still correct", "nl"))
    for is_confirmed in (True, False):
        confirm.click()
        page.evaluate(SETTLED)
        expect(confirm).to_have_attribute("aria-pressed", str(is_confirmed).lower())
        expect(mark).to_have_text(translate("Still correct", "nl") if is_confirmed else behind)
    reload(page)
    expect(mark).to_have_text(behind)
    small = column_of(text, "nl").get_by_role("button", name=translate("Small change, nothing to translate", "nl"))
    small.click()
    page.evaluate(SETTLED)
    reload(page)
    expect(page.locator("[data-languages-bar]")).to_be_visible()
    expect(text.locator("[data-mark]")).to_have_count(0)


def test_a_block_that_is_added_is_marked_too(staff, site):
    page = staff("editor-fr")
    open_form(page, site, "Enabel")
    before = rich_texts(page).count()
    # A copy of a block is a text of its own, which says in French what it says in Dutch: once emptied, it is missing.
    block = page.locator("[data-contentpath=body] [data-streamfield-child]:has(.public-DraftEditor-content)").first
    block.locator("[data-streamfield-action=DUPLICATE]").first.click()
    page.evaluate(SETTLED)
    expect(rich_texts(page)).to_have_count(before + 1)
    text = rich_texts(page).nth(1)
    empty(page, text, "nl")
    expect(column_of(text, "nl").locator("[data-mark=missing]")).to_have_text(translate("Missing", "fr"))


def test_what_is_typed_while_the_form_saves_itself_is_saved_too(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    heading = page.locator("[data-contentpath=full_name_nl] input")
    posts = []

    def answer(route):
        """Type once more before the answer to the first save arrives."""
        posts.append(route.request.post_data)
        response = route.fetch()
        if len(posts) == 1:
            heading.evaluate("input => { input.value += ' twee' }")
        route.fulfill(response=response)

    page.route("**/edit/", lambda route: answer(route) if route.request.method == "POST" else route.continue_())
    heading.fill("Enabel een")
    page.evaluate(SETTLED)
    assert len(posts) == 2 and "Enabel een twee" in posts[1]


# --- Ways through the form


def focused_language(page):
    return page.evaluate("document.activeElement.closest('[data-contentpath]')?.dataset.contentpath")


def test_keys_lead_from_a_text_to_its_twins_also_in_an_editor_of_rich_text(staff, site):
    page = staff("editor")
    open_form(page, site, "Socieux")
    with showing(page, "nl", "fr"):
        text = rich_texts(page).first
        editor(text, "nl").click()
        for key, code in (("F8", "fr"), ("F8", "en"), ("F8", "nl"), ("Shift+F8", "en")):
            page.keyboard.press(key)
            expect(editor(text, code)).to_be_focused()
            expect(column_of(text, code)).to_be_visible()  # English is hidden, but not where a key led to it
        page.locator("[data-contentpath=heading_nl] input").click()
        page.keyboard.press("F8")
        expect(page.locator("[data-contentpath=heading_fr] input")).to_be_focused()
        page.keyboard.press("Shift+F8")
        expect(page.locator("[data-contentpath=heading_nl] input")).to_be_focused()


def test_a_key_and_a_button_lead_to_the_next_text_to_mend_whatever_it_is_folded_away_in(staff, site):
    page = staff("editor-fr")
    open_form(page, site, "view.brussels")
    page.locator("[data-contentpath=heading_nl] input").fill("")
    page.get_by_role("tab").nth(1).click()
    page.locator("[data-contentpath=url_slug_fr] input").fill("")
    page.locator(".footer button[type=submit]").first.click()
    page.wait_for_selector(".messages .success")
    page.get_by_role("tab").nth(2).click()
    next_text = page.locator("[data-next-text]")
    expect(next_text).to_contain_text("(2)")
    next_text.click()
    expect(page.locator("[data-contentpath=heading_nl] input")).to_be_focused()
    heading, slug = page.locator("[data-contentpath=heading_nl] input"), page.locator("[data-contentpath=url_slug_fr] input")
    page.keyboard.press("F2")
    expect(slug).to_be_focused()
    page.keyboard.press("Shift+F2")
    expect(heading).to_be_focused()
    page.keyboard.press("Shift+F2")  # the first one: it says so, and stays
    end = translate("No text to mend from here on. Left in this form: {count}.", "fr").replace("{count}", "2")
    expect(page.locator("[data-said]")).to_contain_text(end)
    expect(heading).to_be_focused()
    page.evaluate(SETTLED)  # with the slug that was proposed where it was missing, as other tests find the page


def test_an_address_opens_the_form_at_a_text(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    block = page.locator("[data-contentpath=body] [data-streamfield-child]:has(.public-DraftEditor-content)").last
    address = f"body.{block.get_attribute('data-contentpath')}.text"
    form = page.url
    with showing(page, "nl"):
        page.goto("about:blank")
        page.goto(f"{form}#unit={address}:fr")
        french = editor(rich_texts(page).last, "fr")
        expect(french).to_be_focused()
        expect(french).to_be_in_viewport()
        page.goto("about:blank")
        page.goto(f"{form}#unit=url_slug:nl")
        expect(page.locator("[data-contentpath=url_slug_nl] input")).to_be_focused()


def test_an_address_of_a_text_that_is_gone_says_so(staff, site):
    page = staff("editor")
    open_form(page, site, "Enabel")
    for gone in ("body.gone.text:fr", "heading:xx", "%E0%A4%A", ""):
        form = page.url.split("#")[0]
        page.goto("about:blank")
        page.goto(f"{form}#unit={gone}")
        message = "" if not gone else translate("The text you were looking for is not in this form any more.", "nl")
        expect(page.locator("[data-said]")).to_have_text(message)


# --- The glossary, and everybody's access


def test_the_terms_of_the_house_stand_beside_a_text(staff, site):
    page = staff("editor")
    open_form(page, site, "EURES")
    terms = page.locator(".translated:has([data-contentpath=full_name_nl]) [data-terms]")
    terms.locator(":scope > summary").press("Enter")
    expect(terms.locator("li [lang=fr]").first).to_have_text(re.compile("réseau européen des services de l’emploi"))


def test_a_link_that_is_put_where_nothing_is_marked_has_the_heading_of_its_page_in_the_language_of_the_text(staff, site):
    page = staff("translator-fr")
    open_form(page, site, "EURES")
    text = editor(rich_texts(page).first, "fr")
    before = text.inner_text()
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.press("Control+k")
    other = page.locator(".modal .choose-page:not([data-title=EURES])").first
    dutch, french = other.get_attribute("data-title"), other.inner_text().strip()
    assert dutch != french
    other.click()
    expect(text.locator("[data-block]").last).to_have_text(re.compile(rf"{re.escape(french)}\s*$"))
    page.keyboard.press("Control+z")
    expect(text).to_have_text(re.compile(re.escape(before.split()[-1]) + r"\s*$"))
    page.evaluate(SETTLED)


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [400, 1280])
def test_axe_finds_nothing_in_what_stands_beside_texts(width, colours, staff, site):
    require_engine(AXE, "axe-core (npm ci)")
    page = staff("editor-fr")
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 900})
    open_form(page, site, "EURES")
    text = rich_texts(page).first
    if not text.locator("[data-mark=behind]").count():
        type_at_the_end(page, text, "fr", " Encore une phrase.")
        page.keyboard.press("Control+Enter")
    page.locator("[data-contentpath=summary_fr] textarea").press("End")
    page.keyboard.type(" Et une autre.")
    expect(page.locator("[data-language=fr]:has([data-contentpath=summary_fr]) [data-done]")).to_be_visible()
    expect(column_of(text, "nl").locator("[data-mark=behind]")).to_be_visible()
    page.locator("details[data-note], .text-terms").evaluate_all("all => all.forEach(one => { one.open = true })")
    column_of(text, "nl").locator("[data-confirm]").scroll_into_view_if_needed()
    page.evaluate(AXE.read_text())
    result = page.evaluate("ours => axe.run({include: ours}, {resultTypes: ['violations']})", OURS)
    assert [(one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]] == []
