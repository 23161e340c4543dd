"""What the site is made of beside the database: of another release, or other settings, answers are others."""

import json
import os
from functools import cache
from hashlib import blake2s

from django.conf import settings

KINDS = {".py", ".html", ".svg", ".txt", ".xml", ".json", ".mo"}  # of files that rendering reads
UNSEEN = {"DATABASES", "CACHE", "CACHES", "STORAGES", "LOG_FORMAT", "LOGGING", "METRICS_TOKEN", "SENTRY_DSN", "SECRET_KEY"}


@cache
def release():
    """Return a digest of the code, the templates, the catalogues and the settings: the same on all hosts of a release.

    Asked first as a process starts (`page_cache.apps`), so that it is that of the code that the process has.
    """
    digest = blake2s(digest_size=8)
    for path in sorted(release_files()):
        digest.update(f"{os.path.relpath(path, settings.BASE_DIR)}\0".encode() + path.read_bytes())
    values = {name: getattr(settings, name) for name in dir(settings) if name.isupper() and name not in UNSEEN}
    digest.update(json.dumps(values, sort_keys=True, skipkeys=True, default=lambda value: type(value).__name__).encode())
    return digest.hexdigest()


def release_files():
    """Yield what makes a release: code, templates, catalogues, static files, and the list of what is installed."""
    packages = {path.parent for path in settings.BASE_DIR.glob("*/__init__.py")} - {settings.BASE_DIR / "tests"}
    for folder in (*packages, settings.BASE_DIR / "templates", settings.BASE_DIR / "locale"):
        yield from (path for path in folder.rglob("*") if path.suffix in KINDS and path.is_file())
    yield from (path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file())
    yield settings.BASE_DIR / "requirements.txt"
