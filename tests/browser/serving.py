"""The real site for a browser: gunicorn with production settings before a database of its own."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings

from tests.building import PASSWORD
from tests.databases import address_of, connect, drop_database
from tests.migrated import migrated_database
from tests.ports import free_port

# In one process, as `make run` does it: loading Django costs as much as most of these.
PREPARE = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "actiris_site.settings"
django.setup()
from django.core.management import call_command
call_command("collectstatic", verbosity=0, interactive=False)
call_command("prepare_site")
from tests.browser import more_pages, more_people
more_pages.add()
more_people.add()
"""
SECRET_KEY = "only-for-tests" * 4
MEDIA = tempfile.TemporaryDirectory(prefix="browser-media-")  # what is uploaded goes with the process
NOWHERE = "postgres://nobody@127.0.0.1:9/nothing"  # port 9 discards: nothing listens there
# What the processes of one run share: a prepared site, of which each gets a copy.
RUN = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
PREPARED = f"browser_prepared_{RUN}"
PREPARED_MEDIA = Path(tempfile.gettempdir()) / PREPARED


@contextmanager
def database(purpose="browser"):
    """Make a database with the starting content beside the one of the tests; yield its address, and drop it in the end."""
    name = f"{purpose}_{os.getpid()}"
    with connect() as connection:
        prepare(connection)
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {PREPARED}")
        shutil.copytree(PREPARED_MEDIA, MEDIA.name, dirs_exist_ok=True)
        try:
            yield address_of(name)
        finally:
            drop_database(connection, name)


def prepare(connection):
    """Make what is `PREPARED`, unless another process of this run did, and collect the static files, which all share."""
    with (Path(tempfile.gettempdir()) / f"browser-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [PREPARED]).fetchone():
            return
        draft = f"{PREPARED}_draft"  # it gets its name when it is complete
        connection.execute(f"CREATE DATABASE {draft} TEMPLATE {migrated_database()}")
        try:
            own = environment(address_of(draft), media=PREPARED_MEDIA)
            subprocess.run(
                [sys.executable, "-c", PREPARE], cwd=settings.BASE_DIR, env=own, check=True, stdout=subprocess.DEVNULL
            )
            connection.execute(f"ALTER DATABASE {draft} RENAME TO {PREPARED}")
        finally:
            drop_database(connection, draft)


def forget_prepared():
    """Take away what `prepare` made, once all processes of the run have ended."""
    if PREPARED_MEDIA.exists():
        with connect() as connection:
            drop_database(connection, PREPARED)
        shutil.rmtree(PREPARED_MEDIA)


@contextmanager
def serve_site(address, checkout=settings.BASE_DIR, started=None, **more):
    """Serve the site from the database at `address`; yield the site's own address. `more` are settings of its environment.

    The process goes into the list `started`, for whoever wants to kill it.
    """
    port = free_port()
    site = f"http://127.0.0.1:{port}"
    gunicorn = [sys.executable, "-m", "gunicorn", "actiris_site.wsgi", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    server = subprocess.Popen(gunicorn, cwd=checkout, env=environment(address, site) | more, stderr=subprocess.DEVNULL)
    if started is not None:
        started.append(server)
    try:
        wait_until_it_answers(site, server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def environment(address, site="http://127.0.0.1", media=MEDIA.name):
    return os.environ | {
        "ENVIRONMENT": "production",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SITE_URL": site,
        "DATABASE_URL": address,
        "MEDIA_ROOT": f"{media}/media",
        # Wagtail keeps there where a picture's sizes are: what an earlier run kept would lead to files that are gone.
        "CACHE_URL": f"filecache://{media}/cache",
        "STRINGS_ROOT": f"{media}/strings",
        "SERVE_MEDIA": "true",
        "CONTACT_EMAIL": "contact@example.org",
        "STAFF_PASSWORD": PASSWORD,
        "SECOND_FACTOR_REQUIRED": "false",
    }


def wait_until_it_answers(site, server):
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        try:
            with urlopen(f"{site}/healthz", timeout=5):
                return
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise AssertionError("The site did not start.")
