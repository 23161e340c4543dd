"""A translator lets a machine draft one text, beside it, in a real browser before a service that answers as DeepL does."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, wear
from tests.browser.engines import accessibility
from tests.browser.forms import SETTLED, open_form
from tests.browser.rich_texts import editor, rich_texts
from tests.browser.serving import serve_site
from tests.translation_service import KEY, running_service

pytestmark = [pytest.mark.browser, pytest.mark.sweep]


def test_a_translator_drafts_one_text_and_confirms_it_by_keys(open_tab, database_of):
    with running_service() as service, serve_site(database_of, DEEPL_AUTH_KEY=KEY, DEEPL_SERVER_URL=service.url) as site:
        page = log_in(open_tab("fr"), site, "translator-fr")
        open_form(page, site, "Machinewerk")
        column = page.locator("[data-language=fr]:has([data-contentpath=summary_fr])")
        summary = column.locator("textarea, input[type=text]").first
        box = column.locator("[data-machine]")
        summary.focus()
        expect(column.locator(".text-match").first).to_be_visible()
        service.refusals["translate"] = 456, {"message": "Quota exceeded"}
        box.locator("[data-draft]").click()
        expect(box.locator("[role=status]")).to_contain_text("épuisé")
        service.refusals.clear()
        box.locator("[data-draft]").press("Enter")
        match = column.locator("[data-drafted]")
        expect(match).to_contain_text("FR: Summary of Volledig in nl.")
        expect(match.locator("[data-take]")).to_be_focused()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            for colours in ("light", "dark"):
                wear(page, colours)
                box.evaluate("box => box.scrollIntoView({ block: 'center' })")  # or the header covers part of its button
                assert accessibility(page, "[data-machine]") == [] == accessibility(page, "[data-matches]")
        page.keyboard.press("Enter")
        expect(summary).to_have_value("FR: Summary of Volledig in nl.")
        page.evaluate(SETTLED)
        note = column.locator(".text-note [data-done]")
        expect(note).to_have_text("Confirmer")
        expect(box).to_have_count(0)
        summary.press("Control+Enter")
        expect(note).to_have_count(0)
        page.evaluate(SETTLED)

        french = editor(rich_texts(page).first, "fr")
        french.click()
        rich = page.locator("[data-contentpath=fr]:has(.public-DraftEditor-content)").first
        rich.locator("[data-draft]").click()
        expect(rich.locator("[data-drafted] [data-take]")).to_be_focused()
        page.keyboard.press("Enter")
        expect(french).to_contain_text("FR: ")
        page.evaluate(SETTLED)
        expect(rich.locator("[data-done]")).to_have_text("Confirmer")
