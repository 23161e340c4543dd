"""What a start says about the machine: in one line what is wrong and what to do, and nothing where all is well."""

import shutil
import subprocess
import tempfile
from io import StringIO
from pathlib import Path
from unittest import mock

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from actiris_site.caches import build_caches
from monitoring import start
from monitoring.checks import COLLECTED, MACHINE
from tests.databases import away
from tests.servers import CHECKOUT

FILES = "django.core.cache.backends.filebased.FileBasedCache"


def issues(tag=MACHINE, databases=None):
    """Return the texts of what the checks say, by their ids."""
    found = checks.run_checks(tags=[tag], include_deployment_checks=True, databases=databases)
    assert all("\n" not in issue.msg for issue in found)
    return {issue.id: issue.msg for issue in found}


@pytest.fixture
def impossible(tmp_path):
    """A path where no folder can be, for root neither: a file stands in its way."""
    (tmp_path / "file").touch()
    return tmp_path / "file" / "folder"


@pytest.mark.django_db
def test_a_machine_on_which_all_is_well_is_said_nothing_of():
    assert issues(databases=["default"]) == {}


def test_a_catalogue_that_is_not_compiled_is_named_with_the_command(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    folder = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").touch()
    assert "locale/fr/LC_MESSAGES/django.po" in issues()["monitoring.W001"]
    assert "python -m deploy.catalogues" in issues()["monitoring.W001"]
    (folder / "django.mo").touch()
    assert issues() == {}


def test_a_folder_that_cannot_be_written_is_named_with_what_goes_wrong(settings, impossible):
    settings.STRINGS_ROOT = impossible
    assert str(impossible.parent) in issues()["monitoring.W002"]
    assert "edited of the interface is not shown" in issues()["monitoring.W002"]


@pytest.mark.parametrize("name", ["MEDIA_ROOT", "CACHES"])
def test_each_folder_of_the_settings_is_tried(settings, impossible, name):
    values = {
        "MEDIA_ROOT": str(impossible),
        "CACHES": settings.CACHES | {"other": {"BACKEND": FILES, "LOCATION": str(impossible)}},
    }
    setattr(settings, name, values[name])
    assert {"MEDIA_ROOT": "MEDIA_ROOT", "CACHES": "CACHE_URL"}[name] in issues()["monitoring.W002"]


def test_nothing_is_made_by_looking(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media" / "of" / "tomorrow")
    assert issues() == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "is_https", "said"), [(0, True, True), (1, True, False), (0, False, False), (-1, False, True)]
)
def test_a_number_of_proxies_that_cannot_be_right_is_said(settings, number, is_https, said):
    settings.TRUSTED_PROXIES, settings.SECURE_SSL_REDIRECT = number, is_https
    assert ("monitoring.W003" in issues()) == said


def test_a_cache_that_does_not_answer_is_said_once_for_all_that_is_kept_there(settings):
    redis = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = build_caches(redis, redis)
    found = checks.run_checks(tags=[MACHINE], include_deployment_checks=True)
    (issue,) = found
    assert issue.id == "monitoring.W004" and "CACHE_URL" in issue.msg and not issue.is_serious()


@pytest.mark.django_db
def test_a_database_that_is_old_is_said_and_one_without_what_the_search_needs_stops_the_start(monkeypatch):
    monkeypatch.setattr("monitoring.checks.TESTED_FROM", 99)
    assert "is older than what the site is tested with" in issues(databases=["default"])["monitoring.W005"]
    monkeypatch.setattr("monitoring.checks.EXTENSIONS", ("unaccent", "nothing"))
    with pytest.raises(SystemCheckError, match=r"lacks the extension nothing.*postgresql-contrib"):
        call_command("prepare_site", stdout=StringIO(), stderr=StringIO())


def test_a_site_without_its_list_of_static_files_is_told_how_to_make_it(settings, tmp_path):
    assert issues(COLLECTED) == {}
    settings.STATIC_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    assert "manage.py collectstatic" in issues(COLLECTED)["monitoring.W006"]


@pytest.mark.django_db
def test_a_server_logs_it_as_it_starts_also_without_a_database(settings, impossible, caplog):
    settings.STRINGS_ROOT = impossible
    with away(), mock.patch.object(connection, "close"):
        start.log_issues()
    (record,) = caplog.records
    assert record.levelname == "WARNING" and "STRINGS_ROOT" in record.getMessage() and "monitoring.W002" in record.getMessage()


def test_warnings_stop_no_start(settings, impossible):
    settings.STRINGS_ROOT, settings.TRUSTED_PROXIES, written = impossible, -1, StringIO()
    call_command("check", tags=[MACHINE], deploy=True, stderr=written)
    assert "monitoring.W002" in written.getvalue() and "monitoring.W003" in written.getvalue()
    settings.SILENCED_SYSTEM_CHECKS = ["monitoring.W002", "monitoring.W003"]
    try:
        call_command("check", tags=[MACHINE], deploy=True, fail_level="WARNING", stderr=written)
    except CommandError as error:
        pytest.fail(str(error))


@pytest.mark.sweep
@pytest.mark.skipif(not shutil.which("make"), reason="There is no make on this machine.")
def test_a_checkout_that_cannot_be_written_is_called_so_and_python_is_not_blamed():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in ("Makefile", "requirements-dev.txt"):
            shutil.copy(CHECKOUT / file, folder)
        folder.chmod(0o555)
        account = {"user": "nobody", "group": "nogroup", "extra_groups": []} if folder.owner() == "root" else {}
        made = subprocess.run(["make", "-C", folder, "run"], capture_output=True, text=True, **account)
    assert made.returncode != 0
    assert "This folder cannot be written" in made.stdout and "python3-venv" not in made.stdout
