"""The session of an editor ends while a form is open: it says so, and goes on after logging in beside it."""

import psycopg
import pytest

from tests.browser.forms import SETTLED, open_form
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


# Presses the first button while the form's own save waits to be sent, as somebody does who has just stopped typing.
PRESS_WHILE_SAVING = """() => document.addEventListener("w-autosave:save", () => setTimeout(() =>
    document.querySelector("footer button[type=submit]").click()), { once: true })"""


def test_a_form_that_is_saving_itself_is_sent_after_that_save_and_not_before(staff, site):
    page = staff("editor")
    open_form(page, site, "WAPES")
    saves = []

    def hear(request, what):
        if request.method == "POST" and "/edit/" in request.url:
            saves.append((what, "by itself" if request.headers.get("accept") == "application/json" else "by hand"))

    page.on("request", lambda request: hear(request, "sent"))
    page.on("requestfinished", lambda request: hear(request, "answered"))
    page.on("requestfailed", lambda request: hear(request, "lost"))
    page.evaluate(PRESS_WHILE_SAVING)
    with page.expect_navigation():
        page.locator(EDITED).press_sequentially("!")
    page.wait_for_selector(".messages .success")
    assert saves[:3] == [("sent", "by itself"), ("answered", "by itself"), ("sent", "by hand")]
    assert ("sent", "by itself") not in saves[3:]
