"""Readers in front of the whole site, while one part of it after the other fails: they get the page they asked for, no other.

nginx, gunicorn, PostgreSQL and Redis run as in production, each in processes of its own, and the storage of uploads in a
thread. The readers go on asking for kept pages, for such that nobody asked for before, in three languages, and for pictures
and documents; they judge each answer (`tests.chaos.readers`).
"""

import json
import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from threading import Event

import pytest

from tests.chaos.parts import Database, Release, Storage, folder_for_postgres, production_environment
from tests.databases import restoring, write_dump
from tests.migrated import migrated_database
from tests.ports import free_port
from tests.servers import CHECKOUT, Redis, WebServer, need_nginx, need_redis

LEAST = 100_000  # requests
PAGES = 120
SHORT = 10
LONG = 90  # seconds that a part is away: longer than any answer is fresh, or shown while a new one is fetched
MANY_PAGES = f"""
import django, json, re
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from pages.models import SitePage
from tests.many import multiply
from tests.upgrade.staff import files
from newsroom.models import LoadedItem
files()
page = SitePage.objects.get(pk=LoadedItem.objects.get(key="pages/youth-guarantee").object_id)
multiply(page.specific, {PAGES} - SitePage.objects.count())
call_command("rebuild_search", "--missing", verbosity=0)
call_command("rebuild_standing", "--missing", verbosity=0)
"""
ADDRESSES = """
import django, json, re
django.setup()
from django.test import Client
from delivery.published import machine_paths, page_paths
client = Client(SERVER_NAME="localhost")
wanted = []
lost = [f"/{code}/niets-{number}/" for code in ("nl", "fr", "en") for number in range(30)]
paths = [*page_paths(), *machine_paths(), *lost]
for path in paths:
    answer = client.get(path)
    content = answer.getvalue()
    title = re.search(rb"<title>(.*?)</title>", content, re.DOTALL)
    language = re.search("^/(nl|fr|en)/", path)
    is_lost = "/niets-" in path
    is_upload = path.startswith(("/media/", "/documents/"))
    leads_on = answer.status_code in {301, 302}
    wanted.append({
        "path": path,
        "kind": "redirect" if leads_on else "not found" if is_lost else "page" if title else "upload" if is_upload else "file",
        "statuses": [answer.status_code] + ([200] if leads_on else []),
        "type": answer["Content-Type"].partition(";")[0],
        "language": language and language[1] if not is_lost else None,
        "title": title[1].decode() if title and not is_lost else None,
    })
    if title:
        uploads = {one.decode() for one in re.findall(rb'/(?:media|documents)/[^"\\s<>]+', content)}
        paths += sorted(uploads - set(paths))
uploads = [one for one in wanted if one["kind"] == "upload"]
print(json.dumps(wanted + 5 * uploads))  # pages are many more
"""


