"""Backups: out and in again, the same byte for byte; what is broken, strange, newer or in the way changes nothing."""

import io
import json
import os
import subprocess
import sys
import tarfile
from hashlib import sha256
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection

from newsroom.backups import making, programs, restoring
from newsroom.backups.archive import DATABASE, MANIFEST, MEDIA, ArchiveWriter, BrokenArchive, members, read_manifest
from tests.archives import MANIFEST_OF_TESTS, UPLOADS, write_archive
from tests.databases import address_of, connect, drop_database
from tests.migrated import migrated_database


def error_of(path):
    """Return what is said against an archive."""
    with path.open("rb") as file, pytest.raises(BrokenArchive) as refused:
        read_manifest(file)
    return str(refused.value)


def test_an_archive_reads_as_it_was_written(tmp_path):
    with write_archive(tmp_path).open("rb") as file:
        manifest = read_manifest(file)
        assert manifest["files"] == 2 and manifest["release"] == "1.0.0"
        parts = {member.name: content.read() for member, content in members(file)}
    assert parts[DATABASE] == b"dump" and {name: parts[name] for name in UPLOADS} == UPLOADS
    assert list(parts) == [DATABASE, *UPLOADS, MANIFEST]


def test_a_file_whose_name_is_no_utf8_comes_back(media, tmp_path):
    name = os.fsdecode("télé.pdf".encode("latin-1"))
    media.mkdir()
    (media / name).write_bytes(b"of a former site")
    with (tmp_path / "site.tar").open("wb") as file:
        writer = ArchiveWriter(file)
        writer.add(DATABASE, io.BytesIO(b"dump"), 4)
        making.add_files(writer)
        writer.finish(MANIFEST_OF_TESTS)
    (media / name).unlink()
    with (tmp_path / "site.tar").open("rb") as file:
        assert read_manifest(file)["files"] == 1
        restoring.restore_files(file)
    assert (media / name).read_bytes() == b"of a former site"


def test_the_python_of_debian_12_reads_it(tmp_path, monkeypatch):
    """3.11.2, of which tarfile has no filters."""
    for name in [name for name in dir(tarfile) if name.endswith(("_filter", "FilterError"))]:
        monkeypatch.delattr(tarfile, name)
    with write_archive(tmp_path).open("rb") as file:
        assert read_manifest(file)["files"] == 2
    assert "none should hold" in error_of(write_archive(tmp_path, "strange.tar", uploads={"media/../a": b"x"}))


def test_a_changed_byte_is_seen_wherever_it_is(tmp_path):
    whole = write_archive(tmp_path).read_bytes()
    broken = tmp_path / "broken.tar"
    for text in (b"dump", b"one", b"twotwo", b"images/one.png"):
        place = whole.index(text)
        broken.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
        assert error_of(broken)


def test_a_wrong_sum_is_named(tmp_path):
    whole = write_archive(tmp_path).read_bytes()
    sum_of_dump = sha256(b"dump").hexdigest().encode()
    broken = tmp_path / "broken.tar"
    broken.write_bytes(whole.replace(sum_of_dump, b"0" * 64))
    assert "SHA-256" in error_of(broken)


def test_an_archive_that_was_cut_off_anywhere_is_refused(tmp_path):
    whole = write_archive(tmp_path, uploads={f"{MEDIA}a": b"a" * 1000}).read_bytes()
    end = whole.index(b'"sha256"')
    for size in range(0, end, 100):
        broken = tmp_path / "broken.tar"
        broken.write_bytes(whole[:size])
        assert error_of(broken), size


@pytest.mark.parametrize("data", [b"", b"no archive at all", b"\0" * 20_000])
def test_what_is_no_archive_is_refused(data, tmp_path):
    (tmp_path / "other").write_bytes(data)
    assert error_of(tmp_path / "other")


