"""Upgrading: the newest code takes over what the last release left behind, and every page reads as before."""

import json
import lzma
import os
import shutil
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from tests.databases import address_of, connect, drop_database
from tests.upgrade.differences import PAGES, RIGHTS

pytestmark = pytest.mark.sweep
LEFT = Path(__file__).parent / "upgrade"
UPGRADE = """
import json, sys, django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.ALLOWED_HOSTS += ["testserver"]
call_command("prepare_site", stdout=sys.stderr)
call_command("check_search", stdout=sys.stderr)
call_command("rebuild_standing", check=True, stdout=sys.stderr)
from tests.upgrade.site import site_snapshot
json.dump(site_snapshot(), sys.stdout)
"""


@pytest.fixture(scope="module")
def upgraded_site(tmp_path_factory):
    """The site of the last release after its upgrade, as `tests.upgrade.site` describes it."""
    media = tmp_path_factory.mktemp("upgrade") / "media"
    shutil.copytree(LEFT / "media", media)
    name = f"upgrade_{os.getpid()}"
    own = address_of(name)
    with connect() as beside:
        beside.execute(f"CREATE DATABASE {name}")
        try:
            with psycopg.connect(own, autocommit=True) as connection:
                connection.execute(lzma.decompress((LEFT / "database.sql.xz").read_bytes()).decode())
            environment = os.environ | {
                "DATABASE_URL": own,
                "MEDIA_ROOT": str(media),
                "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
            }
            command = [sys.executable, "-W", "ignore", "-c", UPGRADE]
            done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
        finally:
            drop_database(beside, name)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def expected_snapshot():
    return json.loads(lzma.decompress((LEFT / "expected.json.xz").read_bytes()))


def unexpected_changes(changed, wanted):
    """Return what changed without being listed, and the patterns of the list that nothing matches any more."""
    return (
        sorted(one for one in changed if not any(fnmatch(one, pattern) for pattern in wanted)),
        [pattern for pattern in wanted if not any(fnmatch(one, pattern) for one in changed)],
    )


def test_every_page_reads_as_before(upgraded_site, expected_snapshot):
    before, after = expected_snapshot["pages"], upgraded_site["pages"]
    assert len(before) > 50
    changed, outdated = unexpected_changes({path for path in before | after if before.get(path) != after.get(path)}, PAGES)
    assert not changed, "\n".join(f"{path}\n- {before.get(path)}\n+ {after.get(path)}" for path in changed)
    assert not outdated, "Nothing is otherwise there any more: take it out of the list."


def test_groups_may_do_what_administrators_let_them(upgraded_site, expected_snapshot):
    changed, outdated = unexpected_changes(rights(expected_snapshot) ^ rights(upgraded_site), RIGHTS)
    assert (changed, outdated) == ([], [])


def rights(site):
    """Return what groups may do, as "Group: where right"."""
    return {f"{name}: {where} {one}" for name, places in site["groups"].items() for where in places for one in places[where]}


def test_old_addresses_lead_where_they_led(upgraded_site, expected_snapshot):
    assert expected_snapshot["redirects"].items() <= upgraded_site["redirects"].items()


def test_files_and_what_staff_and_readers_wrote_are_there(upgraded_site, expected_snapshot):
    assert expected_snapshot["files"] and expected_snapshot["files"].items() <= upgraded_site["files"].items()
    lost = {what: number for what, number in expected_snapshot["rows"].items() if upgraded_site["rows"][what] < number}
    assert not lost
