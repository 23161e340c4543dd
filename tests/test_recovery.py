"""Back to the minute before an accident, as docs/operations.md says: with its lines of configuration, on the data of a site."""

import lzma
import re
import shutil
import tempfile
from pathlib import Path

import psycopg
import pytest

from deploy.cluster import Cluster
from deploy.cluster_files import account_for_root
from tests.migrated import RELEASE
from tests.servers import CHECKOUT, wait_for

pytestmark = pytest.mark.sweep
TEXT = (CHECKOUT / "docs" / "operations.md").read_text()
ARCHIVING = re.search(r"(?:^    archive_.*\n)+", TEXT, re.MULTILINE)[0].replace("    ", "")
RECOVERY = re.search(r"<<END\n((?:    re\w+ = .*\n)+)    END\n    touch recovery\.signal", TEXT)[1].replace("    ", "")
TIDYING = re.search(r"psql --command '(ALTER SYSTEM .*)'", TEXT)[1]


class Server:
    """A PostgreSQL that archives what it writes, as the text says, in a folder of its own."""

    def __init__(self, folder):
        self.cluster = Cluster(folder, account_for_root())
        self.data, self.wal, self.base, self.socket = (folder / name for name in ("data", "wal", "base", "socket"))
        self.old = folder / "old"
        for made in (self.wal, self.socket):
            made.mkdir()
            self.cluster.make_private(made)
        self.cluster.initialise()
        (self.data / "pg_hba.conf").write_text("local all all trust\nlocal replication all trust\n")  # the folder is private
        self.configure("postgresql.conf", ARCHIVING)
        self.configure("postgresql.conf", f"listen_addresses = ''\nunix_socket_directories = '{self.socket}'\n")

    def configure(self, name, lines):
        with (self.data / name).open("a") as file:
            file.write(lines.replace("/srv/wal", str(self.wal)).replace("/srv/old", str(self.old)))

    def start(self):
        self.cluster.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.data / "server.log")

    def stop(self, mode):
        self.cluster.run("pg_ctl", "stop", "-w", "-m", mode, "-D", self.data)

    def ask(self, statement, database="site"):
        how = {"autocommit": True, "options": "-c synchronous_commit=on"}  # what is lost at a crash is what is asked here
        with psycopg.connect(host=str(self.socket), user="postgres", dbname=database, **how) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None

    def copy(self):
        """Copy all, and see that it is whole."""
        self.base.mkdir()
        self.cluster.make_private(self.base)
        connection = ["--host", self.socket, "--username", "postgres"]
        self.cluster.run("pg_basebackup", *connection, "--pgdata", self.base, "--checkpoint", "fast", "--wal-method", "stream")
        self.cluster.run("pg_verifybackup", self.base)

    def archive(self):
        """Wait until all that was written so far is archived."""
        file = self.ask("SELECT pg_walfile_name(pg_switch_wal())")
        wait_for(lambda: (self.wal / file).exists())

    def recover(self, moment):
        """Put the copy in the place of the data, and go on from there to a moment."""
        self.base.rename(self.data)
        self.configure("postgresql.auto.conf", re.sub(r"(?<=recovery_target_time = ).*", f"'{moment}'", RECOVERY))
        (self.data / "recovery.signal").touch()
        self.start()
        wait_for(lambda: not self.ask("SELECT pg_is_in_recovery()"), seconds=60)


@pytest.fixture
def server():
    folder = Path(tempfile.mkdtemp(prefix="recovery-", dir="/var/tmp"))
    folder.chmod(0o755)  # the account of PostgreSQL has to reach what is its own
    server = Server(folder)
    server.start()
    yield server
    server.stop("immediate")
    shutil.rmtree(folder)


def test_what_was_published_is_there_and_the_accident_a_moment_later_is_not(server):
    server.ask("CREATE ROLE actiris", "postgres")
    server.ask("CREATE DATABASE site", "postgres")
    server.ask(lzma.decompress(RELEASE.read_bytes()).decode())
    pages = server.ask("SELECT count(*) FROM wagtailcore_page")
    server.copy()
    server.ask("UPDATE wagtailcore_page SET title = 'published this morning' WHERE depth = 2")
    server.archive()
    assert server.ask("SELECT last_failed_time FROM pg_stat_archiver") is None
    server.ask("UPDATE wagtailcore_page SET title = 'published this afternoon' WHERE depth = 2")  # not archived any more
    moment = server.ask("SELECT clock_timestamp()::text")
    server.ask("TRUNCATE wagtailcore_page CASCADE")
    assert server.ask("SELECT count(*) FROM wagtailcore_page") == 0
    server.stop("immediate")
    server.data.rename(server.old)
    server.recover(moment)
    assert server.ask("SELECT count(*) FROM wagtailcore_page") == pages > 20
    assert server.ask("SELECT title FROM wagtailcore_page WHERE depth = 2") == "published this afternoon"
    assert "archive_timeout = 300" in ARCHIVING and server.ask("SHOW archive_timeout") == "5min"


def test_a_server_that_follows_a_recovered_one_does_not_end_at_the_minute_of_that_recovery(server):
    server.ask("CREATE DATABASE site", "postgres")
    server.copy()
    moment = server.ask("SELECT clock_timestamp()::text")
    server.ask("CREATE TABLE accident ()")
    server.stop("immediate")
    server.data.rename(server.old)
    server.recover(moment)
    assert server.ask("SELECT to_regclass('accident')") is None
    server.ask(TIDYING)
    server.copy()
    assert "recovery_target" not in (server.base / "postgresql.auto.conf").read_text()
