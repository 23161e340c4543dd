"""A server of PostgreSQL and another one that follows it, both for one test."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

from deploy.cluster import Cluster
from deploy.cluster_files import DATABASE, account_for_root, existing_folder
from tests.databases import restoring, write_dump


class Server(Cluster):
    """A server in a folder of its own, which may be followed. It has the programs of the server of the tests."""

    def __init__(self):
        super().__init__(Path(tempfile.mkdtemp(prefix="replica-", dir="/var/tmp")), account_for_root())
        if self.account:
            os.chown(self.folder, 0, self.account.pw_gid)
            self.folder.chmod(0o750)

    def programs(self):
        folder = existing_folder()
        return Cluster(folder, self.account).programs() if folder else super().programs()

    def write_access_rules(self):
        super().write_access_rules()
        with (self.folder / "pg_hba.conf").open("a") as rules:
            rules.write("local replication all peer map=caller\n")
        if self.account:
            with (self.folder / "pg_ident.conf").open("a") as rules:
                rules.write(f'caller "{self.account.pw_name}" postgres\n')

    def url(self, user=DATABASE, database=DATABASE):
        """Return the address, also of one that follows another, which PostgreSQL does not call ready."""
        lines = self.pid_file()
        return f"postgres://{user}@/{database}?host={quote(lines[4])}&port={lines[3]}"

    def follow(self, primary):
        """Become a copy of another server, and follow it."""
        self.data.mkdir()
        self.make_private(self.data)
        lines = primary.pid_file()
        source = f"host={lines[4]} port={lines[3]} user=postgres dbname=postgres"
        self.run("pg_basebackup", "-D", self.data, "-R", "-X", "stream", "-c", "fast", "-d", source)
        with (self.data / "postgresql.auto.conf").open("a") as settings:
            settings.write("log_statement = 'all'\n")
        self.start()

    def count(self, word):
        """Return in how many lines of the log of statements a word stands."""
        return sum(word in line for line in self.log.read_text().splitlines())

    def ask(self, statement, database=DATABASE):
        """Ask as the one who may do everything."""
        with psycopg.connect(self.url("postgres", database), autocommit=True) as connection:
            return connection.execute(statement).fetchone()[0]

    def kill(self):
        os.kill(int(self.pid_file()[0]), signal.SIGQUIT)

    def remove(self):
        self.stop()
        self.forget()
        shutil.rmtree(self.folder)


@contextmanager
def followed_copy(address):
    """Copy a database to a server of its own, which another one follows; yield the two."""
    primary, replica = Server(), Server()
    try:
        primary.start()
        primary.make_database()
        dump = primary.folder / "dump"
        write_dump(urlsplit(address).path.strip("/"), dump)
        subprocess.run(restoring(dump, f"--dbname={primary.url()}"), check=True)
        replica.follow(primary)
        yield primary, replica
    finally:
        replica.remove()
        primary.remove()
