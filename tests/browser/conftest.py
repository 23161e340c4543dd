"""A real browser before the real site: gunicorn with production settings, its own database, the starting content."""

import os
import shutil
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import urlopen

import psycopg
import pytest
from django.conf import settings

from tests.building import PASSWORD

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
SECRET_KEY = "only-for-tests" * 4
# In one process, as `make run` does it: loading Django costs as much as most of these.
PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "actiris_site.settings"
django.setup()
from django.core.management import call_command
for command in ("migrate", "collectstatic", "load_content", "create_staff"):
    call_command(command, verbosity=0, **({"interactive": False} if command in ("migrate", "collectstatic") else {}))
"""
# Playwright keeps an event loop in this thread, which Django takes for asynchronous code in the tests that come after.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip


def pytest_collection_modifyitems(items):
    """Keep all browser tests on one worker: they share one site."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Debian's Chromium instead of one that Playwright would fetch; as root it runs without its sandbox."""
    if CHROMIUM is None:
        message = "No Chromium on this machine."
        pytest.fail(message) if os.environ.get("REQUIRE_BROWSER") else pytest.skip(message)
    return {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def site():
    """Serve the site with the starting content; return its address."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = f"browser_{os.getpid()}"
    with psycopg.connect(urlunsplit(address._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield from served(urlunsplit(address._replace(path=f"/{name}")))
        finally:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def served(database):
    """Prepare a database, serve the site from it, yield the address, and stop."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    site = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "ENVIRONMENT": "production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": site,
        "DATABASE_URL": database,
        "SERVE_MEDIA": "true",
        "STAFF_PASSWORD": PASSWORD,
    }
    subprocess.run([sys.executable, "-c", PREPARE], cwd=settings.BASE_DIR, env=environment, check=True, capture_output=True)
    gunicorn = [sys.executable, "-m", "gunicorn", "actiris_site.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(gunicorn, cwd=settings.BASE_DIR, env=environment, stderr=subprocess.DEVNULL)
    try:
        wait_until_it_answers(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def wait_until_it_answers(site, server):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{site}/healthz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("The site did not start.")


@pytest.fixture
def staff(page, site):
    """Log a member of staff in with the browser; return a function from account name to page."""

    def log_in(name):
        page.goto(f"{site}/admin/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_url(f"{site}/admin/")
        return page

    return log_in
