"""Where the files of this checkout's PostgreSQL are, and which account owns them.

As root they lie outside of the checkout, since PostgreSQL refuses to run as root and the account that runs it instead may not
reach a folder of root's. No permission of anything is changed that was not made here.
"""

import json
import os
import pwd
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
STATE = CHECKOUT / ".data"
DATABASE = "actiris"  # the name of the database and of its owner, who is no superuser, as in production
# PostgreSQL refuses to run as root. An account that exists already and can do little runs it then.
UNPRIVILEGED = ("postgres", "nobody")
PLACES_FOR_ROOT = ("/var/lib", "/var/tmp")  # noqa: S108 -- the folder in it gets a name that nobody can foresee


class PostgresError(Exception):
    """The server cannot be had; the message tells a developer what to do."""


def read_json(path):
    """Return what a JSON file holds, or an empty dictionary where there is none that can be read."""
    try:
        return json.loads(path.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def write_json(path, **values):
    """Write `values` in one step, so that an interruption leaves the old file or the new one."""
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(values, indent=2) + "\n")
    draft.replace(path)


def existing_folder():
    """Return the folder of the server's files, or None where none was made yet for this checkout and this user."""
    if os.geteuid() != 0:
        folder = STATE / "postgres"
    else:
        record = read_json(STATE / "postgres.json")
        folder = Path(record["folder"]) if record.get("checkout") == str(CHECKOUT) else None
    return folder if folder and folder.is_dir() else None


def new_folder(account):
    """Make the folder of the server's files and return it.

    As root it lies where others may enter, since no permission of an existing folder is changed, and is recorded. It is
    root's, as are the programs in it; only the data are the account's. So root never writes where another user could
    have laid a symbolic link, and the server cannot change its own programs.
    """
    if not account:
        folder = STATE / "postgres"
        folder.mkdir(mode=0o700)
        return folder
    old = read_json(STATE / "postgres.json").get("folder")
    if old and Path(old).is_dir():
        print(f"This checkout was copied or moved, so it gets a new database. The old one is in {old}.")
    name = f"{DATABASE}-{sha256(str(CHECKOUT).encode()).hexdigest()[:8]}-"
    for place in map(Path, PLACES_FOR_ROOT):
        if os.access(place, os.W_OK) and all(folder.stat().st_mode & 0o001 for folder in (place, *place.parents)):
            folder = Path(tempfile.mkdtemp(prefix=name, dir=place))
            os.chown(folder, 0, account.pw_gid)
            folder.chmod(0o750)
            write_json(STATE / "postgres.json", checkout=str(CHECKOUT), folder=str(folder))
            return folder
    raise PostgresError(f"Root can make no folder for PostgreSQL in {' or '.join(PLACES_FOR_ROOT)}. Set DATABASE_URL.")


def account_for_root():
    """Return the account that runs PostgreSQL where root asks for it, and None where anybody else does."""
    if os.geteuid() != 0:
        return None
    for name in UNPRIVILEGED:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresError(
        "PostgreSQL does not run as root, and this machine has no user 'postgres' or 'nobody'. "
        "Work as an ordinary user, or set DATABASE_URL."
    )


def copy_programs(source, target):
    """Copy PostgreSQL's programs and the libraries beside them, readable whatever the umask."""
    draft = target.with_name(f"{target.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    unneeded = shutil.ignore_patterns("include", "*.a", "*.py", "__pycache__")
    for folder in (source, source.with_name(f"{source.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, draft / folder.name, ignore=unneeded)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    draft.rename(target)
