"""`make bench`: measure the budgets of the site and print the table. docs/benchmarks.md says what the figures mean."""

import argparse
import os
import platform
import secrets
import signal
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import servers, table
from tests.bench.measures import Effort, costs, rates, require_cached, stylesheet

FULL = Effort(rounds=3, seconds=1.5)
QUICK = Effort(rounds=1, seconds=0.5)
VISITORS_UNCACHED = 4  # one is served, the others wait: a worker never idles
VISITORS_CACHED = 16
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def options():
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--quick", action="store_true", help="half a second a figure: to see that it works")
    kinds.add_argument("--write", action="store_true", help="write the table into docs/benchmarks.md too")
    return parser.parse_args()


def stop(number, frame):
    """End by an exception, so that all is cleared up, and let no second Ctrl-C disturb that."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def say(text):
    print(text, file=sys.stderr, flush=True)


def production_settings(folder):
    """Return the environment of a production site whose files are all in `folder`."""
    return {
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "CACHE_URL": f"filecache://{folder}/cache",
        "MEDIA_ROOT": f"{folder}/media",
        "BENCH_STATIC_ROOT": f"{folder}/static",
    }


def measure(folder, effort):
    """Return the lines to print, with everything started for them stopped again."""
    os.environ.update(production_settings(folder))
    import django
    from django.db import connection

    django.setup()
    from django.test import Client

    from tests.bench.site import PAGES, site_of_many_pages

    with ExitStack() as stack:
        say("Making the database …")
        paths = stack.enter_context(site_of_many_pages())
        database = connection.settings_dict["NAME"]
        os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
        say("Measuring queries and CPU …")
        spent = costs(paths, effort)
        home = Client(SERVER_NAME="localhost").get(paths["home"]).content
        style = stylesheet(home, folder / "static")
        say("Measuring without a cache …")
        site = stack.enter_context(servers.gunicorn("actiris_site.wsgi:application", folder))
        with servers.gunicorn("tests.bench.bare:application", folder) as bare:
            targets = {name: (site, path) for name, path in paths.items()} | {table.BARE: (bare, "/")}
            uncached = rates(targets, VISITORS_UNCACHED, effort)
        cached = behind_nginx(site, paths, spent["home"].compressed, folder, effort) if servers.NGINX else {}
    lines = table.table(spent, uncached, cached)
    lines += ["", f"The style sheet: {style[0]:,} bytes, {style[1]:,} compressed."]
    lines += [] if cached else ["nginx is not installed: what is measured behind it is left out."]
    lines += [f"{PAGES:,} pages; {surroundings()}; median of {effort.rounds} x {effort.seconds:g} s a figure."]
    lines += ["", *(f"- Over budget: {one}" for one in table.over_budget(spent, style))]
    return "\n".join(lines).strip()


def behind_nginx(site, paths, size, folder, effort):
    """Return the answers per second of nginx's cache, and of a file of `size` bytes that it serves as it is."""
    say("Measuring behind nginx …")
    static = folder / "files"
    static.mkdir()
    (static / "file").write_bytes(os.urandom(size))
    with servers.nginx(site, folder, static) as port:
        for path in paths.values():
            require_cached(port, path)
        targets = {name: (port, path) for name, path in paths.items()} | {table.STATIC: (port, "/media/file")}
        return rates(targets, VISITORS_CACHED, effort)


def surroundings():
    from importlib.metadata import version

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = [f"{name.capitalize()} {version(name)}" for name in ("django", "wagtail", "gunicorn")]
    return f"{cores} cores, Python {platform.python_version()}, {', '.join(versions)}"


def main():
    chosen = options()
    if not os.environ.get("DATABASE_URL"):
        sys.exit("Run `make bench`, or set DATABASE_URL to a PostgreSQL whose user may make databases.")
    for number in STOPPING:
        signal.signal(number, stop)
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        try:
            text = measure(Path(folder), QUICK if chosen.quick else FULL)
        except servers.ServerError as error:
            sys.exit(str(error))
    print(text)
    if chosen.write:
        table.write(text)
    say(f"\nIt took {time.monotonic() - begin:.0f} s.")


if __name__ == "__main__":
    main()
