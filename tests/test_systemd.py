"""The units for machines without containers: systemd takes them, and they give no more rights than needed."""

import re
import shutil
import subprocess

import pytest

from tests.servers import CHECKOUT

FOLDER = CHECKOUT / "deploy" / "systemd"
UNITS = sorted(path.name for path in FOLDER.iterdir())
INSTALLED_IN = "/srv/actiris"
MAX_EXPOSURE = 20  # tenths of what systemd calls "exposure", of 100: below it says "OK"

needs_systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="There is no systemd-analyze on this machine.")


@pytest.fixture
def units(tmp_path):
    """The units with the paths of this checkout."""
    for name in UNITS:
        (tmp_path / name).write_text((FOLDER / name).read_text().replace(INSTALLED_IN, str(CHECKOUT)))
    return tmp_path


@needs_systemd
@pytest.mark.parametrize("name", UNITS)
def test_systemd_takes_each_unit_without_a_word(name, units):
    verified = subprocess.run(["systemd-analyze", "verify", "--man=no", units / name], capture_output=True, text=True)
    said = [line for line in verified.stderr.splitlines() if str(units) in line or name in line]
    assert (verified.returncode, said) == (0, [])


@needs_systemd
@pytest.mark.parametrize("name", [name for name in UNITS if name.endswith(".service")])
def test_services_can_do_little_else(name, units):
    options = ["--offline=yes", f"--threshold={MAX_EXPOSURE}", "--no-pager"]
    measured = subprocess.run(["systemd-analyze", "security", *options, units / name], capture_output=True, text=True)
    assert measured.returncode == 0, measured.stdout


@needs_systemd
def test_systemd_finds_a_fault(units):
    (units / "wrong.service").write_text("[Service]\nExecStart=/nowhere/at/all\nProtectSistem=strict\n")
    assert subprocess.run(["systemd-analyze", "verify", "--man=no", units / "wrong.service"], capture_output=True).returncode


def settings_of(name):
    """Return the lines of a unit as pairs of name and value."""
    return re.findall(r"^(\w+)=(.*)$", (FOLDER / name).read_text(), re.MULTILINE)


def test_both_services_are_hardened_alike_and_write_only_where_the_site_keeps_something():
    site, schedule = settings_of("actiris.service"), settings_of("actiris-schedule.service")
    hardening = [pair for pair in site if pair in schedule]
    for needed in ("NoNewPrivileges=true", "ProtectSystem=strict", "PrivateTmp=true", "ProtectHome=true", "User=actiris"):
        assert tuple(needed.split("=")) in hardening
    for settings in (site, schedule):
        folders = dict(settings)["ReadWritePaths"].split()
        kept = {f"{INSTALLED_IN}/{name}" for name in (".data", "media", "staticfiles", "locale")}
        assert set(folders) <= kept


def test_one_process_does_what_is_due_each_minute_and_is_begun_anew_where_it_ends():
    schedule = dict(settings_of("actiris-schedule.service"))
    assert schedule["ExecStart"].endswith("python manage.py run_scheduled --every 60") and schedule["Restart"] == "always"
