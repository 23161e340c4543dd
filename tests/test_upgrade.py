"""Upgrading: the newest code takes over what the last release left behind, and every page reads as before; and going back."""

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

from tests.archives import write_archive
from tests.databases import address_of, connect, drop_database
from tests.upgrade.differences import PAGES, RIGHTS

pytestmark = pytest.mark.sweep
LEFT = Path(__file__).parent / "upgrade"
START = """
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
WRITE = """
import django
django.setup()
from tests.upgrade.staff import add, find_page, publish_changes
from newsroom.models import User
add(find_page("home"), "Nadien")
publish_changes(find_page("eures"), heading_nl="EURES, na de upgrade", opening_nl="Een nieuwe opening.")
User.objects.create_user("nieuw", "nieuw@example.org", "een-lang-wachtwoord-1", languages=["nl"])
"""
# What a database is made of, beside its rows.
SCHEMA = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, character_maximum_length, column_default "
    "FROM information_schema.columns WHERE table_schema = 'public'",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
    "WHERE contype <> 'n'",
    "triggers": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}
KEPT = {("newsroom_loadeditem", "fields", "jsonb", "NO", None, "'{}'::jsonb")}  # see newsroom, migration 0006
# Rows that no release changes of its own accord: after the way back they are what they were, to the byte.
WRITTEN_BY_PEOPLE = (
    *("newsroom_user", "newsroom_user_groups", "newsroom_user_user_permissions", "auth_group", "auth_group_permissions"),
    *("wagtailcore_revision", "wagtailcore_pagelogentry", "wagtailredirects_redirect", "wagtailcore_site"),
    *("assets_siteimage", "assets_sitedocument", "audience_feedback", "audience_visit", "search_promotion"),
    *("search_searchcount", "pages_publicchange", "pages_sitesettings", "wagtailusers_userprofile"),
)


class UpgradedSite:
    """The site of the last release, in a database and a folder of uploads of its own."""

    def __init__(self, name, media):
        self.address = address_of(name)
        self.environment = os.environ | {
            "DATABASE_URL": self.address,
            "MEDIA_ROOT": str(media),
            "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
        }
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(lzma.decompress((LEFT / "database.sql.xz").read_bytes()).decode())
        self.schema, self.rows, self.migrations = self.read_schema(), self.read_rows(), self.read_migrations()
        self.snapshot = self.start()

    def run(self, *command):
        command = [sys.executable, "-W", "ignore", *command]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self):
        """Do what every start does, and return the site as `tests.upgrade.site` describes it."""
        return json.loads(self.run("-c", START))

    def read_schema(self):
        with psycopg.connect(self.address) as connection:
            connection.execute("SET search_path TO public")  # the dump has taken it away
            return {what: set(connection.execute(statement)) for what, statement in SCHEMA.items()}

    def read_rows(self):
        with psycopg.connect(self.address) as connection:
            digests = (f"SELECT md5(one::text) FROM public.{table} AS one" for table in WRITTEN_BY_PEOPLE)
            return {table: set(connection.execute(one)) for table, one in zip(WRITTEN_BY_PEOPLE, digests, strict=True)}

    def read_migrations(self):
        with psycopg.connect(self.address) as connection:
            return [".".join(row) for row in connection.execute("SELECT app, name FROM public.django_migrations")]

    def ask(self, statement):
        with psycopg.connect(self.address) as connection:
            return connection.execute(statement).fetchone()


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    media = tmp_path_factory.mktemp("upgrade") / "media"
    shutil.copytree(LEFT / "media", media)
    name = f"upgrade_{os.getpid()}"
    with connect() as beside:
        beside.execute(f"CREATE DATABASE {name}")
        try:
            yield UpgradedSite(name, media)
        finally:
            drop_database(beside, name)


@pytest.fixture(scope="module")
def upgraded_site(site):
    return site.snapshot


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


def test_an_operator_goes_back_and_what_staff_wrote_stays_then_upgrades_again(site, tmp_path):
    """The last of the module, as it takes the database back."""
    site.run("-c", WRITE)
    before = write_archive(tmp_path, migrations=site.migrations)
    said = site.run("manage.py", "go_back", str(before))
    assert "Has no place there: networks_networkpage.opening_nl" in said and "staff_notes_staffnote, rows: " in said
    after = site.read_schema()
    assert after.pop("columns") ^ site.schema["columns"] == KEPT
    assert after == {what: one for what, one in site.schema.items() if what != "columns"}
    assert not {table: rows for table, rows in site.rows.items() if rows - site.read_rows()[table]}
    assert site.ask("SELECT heading_nl FROM pages_sitepage WHERE address_en = 'our-networks/eures'") == (
        "EURES, na de upgrade",
    )
    live = "SELECT live FROM wagtailcore_page JOIN pages_sitepage ON id = page_ptr_id WHERE address_nl = 'nadien-nl'"
    assert site.ask(live) == (True,)
    assert site.ask("SELECT is_active FROM newsroom_user WHERE username = 'nieuw'") == (True,)
    again = site.start()
    assert again["groups"] == site.snapshot["groups"] and again["redirects"] == site.snapshot["redirects"]
    assert again["files"] == site.snapshot["files"]
    changed = {path for path in site.snapshot["pages"] if again["pages"][path] != site.snapshot["pages"][path]}
    # The page that staff changed, which is left to them, and where its Dutch name stands.
    assert not [path for path in changed if "eures" not in path and not path.startswith("/nl/")]
    assert set(again["pages"]) - set(site.snapshot["pages"]) == {"/nl/nadien-nl/", "/fr/nadien-fr/", "/en/nadien-en/"}
