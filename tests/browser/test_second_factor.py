"""A second factor in a browser: an app and a key are set up, and either opens the admin; keys by the keyboard alone."""

import pytest

from tests.browser.conftest import log_in
from tests.building import PASSWORD
from tests.two_steps import code_now

pytestmark = [pytest.mark.browser, pytest.mark.sweep]

KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
STEPS = "/admin/account/two-steps/"


@pytest.fixture
def address(site):
    """Keys work for names of hosts only."""
    return site.replace("127.0.0.1", "localhost")


def plug_in_key(page):
    """Let the browser have a key that agrees to everything; return a function by which it is pulled out."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    key = tools.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    return lambda: tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": key})


def begin_again(page, address):
    page.context.clear_cookies()
    page.goto(f"{address}/admin/login/")
    page.fill("input[name=username]", "reviewer-fr")
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")


def test_an_app_and_a_key_are_set_up_and_either_opens_the_admin(page, address):
    pull_out = plug_in_key(page)
    log_in(page, address, "reviewer-fr")
    page.goto(f"{address}{STEPS}app/")
    secret = page.locator("main code").inner_text()
    page.fill("input[name=code]", "000000")
    page.keyboard.press("Enter")
    page.locator(".error-message", has_text="Ce code est erroné").wait_for()
    page.fill("input[name=code]", code_now(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/codes/")
    recovery = page.locator("main li code").first.inner_text()

    page.goto(f"{address}{STEPS}key/")
    page.fill("input[name=name]", "Ma clé")
    page.locator("#add-key").press("Enter")
    page.wait_for_url(f"**{STEPS}")
    page.get_by_text("Ma clé").first.wait_for()

    begin_again(page, address)
    page.locator("#use-key").press("Enter")
    page.wait_for_url("**/admin/")

    pull_out()
    begin_again(page, address)
    page.get_by_role("link", name="Saisir un code").press("Enter")
    page.fill("input[name=code]", recovery)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")


def test_a_key_that_fails_is_said(page, address):
    log_in(page, address, "reviewer-nl")
    page.goto(f"{address}{STEPS}key/")
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no key')); }")
    page.locator("#add-key").press("Enter")
    page.get_by_role("alert").filter(has_text="Dat is niet gelukt.").wait_for()
