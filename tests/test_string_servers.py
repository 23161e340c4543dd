"""An edited string on two hosts: shown by both at once, kept by restarts and by a release, and brought back into the files."""

import os
import subprocess
import sys

import pytest
from bs4 import BeautifulSoup

from tests.browser.serving import database, environment, serve_site
from tests.servers import CHECKOUT, copy_of_the_checkout, wait_for
from tests.visitors import Visitor

pytestmark = pytest.mark.sweep
MSGID = "Skip to main content"
FILED, EDITED, NEWER = "Naar de hoofdinhoud", "Direct naar de inhoud", "Naar de inhoud"
DUTCH = "locale/nl/LC_MESSAGES/django.po"


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
        translator.send(translator.string(MSGID), "w-editor-form", text_nl_0=EDITED)
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
        shown = BeautifulSoup(translator.get(translator.string(MSGID)), "html.parser").get_text(" ", strip=True)
        assert "Conflict" in shown and f"Het bestand zegt: {NEWER}" in shown

    before = file.read_text()
    run(address, checkout, "manage.py", "export_catalogues")
    assert file.read_text() == before.replace(f'msgstr "{NEWER}"', f'msgstr "{EDITED}"')
    release(address, checkout)
    with serve_site(address, checkout, **hosts[0]) as one:
        assert EDITED in reads(one)
        translator = Visitor(one).log_in("translator-nl")
        shown = BeautifulSoup(translator.get(translator.string(MSGID)), "html.parser").get_text(" ", strip=True)
        assert "Door een nieuwe versie in het bestand opgenomen" in shown and "Hier bewerkt" not in shown
