"""What Wagtail says in English to screen readers alone is said to nobody."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import log_in
from tests.browser.more_people import ACCOUNTS

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
IN_ENGLISH = "input[type=submit][value=Search]"


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_home_and_the_chooser_of_pages_have_no_button_in_english_and_enter_searches(language, page, site):
    log_in(page, site, ACCOUNTS["publisher", language])
    page.goto(f"{site}/admin/")
    expect(page.locator(IN_ENGLISH)).to_be_hidden()
    page.locator("main [name=q]").fill("EURES")
    with page.expect_navigation(url="**q=EURES**"):
        page.keyboard.press("Enter")
    page.goto(f"{site}/admin/snippets/directory/glossaryterm/add/")
    page.wait_for_selector("body.ready")
    page.locator("[data-chooser-action-choose]").first.click()
    page.locator(".modal [role=search]").wait_for()
    expect(page.locator(f".modal {IN_ENGLISH}")).to_be_hidden()
