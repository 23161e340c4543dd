"""Two pages go to a translator outside and come back: sent, translated, brought, taken over, confirmed, published, undone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in, wear
from tests.browser.engines import accessibility
from tests.browser.forms import COUNT, SETTLED, column, field, open_page, publish
from tests.browser.more_people import AT_THE_AGENCY
from tests.packages import translate_file

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
FRENCH = {"Bureauwerk A": "Nouveau pour le bureau A.", "Bureauwerk B": "Nouveau pour le bureau B."}
MEANWHILE = "Écrit ici entre-temps."


def send_out(page, site, folder):
    """Choose both pages in the table of everything, send them out in French, and return the file that was downloaded."""
    page.goto(f"{site}/admin/reports/languages/?q=Bureauwerk")
    for name in AT_THE_AGENCY:
        page.locator("tr").filter(has_text=name).locator("input[type=checkbox]").check()
    page.locator("[formaction*='/packages/send/']").click()
    page.wait_for_url("**/packages/send/**")
    page.locator("[name=target][value=fr]").check()
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/packages/*/")
    with page.expect_download() as download:
        page.locator("a[href$='/xliff2/']").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def bring_back(page, site, path):
    page.goto(f"{site}/admin/packages/bring-back/")
    page.set_input_files("[name=file]", path)
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/packages/imports/*/")


def look_at(page):
    """Find nothing with axe in what is shown, on a telephone and on a desk, in the light and in the dark."""
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for colours in ("light", "dark"):
            wear(page, colours)
            for part in ("#import-rows", ".import-tools", ".import-groups", ".translation-request"):
                assert accessibility(page, part) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    wear(page, "light")


def boxes(page):
    return page.locator("[name=chosen]")


def test_two_pages_go_to_an_agency_and_come_back(site, open_tab, tmp_path):
    publisher, translator = log_in(open_tab("nl"), site, "publisher-nl"), open_tab("fr")
    path = send_out(publisher, site, tmp_path)
    translate_file(path, lambda source: next(FRENCH[name] for name in AT_THE_AGENCY if name in source))

    # Meanwhile somebody in the house writes the French of one page.
    translator.add_init_script(COUNT)
    log_in(translator, site, "translator-fr")
    open_page(translator, site, AT_THE_AGENCY[0])
    translator.evaluate(SETTLED)
    expect(column(translator, "summary", "fr").locator("[data-mark]")).to_contain_text(", chez le traducteur")
    field(translator, "summary", "fr").fill(MEANWHILE)
    field(translator, "summary", "fr").press("Control+Enter")
    translator.evaluate(SETTLED)

    # What is ready is taken over, and the conflict stays until somebody has seen both.
    bring_back(publisher, site, path)
    here = publisher.url
    expect(boxes(publisher)).to_have_count(2)
    expect(publisher.locator("main")).to_contain_text(MEANWHILE)
    look_at(publisher)
    publisher.locator("[name=take][value=ready]").click()
    publisher.wait_for_selector(".messages .success")
    expect(boxes(publisher)).to_have_count(1)
    expect(boxes(publisher)).not_to_be_checked()
    boxes(publisher).check()
    publisher.locator("#import-rows button[name=take]").click()
    publisher.wait_for_selector(".messages .success")
    expect(publisher.locator("button[name=take]")).to_have_count(0)

    # The translator confirms one text where it stands, the other beside its source; then it is published, and readers have it.
    translator.goto(here)
    look_at(translator)
    expect(boxes(translator)).to_have_count(2)
    boxes(translator).first.check()
    translator.locator("#import-rows button[name=confirm]").click()
    translator.wait_for_selector(".messages .success")
    expect(boxes(translator)).to_have_count(1)
    for name in AT_THE_AGENCY[1:]:
        open_page(translator, site, name)
        translator.evaluate(SETTLED)
        expect(field(translator, "summary", "fr")).to_have_value(FRENCH[name])
        note = column(translator, "summary", "fr").locator("[data-done]")
        expect(note).to_have_text("Confirmer")
        note.click()
        expect(column(translator, "summary", "fr").locator("[data-mark=open]")).to_have_count(0)
        translator.evaluate(SETTLED)
        translator.reload()
        translator.evaluate(SETTLED)
        expect(column(translator, "summary", "fr").locator("[data-mark]")).to_have_count(0)
    open_page(publisher, site, AT_THE_AGENCY[1])
    publish(publisher)
    publisher.wait_for_selector(".messages .success")
    reader = open_tab("fr")
    reader.goto(f"{site}/fr/bureauwerk-b-fr/")
    expect(reader.locator("main")).to_contain_text(FRENCH["Bureauwerk B"])

    # One press undoes it in the drafts.
    publisher.goto(here)
    publisher.locator(".import-undo summary").click()
    publisher.locator("[name=undo]").click()
    publisher.wait_for_selector(".messages .success")
    open_page(publisher, site, AT_THE_AGENCY[0])
    expect(field(publisher, "summary", "fr")).to_have_value(MEANWHILE)
