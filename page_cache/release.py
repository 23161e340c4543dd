"""What the site is made of beside the database: of another release, or other settings, answers are others."""

import json
import os
from functools import cache
from hashlib import blake2s
from pathlib import Path

from django.apps import apps as django_apps
from django.conf import settings

KINDS = {".py", ".html", ".svg", ".txt", ".xml", ".mo"}  # of files that rendering reads
UNSEEN = {"DATABASES", "CACHES", "LOGGING", "SECRET_KEY"}


@cache
def release():
    """Return a digest of the code, the templates, the catalogues and the settings: the same on all hosts of a release."""
    digest = blake2s(digest_size=8)
    for path in sorted(release_files()):
        digest.update(f"{os.path.relpath(path, settings.BASE_DIR)}\0".encode() + path.read_bytes())
    values = {name: getattr(settings, name) for name in dir(settings) if name.isupper() and name not in UNSEEN}
    digest.update(json.dumps(values, sort_keys=True, skipkeys=True, default=lambda value: type(value).__name__).encode())
    return digest.hexdigest()


def release_files():
    """Yield what makes a release: code, templates, catalogues, what is installed, and the names of the static files."""
    apps = [Path(config.path) for config in django_apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR]
    for folder in (*apps, settings.BASE_DIR / "actiris_site", settings.BASE_DIR / "templates", settings.BASE_DIR / "locale"):
        yield from (path for path in folder.rglob("*") if path.suffix in KINDS)
    yield settings.BASE_DIR / "requirements.txt"
    if (names := Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        yield names