@pytest.mark.parametrize(
    "name",
    [
        *("/etc/passwd", "media/../../etc/passwd", "../outside", "media/a/../../../b", "other.txt", "media"),
        *("media//etc/passwd", "media//etc/passwd/..", "media/./a"),
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(name, tmp_path):
    assert "none should hold" in error_of(write_archive(tmp_path, uploads={name: b"x"}))


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_only_plain_files_are_taken(kind, tmp_path):
    path = tmp_path / "strange.tar"
    with tarfile.open(path, "w") as tar:
        tar.addfile(tarfile.TarInfo(DATABASE), io.BytesIO(b""))
        member = tarfile.TarInfo(f"{MEDIA}link")
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    assert "none should hold" in error_of(path)


def test_parts_out_of_their_order_are_refused(tmp_path):
    path = write_archive(tmp_path)
    with tarfile.open(path, "a") as tar:
        tar.addfile(tarfile.TarInfo(f"{MEDIA}late"), io.BytesIO(b""))
    assert "order" in error_of(path)


@pytest.mark.parametrize("change", [{"format": 2}, {"sha256": None}, {"migrations": 3}, {"files": "many"}])
def test_a_manifest_of_another_shape_is_refused(change, tmp_path):
    path = write_archive(tmp_path, uploads={})
    with path.open("rb") as file:
        parts = {member.name: content.read() for member, content in members(file)}
    manifest = json.dumps(json.loads(parts[MANIFEST]) | change).encode()
    with tarfile.open(path, "w") as tar:
        for name, data in ((DATABASE, parts[DATABASE]), (MANIFEST, manifest)):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    assert error_of(path)


# --- Programs


@pytest.fixture
def none_there(monkeypatch):
    monkeypatch.setattr(programs, "candidates", lambda name: [])


@pytest.mark.django_db
def test_a_backup_without_pg_dump_says_what_to_install_and_leaves_nothing(none_there, tmp_path):
    with pytest.raises(
        CommandError, match=r"pg_dump \d+ or newer is needed, and there is none\. Install .+postgresql-client-\d+"
    ):
        call_command("backup", str(tmp_path / "site.tar"))
    assert not list(tmp_path.iterdir())


def program(folder, version):
    path = folder / f"pg_dump-{version}"
    path.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.1 (Debian)'\n")
    path.chmod(0o755)
    return str(path)


def test_of_several_versions_the_oldest_that_can_is_taken(monkeypatch, tmp_path):
    paths = [program(tmp_path, version) for version in (15, 19, 18)]
    monkeypatch.setattr(programs, "candidates", lambda name: paths)
    assert programs.find_program("pg_dump", 18) == paths[2]
    with pytest.raises(programs.ProgramError, match="there is 15 at"):
        programs.find_program("pg_dump", 20)


@pytest.mark.django_db
def test_the_password_of_the_database_stands_in_no_command_line(monkeypatch, tmp_path):
    seen = []
    monkeypatch.setattr(programs.subprocess, "Popen", lambda command, **options: seen.append((command, options)) or 1 / 0)
    monkeypatch.setenv("SECRET_KEY", "a secret of the site")
    monkeypatch.setattr("psycopg.ConnectionInfo.password", "geheim")
    with pytest.raises(ZeroDivisionError):
        programs.run("pg_dump", "--format=custom")
    ((command, options),) = seen
    assert command == ["pg_dump", "--format=custom"]
    assert options["env"]["PGPASSWORD"] == "geheim" and options["env"]["PGDATABASE"] == connection.settings_dict["NAME"]
    assert "SECRET_KEY" not in options["env"]


# --- Refusals of the commands


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return Path(settings.MEDIA_ROOT)


@pytest.mark.django_db
def test_a_file_that_is_there_is_not_written_over(tmp_path):
    target = tmp_path / "site.tar"
    target.write_bytes(b"precious")
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(target))
    assert target.read_bytes() == b"precious"


@pytest.mark.django_db
def test_a_program_that_fails_leaves_no_half_backup(monkeypatch, media, tmp_path):
    (tmp_path / "backups").mkdir()
    monkeypatch.setattr(making, "find_program", lambda name, version: "/bin/false")
    with pytest.raises(CommandError, match="false failed"):
        call_command("backup", str(tmp_path / "backups" / "site.tar"))
    assert not list((tmp_path / "backups").iterdir())


@pytest.mark.django_db
def test_nothing_is_restored_where_there_are_tables_or_files(media, monkeypatch, tmp_path):
    archive = write_archive(tmp_path)
    with pytest.raises(CommandError, match=r"The database has tables \(\d+\)"):
        call_command("restore", str(archive))
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [])
    default_storage.save("images/kept.png", ContentFile(b"kept"))
    with pytest.raises(CommandError, match=r"There are uploaded files, such as images/kept\.png"):
        call_command("restore", str(archive))
    assert [path.name for path in media.rglob("*.*")] == ["kept.png"]


@pytest.fixture
def empty(monkeypatch, media):
    """A database that says that it has no tables, and a folder without files."""
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [])


