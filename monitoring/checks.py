"""System checks of the machine: what a site can run without at first, and somebody will miss later.

They are for deployments: `manage.py prepare_site`, `manage.py check --deploy` and each start of gunicorn make them. Each says
in one line what is wrong and what to do. Only what no site could work with is an error; all else leaves it running.
"""

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core import checks
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connections
from django.utils.module_loading import import_string

MACHINE = "machine"
COLLECTED = "collected"  # apart, as a start collects static files after all else
EXTENSIONS = ("unaccent", "pg_trgm")  # which the first migration of the search makes
TESTED_FROM = 15  # the oldest release of PostgreSQL that we say the site runs on


@checks.register(MACHINE, deploy=True)
def catalogues_are_compiled(app_configs=None, **kwargs):
    """Return a warning where a catalogue of ours is not compiled, or was changed since: what is missing is said in English."""
    sources = sorted(settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"))
    wrong = [path.relative_to(settings.BASE_DIR) for path in sources if not is_compiled(path)]
    if not wrong:
        return []
    message = f"Not compiled, or changed since: {', '.join(map(str, wrong))}. Run python -m deploy.catalogues."
    return [checks.Warning(message, id="monitoring.W001")]


def is_compiled(path):
    compiled = path.with_suffix(".mo")
    return compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime


@checks.register(MACHINE, deploy=True)
def folders_can_be_written(app_configs=None, **kwargs):
    """Return a warning for each folder of the settings into which this process cannot write."""
    return [
        checks.Warning(f"{what} cannot be written ({error.strerror}: {folder}). {missed}", id="monitoring.W002")
        for what, folder, missed in folders()
        if (error := refusal(Path(folder)))
    ]


def folders():
    """Yield what each folder is, its path, and what goes wrong where it cannot be written, with what to do."""
    owner = "Give the folder to the user that the site runs as."
    if isinstance(default_storage, FileSystemStorage):
        yield "The folder of uploads, MEDIA_ROOT,", default_storage.location, f"Nobody can upload anything. {owner}"
    yield "STRINGS_ROOT", settings.STRINGS_ROOT, f"What is edited of the interface is not shown. {owner}"
    places = {cache["LOCATION"] for cache in settings.CACHES.values() if is_in_files(cache)}
    for place in sorted(places):
        yield "A folder of CACHE_URL", place, f"Limits count nothing and pages are made anew each time. {owner}"


def is_in_files(cache):
    """Say of the settings of a cache whether it keeps files."""
    return issubclass(backend_of(cache), FileBasedCache)


def backend_of(cache):
    """Return the class of a cache by its settings; of the one within, where another goes on in its place when it fails."""
    return import_string(cache.get("OPTIONS", {}).get("OF", cache["BACKEND"]))


def refusal(folder):
    """Return the OSError that writing into a folder raises, or into the nearest above it that exists; None where there is none.

    The file has no name, and nothing is made that would belong to whoever runs the check.
    """
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x")
    except OSError as error:
        return error
    return None


@checks.register(MACHINE, deploy=True)
def number_of_proxies_is_possible(app_configs=None, **kwargs):
    """Return a warning where the number of proxies cannot be right. Whether it is, the addresses of visitors tell later."""
    if settings.TRUSTED_PROXIES < 0:
        message = "TRUSTED_PROXIES is below 0. Say how many proxies stand in front of the site."
    elif settings.SECURE_SSL_REDIRECT and not settings.TRUSTED_PROXIES:
        message = (
            "SITE_URL is https and TRUSTED_PROXIES is 0: nobody is believed that a visitor came by https, and all are sent "
            "there for ever. Set TRUSTED_PROXIES to the number of proxies in front (nginx alone is 1), or SITE_URL to http."
        )
    else:
        return []
    return [checks.Warning(message, id="monitoring.W003")]


@checks.register(MACHINE, deploy=True)
def caches_answer(app_configs=None, **kwargs):
    """Return a warning for each server of a cache that does not answer; those in files are looked at as folders."""
    warnings, asked = [], set()
    for name, cache in settings.CACHES.items():
        if issubclass(backend_of(cache), (FileBasedCache, DummyCache)) or str(cache.get("LOCATION")) in asked:
            continue
        asked.add(str(cache.get("LOCATION")))
        try:
            within = getattr(caches[name], "cache", caches[name])
            within.set("monitoring", "answers", 60)
            does_answer = within.get("monitoring") == "answers"
            error = "it forgets at once"
        except Exception as problem:  # each kind of cache fails in its own way
            does_answer, error = False, f"{type(problem).__name__}: {' '.join(str(problem).split())}"
        if not does_answer:
            message = f"The cache {name} does not answer ({error}). Start it, or mend CACHE_URL; the site goes on, slower."
            warnings.append(checks.Warning(message, id="monitoring.W004"))
    return warnings


@checks.register(MACHINE, checks.Tags.database, deploy=True)
def database_is_able(app_configs=None, databases=None, **kwargs):
    """Return an error for each extension that PostgreSQL cannot give, and a warning where it is older than what we test."""
    issues = []
    for connection in (connections[name] for name in databases or ()):
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM pg_available_extensions")
            available = {name for (name,) in cursor.fetchall()}
            release = connection.pg_version // 10_000
        for name in EXTENSIONS:
            if name not in available:
                message = f"PostgreSQL lacks the extension {name}, without which no search works. Install postgresql-contrib."
                issues.append(checks.Error(message, id="monitoring.E001"))
        if release < TESTED_FROM:
            message = f"PostgreSQL {release} is older than what the site is tested with. Move to {TESTED_FROM} or newer."
            issues.append(checks.Warning(message, id="monitoring.W005"))
    return issues


@checks.register(COLLECTED, deploy=True)
def static_files_are_collected(app_configs=None, **kwargs):
    """Return a warning where the list of collected static files is missing, without which no page can be shown."""
    if getattr(staticfiles_storage, "hashed_files", True):  # a storage without a list needs none
        return []
    message = f"{settings.STATIC_ROOT} has no list of static files: every page is an error. Run manage.py collectstatic."
    return [checks.Warning(message, id="monitoring.W006")]
