"""A database as migrations make it, from which each process of the tests copies its own: to migrate takes twenty times as long.

It stays beside the others until a migration or a requirement changes.
"""

import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings

from tests.databases import address_of, connect, drop_database

LOCK = 4_107_292_002  # any number that nothing else takes as an advisory lock of the database `postgres`


def migrated_database():
    """Return the name of the database; the first of several processes makes it, and the others wait."""
    name = f"test_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}_migrated"
    with connect() as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [LOCK])  # until the connection is closed
        comment = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
        if connection.execute(comment, [name]).fetchone() != (digest(),):
            make(name, connection)
    return name


def make(name, connection):
    draft = f"{name}_draft"  # it gets its name when it is complete
    for old in (name, draft):
        drop_database(connection, old)
    connection.execute(f"CREATE DATABASE {draft}")
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0", "--skip-checks"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=os.environ | {"DATABASE_URL": address_of(draft)}, check=True)
    connection.execute(f"COMMENT ON DATABASE {draft} IS '{digest()}'")
    connection.execute(f"ALTER DATABASE {draft} RENAME TO {name}")


def digest():
    """Return a digest of all that has a say in what migrations make."""
    files = [settings.BASE_DIR / "requirements-dev.txt"]
    for app in apps.get_app_configs():
        files += sorted(Path(app.path, "migrations").glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()
