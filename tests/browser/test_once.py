"""Forms of the admin that are sent twice, in a real browser: the second press does nothing, unless the page stays."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.sweep]
NOWHERE = "**/admin/nowhere/"
ADD_FORM = """() => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/admin/nowhere/", id: "added" });
  form.append(Object.assign(document.createElement("button"), { textContent: "Send" }));
  document.querySelector("main").prepend(form);
}"""
COME_BACK = "() => dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
STAY = "() => addEventListener('beforeunload', (event) => event.preventDefault())"
BY_SCRIPT = """() => {
  globalThis.sent = 0;
  added.addEventListener("submit", (event) => { event.preventDefault(); globalThis.sent += 1; });
}"""


@pytest.fixture
def tab(staff, site):
    """The admin with a form of its own, which is answered so that the browser stays; `sent` tells how often it was sent."""
    page = staff("editor")
    page.sent = []

    def stay(route):
        page.sent.append(route.request.method)
        route.fulfill(status=204)

    page.route(NOWHERE, stay)
    page.wait_for_selector("body.ready")
    page.evaluate(ADD_FORM)
    page.button = page.locator("#added button")
    return page


def test_a_form_is_sent_once_until_somebody_comes_back_to_it(tab):
    with tab.expect_request(NOWHERE):
        tab.button.dblclick()
    tab.button.press("Enter")
    tab.evaluate(COME_BACK)
    with tab.expect_request(NOWHERE):
        tab.button.click()
    assert tab.sent == ["POST"] * 2


def test_whoever_is_asked_whether_to_leave_and_stays_sends_the_form_afterwards(tab):
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    tab.evaluate(STAY)
    tab.button.click()
    tab.button.click()
    assert asked == ["beforeunload"] * 2 and tab.sent == []


def test_a_form_that_a_script_sends_is_sent_again_when_it_was_refused(tab):
    tab.evaluate(BY_SCRIPT)
    tab.button.dblclick()
    tab.button.press("Enter")
    assert tab.evaluate("sent") == 2, "The double click counts once."
