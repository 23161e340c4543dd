"""Databases as migrations make them, of which tests get copies: to migrate takes twenty times as long.

They stay beside the others until a migration or a requirement changes.
"""

import lzma
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.apps import apps
from django.conf import settings

from tests.databases import address_of, connect, drop_database

LOCK = 4_107_292_002  # any number that nothing else takes as an advisory lock of the database `postgres`
RELEASE = Path(__file__).parent / "upgrade" / "database.sql.xz"


def migrated_database():
    """Return the name of an empty database, migrated. The first of several processes makes it, and the others wait."""
    return ready_database("migrated")


def upgraded_database():
    """Return the name of a database with the site of the last release, migrated; made as the empty one is."""
    return ready_database("upgraded", RELEASE)


def ready_database(name, dump=None):
    """Return the name of a database with what `dump` holds, a compressed file of SQL, as migrations leave it."""
    name = f"test_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}_{name}"
    wanted = digest(dump)
    with connect() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until the connection is closed
        comment = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if connection.execute(comment, [name]).fetchone() != (wanted,):
            make(name, dump, wanted, connection)
    return name


def make(name, dump, comment, connection):
    draft = f"{name}_draft"  # it gets its name when it is complete
    for old in (name, draft):
        drop_database(connection, old)
    connection.execute(f"CREATE DATABASE {draft}")
    if dump:
        with psycopg.connect(address_of(draft), autocommit=True) as own:
            own.execute(lzma.decompress(dump.read_bytes()).decode())
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    own = {"DATABASE_URL": address_of(draft), "DJANGO_SETTINGS_MODULE": "actiris_site.settings"}
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=os.environ | own, check=True)
    connection.execute(f"COMMENT ON DATABASE {draft} IS '{comment}'")
    connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")


def digest(dump):
    """Return a digest of all that has a say in what migrations make of a dump."""
    files = [settings.BASE_DIR / "requirements-dev.txt", *([dump] if dump else [])]
    for app in apps.get_app_configs():
        if app.name.startswith("tests."):  # which only a benchmark has
            continue
        files += sorted(Path(app.path, "migrations").glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
