"""An edited string on two hosts: shown by both at once, kept by restarts and by a release, and brought back into the files."""

import os
import subprocess
import sys
from http.cookiejar import CookieJar
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from bs4 import BeautifulSoup
from wagtail.test.utils.form_data import querydict_from_html

from tests.browser.serving import database, environment, serve_site
from tests.building import PASSWORD
from tests.servers import CHECKOUT, copy_of_the_checkout, wait_for

pytestmark = pytest.mark.sweep
MSGID = "Skip to main content"
FILED, EDITED, NEWER = "Naar de hoofdinhoud", "Direct naar de inhoud", "Naar de inhoud"
DUTCH = "locale/nl/LC_MESSAGES/django.po"


class Visitor:
    """Somebody with a cookie jar and no script."""

    def __init__(self, site):
        self.site, self.opener = site, build_opener(HTTPCookieProcessor(CookieJar()))

    def get(self, path):
        with self.opener.open(self.site + path, timeout=30) as response:
            return response.read().decode()

    def send(self, path, form_id=None, **values):
        """Fill in the form of a page (the first one, unless it is named), send it, and return the page that answers."""
        html = self.get(path)
        which = {"form_id": form_id} if form_id else {"form_index": 0}
        data = querydict_from_html(html, exclude_csrf=False, **which).dict() | values
        with self.opener.open(self.site + path, urlencode(data).encode(), timeout=30) as response:
            return response.read().decode()

    def log_in(self, name):
        assert "/admin/logout/" in self.send("/admin/login/", username=name, password=PASSWORD)
        return self

    def string(self, msgid=MSGID):
        """Return the address of the screen of a string."""
        page = BeautifulSoup(self.get(f"/admin/strings/?q={quote(msgid)}"), "html.parser")
        return next(link["href"] for link in page.select("td.title a") if link.get_text() == msgid)


def reads(site):
    return Visitor(site).get("/nl/")


def run(address, checkout, *arguments):
    """Run a program of the site in a checkout, as an operator would, and return what it says."""
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=checkout, env=environment(address), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def release(address, checkout):
    """Do what a start of a release does with strings."""
    run(address, checkout, "-m", "deploy.catalogues")
    run(address, checkout, "manage.py", "rebuild_strings", "--changed")


@pytest.fixture
def address():
    with database("strings") as address:
        yield address


@pytest.fixture
def checkout(tmp_path):
    """A checkout of a release that may be changed, with the static files of this one."""
    copy = copy_of_the_checkout(tmp_path / "checkout")
    (copy / "staticfiles").symlink_to(CHECKOUT / "staticfiles")
    return copy


@pytest.mark.django_db
def test_an_edit_reaches_every_host_and_outlives_restarts_and_releases_until_a_file_says_it(address, checkout, tmp_path):
    hosts = [{"STRINGS_ROOT": str(tmp_path / name)} for name in ("one", "two")]
    release(address, checkout)
    with serve_site(address, checkout, **hosts[0]) as one, serve_site(address, checkout, **hosts[1]) as two:
        assert FILED in reads(one) and FILED in reads(two)
        translator = Visitor(one).log_in("translator-nl")
        translator.send(translator.string(), "w-editor-form", text_nl_0=EDITED)
        assert EDITED in reads(one), "The host on which it was edited shows it at once."
        assert wait_for(lambda: EDITED in reads(two))
    with serve_site(address, checkout, **hosts[1]) as two:
        assert EDITED in reads(two)

    file = checkout / DUTCH
    file.write_text(file.read_text().replace(f'msgstr "{FILED}"', f'msgstr "{NEWER}"'))
    os.utime(file)
    release(address, checkout)
    with serve_site(address, checkout, **hosts[0]) as one:
        assert EDITED in reads(one), "A release undoes no edit."
        translator = Visitor(one).log_in("translator-nl")
        shown = BeautifulSoup(translator.get(translator.string()), "html.parser").get_text(" ", strip=True)
        assert "Conflict" in shown and f"Het bestand zegt: {NEWER}" in shown

    before = file.read_text()
    run(address, checkout, "manage.py", "export_catalogues")
    assert file.read_text() == before.replace(f'msgstr "{NEWER}"', f'msgstr "{EDITED}"')
    release(address, checkout)
    with serve_site(address, checkout, **hosts[0]) as one:
        assert EDITED in reads(one)
        translator = Visitor(one).log_in("translator-nl")
        shown = BeautifulSoup(translator.get(translator.string()), "html.parser").get_text(" ", strip=True)
        assert "Door een nieuwe versie in het bestand opgenomen" in shown and "Hier bewerkt" not in shown
