"""The session of an editor ends while a form is open: it says so, and goes on after logging in beside it."""

import psycopg
import pytest

from tests.browser.test_side_by_side import SETTLED, open_form
from tests.building import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.sweep]

WORDS = {"nl": ("Je bent niet meer ingelogd", "Opnieuw inloggen"), "fr": ("Votre session est terminée", "Se reconnecter")}
ACCOUNTS = {"nl": "editor", "fr": "editor-fr"}
EDITED = "[data-contentpath=heading_en] input"


def end_sessions(address):
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DELETE FROM django_session")


def log_in_beside(page, language):
    """Follow the link of the notice, log in in the tab that it opens, and close it."""
    dialog = page.locator("dialog.session-ended")
    dialog.wait_for()
    said, link = WORDS[language]
    assert said in dialog.inner_text()
    with page.context.expect_page() as opened:
        dialog.get_by_role("link", name=link).click()
    beside = opened.value
    beside.fill("input[name=username]", ACCOUNTS[language])
    beside.fill("input[name=password]", PASSWORD)
    beside.click("button[type=submit]")
    beside.wait_for_url("**/admin/session/back/")
    assert beside.locator("h1").inner_text()
    beside.close()
    dialog.wait_for(state="hidden")


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_what_is_typed_after_the_end_of_a_session_is_saved_after_logging_in_beside_it(staff, site, database_of, language):
    page = staff(ACCOUNTS[language])
    open_form(page, site, "WAPES")
    address = page.url
    end_sessions(database_of)
    page.locator(EDITED).fill(f"WAPES after the end in {language}")  # saved by itself, which is refused
    log_in_beside(page, language)
    page.evaluate(SETTLED)
    end_sessions(database_of)
    page.locator(EDITED).fill(f"WAPES pressed in {language}")
    page.locator("footer button[type=submit]").first.click()
    log_in_beside(page, language)
    page.wait_for_selector(".messages .success")
    page.goto(address)
    assert page.locator(EDITED).input_value() == f"WAPES pressed in {language}"