class WholeSite:
    """All parts, and the readers."""

    def __init__(self, folder, stack):
        (folder / "memory").mkdir()
        (folder / "disk").mkdir()
        self.folder = folder / "disk"
        self.has_own_disk = mount(self.folder, stack)
        for name in ("static", "nginx"):
            (self.folder / name).mkdir()
        (self.folder / "nginx" / "cache").symlink_to(folder / "memory")
        folder = self.folder
        self.database = Database(stack.enter_context(folder_for_postgres()))
        stack.callback(self.database.cluster.stop)
        write_dump(migrated_database(), folder / "dump")
        subprocess.run(restoring(folder / "dump", f"--dbname={self.database.url}"), check=True)
        self.redis = Redis(folder)
        stack.callback(self.redis.kill)
        self.storage = Storage()
        stack.callback(self.storage.stop)
        self.port = free_port()
        self.environment = production_environment(self.port, self.database.url, self.redis.url, self.storage, folder)
        self.release = self.new_release("first")
        stack.callback(lambda: self.release.stop())
        self.release.start()
        self.release.wait()
        self.release.run("-c", MANY_PAGES)
        addresses = json.loads(self.release.run("-c", ADDRESSES))
        (folder / "addresses.json").write_text(json.dumps(addresses))
        self.release.run("manage.py", "write_copy", str(folder / "copy"))
        self.nginx = WebServer(folder / "nginx", self.port, folder / "static", folder / "copy")
        self.nginx.start()
        stack.callback(self.nginx.stop)

    def new_release(self, name):
        return Release(self.folder / name, self.environment, self.folder / "static", self.port)

    def without_database(self):
        self.database.stop()
        stay(LONG)
        self.database.start()

    def without_connections(self):
        with self.database.out_of_connections():
            stay(SHORT)

    def killed(self):
        self.release.kill()
        self.release.start()
        self.release.wait()

    def without_application(self):
        self.release.stop()
        stay(LONG)
        self.release.start()
        self.release.wait()

    def reloaded(self):
        for _ in range(5):
            self.release.reload()

    def without_redis(self):
        self.redis.kill()
        stay(SHORT)
        self.redis.start()

    def without_storage(self):
        self.storage.stop()
        stay(SHORT)
        self.storage.start()

    def without_space(self):
        """Fill the disk. PostgreSQL has another here, and what nginx keeps is in memory, as docs/operations.md says.

        The copy cannot be written then, and stays as it is.
        """
        filler = self.folder / "filler"
        with suppress(OSError), filler.open("wb") as file:
            while True:
                file.write(bytes(2**20))
        output = self.release.run("manage.py", "write_copy", str(self.folder / "copy"), code=1)
        assert "No space left" in output and "Traceback" not in output
        stay(SHORT)
        filler.unlink()

    def released(self):
        """Replace the release by one with another style sheet, as an operator does: stop, start, write the copy."""
        after = self.new_release("second")
        with (after.checkout / "static/css/parts/tokens.css").open("a") as sheet:
            sheet.write(":root { --of-the-second-release: 1; }")
        self.release.stop()
        self.release = after
        self.release.start()
        self.release.wait()
        self.release.run("manage.py", "write_copy", str(self.folder / "copy"))

    def without_both(self):
        self.database.stop()
        self.release.kill()
        stay(SHORT)
        self.database.start()
        self.release.start()
        self.release.wait()

    @contextmanager
    def readers(self, seen):
        """Let readers ask while the block lasts, and until there were enough requests; `seen` is filled with what they saw."""
        result = self.folder / "seen.json"
        command = [sys.executable, "-m", "tests.chaos.readers", str(self.nginx.port), self.folder / "addresses.json", result]
        process = subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, text=True)
        least = 0
        try:
            yield
            least = LEAST
        finally:
            try:
                process.communicate(f"{least}\n", timeout=600)
                seen.update(json.loads(result.read_text()))
            finally:
                process.kill()
                process.wait()


def mount(folder, stack):
    """Give a folder a disk of its own that can be filled, and say whether it has one: only root can."""
    command = ["mount", "-t", "tmpfs", "-o", "size=1g,mode=755", "tmpfs", folder]
    is_mounted = os.geteuid() == 0 and subprocess.run(command, capture_output=True).returncode == 0
    if is_mounted:
        stack.callback(subprocess.run, ["umount", "--lazy", folder], check=True)
    return is_mounted


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    need_nginx()
    need_redis()
    with ExitStack() as stack:
        yield WholeSite(tmp_path_factory.mktemp("chaos"), stack)


@pytest.mark.sweep
def test_nobody_notices_what_fails(site):
    log, seen = [], {}

    def tell(what):
        log.append((time.time(), what))

    try:
        with site.readers(seen):
            for what, fail in faults(site):
                tell(what)
                fail()
            tell("all is well")
    finally:  # what readers saw says more than what did not start
        print(json.dumps(seen["answers"]), f"slowest answer: {seen['slowest']:.1f} s", sep="\n")
        print(*(f"{at - log[0][0]:.0f} s: {what}" for at, what in log), sep="\n")
        print(*(describe(fault, log) for fault in seen["faults"]), sep="\n")
    assert seen["number of faults"] == 0
    assert sum(seen["answers"].values()) >= LEAST and seen["answers"]["upload"] > LEAST / 100
    assert len([name for name in seen["style sheets"] if re.search(r"/site\.", name)]) == 2  # of both releases


def faults(site):
    """Yield what happens, and how; each ends with all parts up again."""
    yield "all is well", lambda: stay(5)
    yield "PostgreSQL restarts", site.database.restart
    yield "PostgreSQL is killed", site.database.kill
    yield "PostgreSQL is away", site.without_database
    yield "PostgreSQL has no connections left", site.without_connections
    yield "gunicorn is killed", site.killed
    yield "gunicorn is away", site.without_application
    yield "gunicorn reloads five times", site.reloaded
    yield "Redis is away", site.without_redis
    yield "the storage of uploads is away", site.without_storage
    if site.has_own_disk:
        yield "the disk is full", site.without_space
    yield "a release with another style sheet", site.released
    yield "PostgreSQL and gunicorn are away", site.without_both


def stay(seconds):
    """Let time pass, for which something is away."""
    Event().wait(seconds)


def describe(fault, log):
    """Return a line about what a reader saw, and what was going on."""
    at, what = max((entry for entry in log if entry[0] <= fault["at"]), default=(fault["at"], "before"))
    return f"{what} + {fault['at'] - at:.1f} s: {fault['path']}: {fault['fault']}"