@pytest.mark.django_db
def test_a_backup_of_a_newer_release_is_refused_in_a_sentence(empty, media, tmp_path):
    archive = write_archive(
        tmp_path, release="9.9.9", migrations=["pages.0001_initial", "pages.9999_of_tomorrow", "newapp.0001_initial"]
    )
    with pytest.raises(CommandError, match=r"A newer release made this backup: 9\.9\.9, and this is .+newapp\.0001_initial"):
        call_command("restore", str(archive))
    assert not media.exists()


@pytest.mark.django_db
def test_a_broken_backup_changes_nothing(empty, media, tmp_path):
    archive = write_archive(tmp_path)
    archive.write_bytes(archive.read_bytes()[:2000])
    with pytest.raises(CommandError, match="Nothing was restored"):
        call_command("restore", str(archive))
    assert not media.exists()


@pytest.mark.django_db
def test_where_the_database_fails_no_files_stay(empty, media, monkeypatch, tmp_path):
    monkeypatch.setattr(restoring, "find_program", lambda name, version: "/bin/false")
    with pytest.raises(CommandError, match="false failed"):
        call_command("restore", str(write_archive(tmp_path)))
    assert not [path for path in media.rglob("*") if path.is_file()]


# --- Out and in again

SITE = """
import json, sys, django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS += ["testserver"]
from tests.archives import public_answers
json.dump(public_answers(), sys.stdout)
"""
FILL = """
import sys, django
django.setup()
from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.images.tests.utils import get_test_image_file
call_command("prepare_site", stdout=sys.stderr)
from assets.models import SiteDocument, SiteImage
SiteImage.objects.create(title="Picture", file=get_test_image_file(size=(1200, 800)))
SiteDocument.objects.create(title="Document", file=ContentFile(b"%PDF-1.4 text", "document.pdf"))
"""


class SiteInADatabase:
    """A site with a database and a folder of uploads of its own."""

    def __init__(self, name, media):
        self.name, self.media = name, media
        self.environment = os.environ | {
            "DATABASE_URL": address_of(name),
            "MEDIA_ROOT": str(media),
            "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
        }

    def run(self, *command, code=0):
        """Run Python on this site; return what it prints, or what it says where another exit code is expected."""
        command = [sys.executable, "-W", "ignore", *command]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True)
        assert done.returncode == code, done.stderr[-3000:]
        return done.stderr if code else done.stdout

    def answers(self):
        return json.loads(self.run("-c", SITE))


@pytest.fixture
def two_sites(tmp_path):
    """Two databases of the tests' server, one to be filled and one that is empty, each with its folder."""
    names = [f"backup_{os.getpid()}_{number}" for number in range(2)]
    with connect() as beside:
        try:
            beside.execute(f"CREATE DATABASE {names[0]} TEMPLATE {migrated_database()}")
            beside.execute(f"CREATE DATABASE {names[1]}")
            yield [SiteInADatabase(name, tmp_path / name) for name in names]
        finally:
            for name in names:
                drop_database(beside, name)


@pytest.mark.sweep
def test_every_public_page_is_the_same_byte_for_byte_after_a_backup_was_restored(two_sites, tmp_path):
    old, new = two_sites
    old.run("-c", FILL)
    before = old.answers()
    archive = tmp_path / "site.tar"
    said = old.run("manage.py", "backup", str(archive))
    assert f"{archive}: the database and " in said
    assert archive.stat().st_mode & 0o777 == 0o600 and not list(tmp_path.glob("site.tar.*"))
    # What PostgreSQL cannot read is found late: then nothing stays, and the same command works with another file.
    said = new.run("manage.py", "restore", str(write_archive(tmp_path, "no-dump.tar", database=b"no dump")), code=1)
    assert "pg_restore failed" in said and "Nothing was restored" in said
    said = new.run("manage.py", "restore", str(archive))
    assert "Restored the database" in said and "SECRET_KEY" in said
    assert len(before) > 50 and {status for status, _body in before.values()} == {200}
    assert "has tables" in new.run("manage.py", "restore", str(archive), code=1)
    after = new.answers()
    assert {path for path in before | after if before.get(path) != after.get(path)} == set()
    files = {
        site: {path.relative_to(site.media): path.read_bytes() for path in site.media.rglob("*") if path.is_file()}
        for site in two_sites
    }
    assert files[old] == files[new]
    rows = {}
    for site in two_sites:
        with psycopg.connect(address_of(site.name)) as own:
            tables = own.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
            rows[site] = {table: own.execute(f'SELECT count(*) FROM "{table}"').fetchone() for (table,) in tables}
    assert rows[old] == rows[new]
    for check in (["check_search"], ["check_addresses"], ["rebuild_standing", "--check"]):
        new.run("manage.py", *check)
