"""The parts of the whole site, each of which can be stopped, killed and started by itself, as on a real machine."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import psycopg
from moto.server import ThreadedMotoServer

from deploy.cluster import Cluster
from deploy.cluster_files import account_for_root
from tests.buckets import client_of, connection_to
from tests.ports import free_port, is_free
from tests.servers import copy_of_the_checkout, wait_for

BUCKET = "uploads"
SECONDS_TO_START = 240


class Database:
    """A PostgreSQL of its own."""

    def __init__(self, folder):
        self.cluster = Cluster(folder, account_for_root())
        self.cluster.start()
        self.cluster.make_database()
        self.url = self.cluster.url()
        # How `Cluster` started it, as it would listen elsewhere the next time.
        self.options = " ".join(re.findall(r'"([^"]*)"', (self.data / "postmaster.opts").read_text())[2:])

    @property
    def data(self):
        return self.cluster.data

    def control(self, *arguments):
        self.cluster.run("pg_ctl", *arguments, "-w", "-D", self.data)

    def restart(self):
        self.control("restart", "-m", "fast", "-l", self.cluster.log)

    def kill(self):
        """Kill it as a machine does that loses its power, and start it again: it recovers from its log."""
        lines = self.cluster.pid_file()
        os.kill(int(lines[0]), signal.SIGKILL)
        wait_for(lambda: not self.has_processes())
        # What a machine has lost after that; here a process that nobody has waited for would count as one that runs.
        self.cluster.pid_file()
        (Path(lines[4]) / f".s.PGSQL.{lines[3]}.lock").unlink(missing_ok=True)
        self.start()

    def has_processes(self):
        """Say whether any process still works in its folder; it does not start while one does."""
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (process / "cwd").resolve() == self.data.resolve() and (process / "stat").read_text().split()[2] != "Z":
                    return True
        return False

    def stop(self):
        self.control("stop", "-m", "immediate")

    def start(self):
        self.control("start", "-l", self.cluster.log, "-o", self.options)

    @contextmanager
    def out_of_connections(self):
        """Take all connections that the site's account can have while the block lasts."""
        taken = []
        try:
            while True:
                try:
                    taken.append(psycopg.connect(self.url))
                except psycopg.OperationalError:
                    if len(taken) > 50:  # else it is the site that has them
                        break
                    self.end_connections(but=taken)
            self.end_connections(but=taken)
            with suppress(psycopg.OperationalError):
                while True:
                    taken.append(psycopg.connect(self.url))
            yield
        finally:
            for connection in taken:
                connection.close()

    def end_connections(self, but=()):
        """End the connections of everybody else."""
        own = [connection.info.backend_pid for connection in but]
        with psycopg.connect(self.cluster.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 2000) FROM pg_stat_activity WHERE datname = 'actiris' AND NOT pid = ANY(%s)",
                [own],
            )


class Storage:
    """A storage of uploads that speaks S3, in a thread: what it holds is there from the moment it answers again."""

    def __init__(self):
        self.port = free_port()
        self.start()
        client_of(connection_to(self.port)).create_bucket(
            Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )

    def settings(self):
        """Return the settings of a site whose uploads lie there."""
        return {"MEDIA_BUCKET": BUCKET} | {f"MEDIA_{name.upper()}": value for name, value in connection_to(self.port).items()}

    def start(self):
        self.server = ThreadedMotoServer("127.0.0.1", self.port, verbose=False)
        self.server.start()

    def stop(self):
        self.server.stop()


class Release:
    """A checkout that serves the site as systemd would: `deploy.serve`, which becomes gunicorn."""

    def __init__(self, folder, environment, static, port):
        self.checkout, self.environment, self.port = copy_of_the_checkout(folder), environment, port
        (self.checkout / "staticfiles").symlink_to(static)
        self.log = (folder / "output").open("w")
        self.process = None

    def run(self, *arguments, code=0):
        """Run a Python program with the settings of the site, and return what it says; it must end with this code."""
        done = subprocess.run(
            [sys.executable, *arguments], cwd=self.checkout, env=self.environment, capture_output=True, text=True, timeout=300
        )
        assert done.returncode == code, done.stderr[-3000:]
        return done.stdout + (done.stderr if code else "")

    def start(self):
        """Start it, and return at once."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "deploy.serve"], cwd=self.checkout, env=self.environment, stdout=self.log, stderr=self.log
        )

    def wait(self):
        """Wait until it answers."""
        wait_for(lambda: self.process.poll() is not None or self.is_up(), seconds=SECONDS_TO_START)
        assert self.process.poll() is None, (self.checkout / "output").read_text()[-3000:]

    def is_up(self):
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def workers(self):
        """Return the processes that gunicorn has started."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return {int(number) for number in path.read_text().split()}

    def reload(self):
        """Let gunicorn replace its workers, and wait until it has."""
        before = self.workers()
        self.process.send_signal(signal.SIGHUP)
        wait_for(lambda: not before & self.workers() and self.workers() and self.is_up(), seconds=60)

    def kill(self):
        """Kill all its processes at once."""
        for number in (self.process.pid, *self.workers()):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()
        wait_for(lambda: is_free(self.port))  # the last of them may die a moment later

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.kill()


def production_environment(port, database, cache, storage, folder):
    """Return the settings of a production site whose files are below a folder, and its uploads in a storage."""
    own = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return own | {
        "DJANGO_SETTINGS_MODULE": "actiris_site.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "PORT": str(port),
        "DATABASE_URL": database,
        "CACHE_URL": cache,
        **storage.settings(),
        "STRINGS_ROOT": str(folder / "strings"),
        "COPY_ROOT": str(folder / "copy"),
        "TRUSTED_PROXIES": "1",
        "WEB_CONCURRENCY": "2",
    }


@contextmanager
def folder_for_postgres():
    """Return a new folder for a `Database`, where the account that runs it may enter; it is removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix="chaos-", dir="/var/tmp"))
    if account := account_for_root():
        os.chown(folder, 0, account.pw_gid)
        folder.chmod(0o750)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
