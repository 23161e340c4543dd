"""A real browser before the real site: gunicorn with production settings, its own database, the starting content."""

import os
import shutil

import pytest
from playwright.sync_api import expect

from tests.browser.serving import NOWHERE, database, serve_site
from tests.building import PASSWORD

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
# Playwright keeps an event loop in this thread, which Django takes for asynchronous code in the tests that come after.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# A reader whose language the front door does not know. To look at a page we inject scripts, which its own policy forbids.
EYES = {"bypass_csp": True, "locale": "de", "reduced_motion": "reduce", "viewport": {"width": 1280, "height": 800}}

# Wagtail's checks print what they find, and a form that saves itself is refused while a block lacks its picture.
USUAL = ("axe.run results", "Failed to load resource")

PATIENCE = 90_000  # milliseconds: a machine that does other things too is slow, and not wrong
expect.set_options(timeout=PATIENCE / 3)


@pytest.fixture
def context(context):
    context.set_default_timeout(PATIENCE)
    return context


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium instead of one that Playwright would fetch; as root it runs without its sandbox."""
    if CHROMIUM is None:
        message = "No Chromium on this machine."
        pytest.fail(message) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(message)
    return {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def database_of():
    """The address of the database of the site, with the starting content."""
    with database() as address:
        yield address


@pytest.fixture(scope="session")
def site(database_of):
    """Serve the site with the starting content; return its address."""
    with serve_site(database_of) as site:
        yield site


@pytest.fixture(scope="session")
def broken_site(site):
    """Serve the same site, but without its database: every page is answered with the last error page."""
    with serve_site(NOWHERE) as broken:
        yield broken


@pytest.fixture
def open_tab(browser):
    """Return a function that opens a tab of somebody else; in the end no tab may have met an error or broken its policy."""
    contexts, faults = [], []

    def hear(message):
        if message.type == "error" and not message.text.startswith(USUAL):
            faults.append(message.text)

    def opening(language):
        contexts.append(browser.new_context(locale=language, viewport={"width": 1440, "height": 900}))
        page = contexts[-1].new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield opening
    for context in contexts:
        context.close()
    assert faults == []


begun = {}  # the cookies of the sessions that began by the form of a site, by its address and the name of the account


def log_in(page, site, name):
    """Log somebody in: by the form, or by what the form left behind in another window, as long as it opens the admin.

    A password costs the server a third of a second, and the form another page.
    """
    if cookies := begun.get((site, name)):
        page.context.add_cookies(cookies)
        page.goto(f"{site}/admin/")
        if page.url == f"{site}/admin/":
            return page
    page.goto(f"{site}/admin/login/")
    page.fill("input[name=username]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{site}/admin/")
    begun[site, name] = page.context.cookies(f"{site}/admin/")
    return page


@pytest.fixture
def staff(page, site):
    """Log a member of staff in with the browser; return a function from account name to page."""
    return lambda name: log_in(page, site, name)


@pytest.fixture
def reader(browser):
    """Return a function that opens a window without scripts, or with those of the accessibility engine only."""
    opened = []

    def opening(width=1280, scripts=False, scheme="light"):
        size = {"width": width, "height": 800}
        context = browser.new_context(java_script_enabled=scripts, viewport=size, bypass_csp=scripts, color_scheme=scheme)
        opened.append(context)
        return context.new_page()

    yield opening
    for context in opened:
        context.close()


def tab_to(page, selector):
    """Press the Tab key until what `selector` finds has the focus."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"The Tab key does not reach {selector}.")


@pytest.fixture(scope="session")
def eyes(browser, site):
    """Return a function from whether staff look to a tab that stays open: opening one costs more than loading a page."""
    tabs = {}

    def tab(staff):
        if staff not in tabs:
            tabs[staff] = browser.new_context(**EYES).new_page()
            tabs[staff].set_default_timeout(PATIENCE)
            if staff:
                log_in(tabs[staff], site, "publisher")
        return tabs[staff]

    yield tab
    for page in tabs.values():
        page.context.close()


@pytest.fixture
def look(eyes, site, request):
    """Return a function that shows a `Visit` at a width, in light, dark or forced colours, and returns the page."""
    seen = set()

    def looking(visit, width=1280, colours="light"):
        page = eyes(visit.staff)
        seen.add(page)
        page.set_viewport_size({"width": width, "height": 800})
        wear(page, colours)
        host = request.getfixturevalue("broken_site") if visit.broken else site
        page.goto(host + visit.path)
        if visit.fields is not None:
            send(page, visit.fields)
        return page

    yield looking
    for page in seen:
        page.goto("about:blank")  # the tab stays open, and a page may move without end


def wear(page, colours):
    """Show a page in `light`, `dark` or `forced` colours, those of a reader who chose white on black."""
    scheme = "light" if colours == "light" else "dark"
    page.emulate_media(media="screen", color_scheme=scheme, forced_colors="active" if colours == "forced" else "none")


def send(page, fields):
    """Fill in the form of the main part of a page, without the browser's own checks, and send it."""
    form = page.locator("main form").first
    form.evaluate("form => { form.noValidate = true }")
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    with page.expect_navigation():
        form.locator("[type=submit]").first.click()


def open_menu(page):
    page.locator("[popovertarget=menu]").first.click()
    expect(page.locator("#menu")).to_be_visible()
