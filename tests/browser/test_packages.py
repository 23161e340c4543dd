"""A publisher chooses two pages, makes a package of them and downloads it, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from exchange.formats.archive import open_file
from exchange.making import ALL
from tests.browser.engines import AXE, require_engine
from tests.browser.more_people import PACKED
from tests.editor import translate

OURS = [".package-facts", ".staff-notes-form", ".package-part", "main h2", ".translation-request__tools"]
pytestmark = [pytest.mark.browser, pytest.mark.sweep]


def axe_findings(page):
    """Return what axe finds in what is ours on a screen, at two widths."""
    require_engine(AXE, "axe-core (npm ci)")
    page.evaluate(AXE.read_text())
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        parts = [part for part in OURS if page.locator(part).count()]
        result = page.evaluate("parts => axe.run({include: parts}, {resultTypes: ['violations']})", parts)
        found += [(one["id"], node["html"][:120]) for one in result["violations"] for node in one["nodes"]]
    return found


@pytest.mark.parametrize(("reader", "account"), [("nl", "publisher-nl"), ("fr", "publisher")])
def test_a_publisher_sends_two_pages_out_and_downloads_them(reader, account, staff, site):
    page = staff(account)
    page.goto(f"{site}/admin/reports/languages/?language=en&q={PACKED[reader]}")
    boxes = page.locator("[name=of]")
    expect(boxes).to_have_count(2)
    for number in (0, 1):
        boxes.nth(number).check()
    page.get_by_role("button", name=translate("Send texts out", reader)).click()
    expect(page.locator(".worklist-chosen li")).to_have_count(2)
    expect(page.locator("[name=target][value=en]")).to_be_checked()
    page.locator(f"[name=texts][value={ALL}]").check()
    page.get_by_role("button", name=translate("Count again", reader, "words")).click()
    expect(page.locator(".package-preview dd").first).to_be_visible()
    assert axe_findings(page) == []
    page.get_by_role("button", name=translate("Make the package", reader)).click()
    expect(page.locator(".messages .success")).to_be_visible()
    expect(page.locator(".package-part")).to_have_count(2)
    assert axe_findings(page) == []
    with page.expect_download() as started:
        page.get_by_role("link", name="XLIFF 2.1").click()
    download = started.value
    assert download.suggested_filename.endswith(".xlf")
    with Path(download.path()).open("rb") as file:
        assert len(list(open_file("package.xlf", file).texts)) == page.locator(".package-texts li").count()
