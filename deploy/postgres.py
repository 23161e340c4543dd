"""Run a command beside a PostgreSQL of this checkout: `python -m deploy.postgres COMMAND ARGUMENTS...`

Where DATABASE_URL is set, the command simply runs with it. Otherwise the server of `deploy.cluster` is started,
DATABASE_URL leads to it, and it is stopped when the last command that uses it has ended. For development and tests
only. `python -m deploy.postgres --status` says what there is, and starts nothing.
"""

import fcntl
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

from deploy.cluster import Cluster
from deploy.cluster_files import STATE, PostgresError, account_for_root, existing_folder, new_folder


@contextmanager
def startup_lock():
    """Hold the lock under which servers start and stop; the kernel drops it when its holder dies."""
    with (STATE / "postgres.lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def cluster_in_use():
    """Yield the running server. Its first user starts it, its last one stops it.

    Users are counted by a shared lock, which a crash gives back too.
    """
    STATE.mkdir(exist_ok=True)
    with (STATE / "postgres.users").open("a") as users:
        with startup_lock():
            account = account_for_root()
            cluster = Cluster(existing_folder() or new_folder(account), account)
            fcntl.flock(users, fcntl.LOCK_SH)
            try:
                cluster.start()
                cluster.make_database()
            except BaseException:
                stop_if_last(cluster, users)
                raise
        try:
            yield cluster
        finally:
            with startup_lock():
                stop_if_last(cluster, users)


def stop_if_last(cluster, users):
    """Stop the server unless another process holds the shared lock on the file `users`."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    cluster.stop()


class Signals:
    """Hands signals on to the command, so that the launcher outlives it and can clear up."""

    def __init__(self):
        self.command = None
        self.received = None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.receive)

    def receive(self, number, frame):
        """Remember the signal and pass it on, except a Ctrl-C, which the terminal gives to the command itself."""
        self.received = number
        if self.command and not (number == signal.SIGINT and in_foreground()):
            self.command.send_signal(number)


def in_foreground():
    """Say whether a terminal's Ctrl-C reaches this process and its children alike."""
    try:
        with Path("/dev/tty").open() as terminal:
            return os.tcgetpgrp(terminal.fileno()) == os.getpgrp()
    except OSError:
        return False


def run_beside_cluster(arguments):
    """Run the command with DATABASE_URL set, and return its exit code as a shell would."""
    signals = Signals()
    with cluster_in_use() as cluster:
        if signals.received:
            return 128 + signals.received
        signals.command = subprocess.Popen(arguments, env=os.environ | {"DATABASE_URL": cluster.url()})
        if signals.received:  # it came between the two lines above
            signals.command.send_signal(signals.received)
        code = signals.command.wait()
    return 128 - code if code < 0 else code


def status():
    """Print where the server's files are and whether it runs; the exit code says so too."""
    folder = existing_folder()
    if not folder:
        print("There is no PostgreSQL of this checkout yet.")
        return 1
    cluster = Cluster(folder)
    lines = cluster.pid_file()
    print(f"Files: {folder}")
    print(f"Runs as process {lines[0]}: {cluster.url()}" if lines else "Does not run.")
    return 0 if lines else 1


def main(arguments):
    """Do what the command line asks for, and return the exit code."""
    if not arguments:
        print("Usage: python -m deploy.postgres COMMAND ARGUMENTS... | --status", file=sys.stderr)
        return 2
    try:
        if arguments == ["--status"]:
            return status()
        if os.environ.get("DATABASE_URL"):
            os.execvp(arguments[0], arguments)
        return run_beside_cluster(arguments)
    except PostgresError as error:
        print(error, file=sys.stderr)
    except PermissionError as error:
        if error.filename == next(iter(arguments), None):  # a folder of PATH was in the way of looking for it
            print(f"There is no {error.filename}. Not every folder of PATH may be read.", file=sys.stderr)
            return 1
        print(f"{error.filename} belongs to another user: work as that user, or remove {STATE}.", file=sys.stderr)
    except FileNotFoundError as error:
        print(f"There is no {error.filename}.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
