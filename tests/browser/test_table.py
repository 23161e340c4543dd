"""The table of everything, the summary on the home and the statement, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.engines import accessibility

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
REPORT = "/admin/reports/languages/"
# Path -> what of it is ours; the rest is Wagtail's own frame.
OURS = {
    REPORT: ".standings-frame",
    f"{REPORT}?state=missing": ".standings-frame",
    f"{REPORT}statement/": "main form",
    "/admin/": "#languages-section",
}


@pytest.mark.parametrize("account", ["editor", "publisher"])  # whose admin is in Dutch and in French
def test_the_accessibility_engine_finds_nothing_in_what_is_ours(staff, site, account):
    page = staff(account)
    for path, part in OURS.items():
        page.goto(site + path)
        page.wait_for_selector(part)
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 900})
            assert accessibility(page, part, with_picture=width > 400) == [], (path, width)


def test_the_summary_leads_to_what_it_counts_and_the_table_moves_within_its_frame(staff, site):
    page = staff("editor")
    page.set_viewport_size({"width": 400, "height": 900})
    link = page.locator("#languages-section a[href*='language=fr&state=missing']")
    number = int(link.inner_text().split()[0])
    link.click()
    page.wait_for_selector("table.standings")
    expect(page.locator("table.standings tbody tr")).to_have_count(number)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_cell_leads_to_the_form_of_the_page_at_the_first_text_to_mend(staff, site):
    page = staff("editor")
    page.goto(f"{site}{REPORT}?q=onvolledig")
    page.locator("table.standings td.standing a").first.click()
    page.wait_for_selector("[data-contentpath=heading_fr]")
    expect(page).to_have_url(re.compile("#unit=heading:fr$"))
