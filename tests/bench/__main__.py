"""`make bench`: measure the budgets of the site and print the table. docs/benchmarks.md says what the figures mean."""

import argparse
import os
import platform
import secrets
import signal
import sys
import tempfile
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import django
from django.core.management import call_command
from django.db import DatabaseError
from django.test import override_settings

from deploy.garbage import look_seldom
from tests.bench import rates, sections, servers, table
from tests.bench.costs import Visitor
from tests.bench.effort import FULL, QUICK, BenchError
from tests.bench.site import fill, throwaway_database

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


PARTS = ("figures", "report", "editor", "visits", "lighthouse", "growth", "size", "search", "exchange")
IN_DATABASES_OF_THEIR_OWN = {"size", "search", "exchange"}


def options():
    """Return what was asked for; `parts` are the parts to measure."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--server", dest="figures", action="store_true", help="only queries, CPU and requests per second")
    parser.add_argument("--report", action="store_true", help="only the table of everything that staff see")
    parser.add_argument("--editor", action="store_true", help="only the editor, beside stock Wagtail with the same content")
    parser.add_argument("--search", action="store_true", help="only the search, beside Wagtail's own")
    parser.add_argument("--growth", action="store_true", help="only what staff wait for where there are 30,000 pages")
    parser.add_argument("--size", action="store_true", help="only what a page costs among 3,000 and among 30,000 pages")
    parser.add_argument("--exchange", action="store_true", help="only packages of 10,000 texts for translators, out and back")
    parser.add_argument("--wire", dest="visits", action="store_true", help="only what a first visit costs in a browser")
    parser.add_argument("--lighthouse", action="store_true", help="only Lighthouse's scores")
    parser.add_argument("--language", choices=("nl", "fr", "en"), help="visits and scores in this language only")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--quick", action="store_true", help="100 pages, half a second a figure, Dutch only, no Lighthouse")
    parser.add_argument("--pages", type=int, help="of a site of so many pages, instead of 3,000")
    kinds.add_argument("--write", action="store_true", help="write the tables into docs/benchmarks.md, too")
    chosen = parser.parse_args()
    chosen.parts = [part for part in PARTS if getattr(chosen, part)] or list(PARTS[: 4 if chosen.quick else None])
    chosen.language = chosen.language or ("nl" if chosen.quick else None)
    return chosen


def effort_of(chosen):
    effort = QUICK if chosen.quick else FULL
    return replace(effort, pages=chosen.pages or effort.pages)


def stop(number, frame):
    """End by an exception, so that all is cleared up, and let no second Ctrl-C disturb that."""
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


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
        "SECOND_FACTOR_REQUIRED": "false",  # who asks here has none
    }


def measure(folder, chosen):
    """Yield each part that was chosen, with its tables as text. All that was started for it is stopped again."""
    if not IN_DATABASES_OF_THEIR_OWN.issuperset(chosen.parts):
        yield from of_the_site(folder, chosen)
    if "size" in chosen.parts:
        yield "size", size(folder, chosen)
    if "search" in chosen.parts:
        with throwaway_database():
            yield "search", search()
    if "exchange" in chosen.parts:
        with throwaway_database():
            yield "exchange", exchange(chosen)


def of_the_site(folder, chosen):
    """Yield what is measured of one and the same site."""
    effort = effort_of(chosen)
    say("Preparing a database and the static files …")
    with throwaway_database():
        paths, visited = fill(effort.pages)
        visited = {place: path for place, path in visited.items() if chosen.language in (None, place[1]) or place[1] == "mul"}
        call_command("collectstatic", interactive=False, verbosity=0)
        if "figures" in chosen.parts:
            yield "figures", figures(paths, folder, effort)
        if "report" in chosen.parts:
            yield "report", report(effort)
        if "editor" in chosen.parts:
            yield "editor", editor(folder, effort)
        if "visits" in chosen.parts:
            yield "visits", sections.visits(visited, folder)
        if "lighthouse" in chosen.parts:
            yield "lighthouse", sections.lighthouse(visited, folder, say)
        if "growth" in chosen.parts:  # the last of them, as it makes and deletes thousands of pages
            yield "growth", growth(chosen)


def figures(paths, folder, effort):
    """Return what one request costs, and how many the site answers in a second, as text."""
    from pages.models import SitePage  # here, because models need the settings
    from tests.bench.stock_site import make_stock_site, stock_settings

    say("Measuring queries and CPU …")
    look_seldom()  # as workers do; what filling the database left here, none of them has
    visitor = Visitor()
    with override_settings(KEEP_PAGES=False):  # what it costs to render them
        costs = {name: visitor.cost(path, effort) for name, path in paths.items()}
        stylesheet = visitor.stylesheet(paths["home"])
    stock_path = make_stock_site(SitePage.objects.get(address_nl=paths["mandate"].strip("/").partition("/")[2]).specific)
    with override_settings(**stock_settings()):
        costs[rates.STOCK] = Visitor().cost(stock_path, effort)
    say("Measuring requests per second …")
    anew, kept, unchanged, cached = rates.measure(paths, stock_path, costs["home"].size.compressed, folder, effort)
    lines = table.table(costs, anew, kept, unchanged, cached)
    lines += ["", f"- The style sheet: {stylesheet.plain:,} bytes, {stylesheet.compressed:,} compressed."]
    lines += [] if cached else ["- nginx is not installed: what is measured behind it is left out."]
    lines += [f"- {effort.pages:,} pages; {surroundings()}; median of {effort.rounds} x {effort.seconds:g} s a figure."]
    lines += [f"- Over budget: {sentence}" for sentence in table.over_budget(costs, stylesheet, kept)]
    return "\n".join(lines)


def report(effort):
    """Return what the table of everything costs, as text."""
    from tests.bench.report import measure  # here, because models need the settings

    say("Measuring the table of everything …")
    lines, sentences = measure(effort)
    return "\n".join([*lines, "", *sentences, f"- {effort.pages:,} pages; {surroundings()}; {effort.seconds:g} s a figure."])


def editor(folder, effort):
    """Return what it costs to open the editor, beside stock Wagtail, as text."""
    from tests.bench.editor import measure  # here, because models need the settings

    say("Measuring the editor …")
    lines, sentences = measure(effort, sections.site(folder) if servers.NGINX else None)
    about = f"{effort.pages:,} pages; {surroundings()}; median of {effort.rounds} x {effort.seconds:g} s a figure"
    return "\n".join([*lines, "", *sentences, f"- {about}."])


def search():
    """Return what searches and suggestions cost, beside Wagtail's own search, as text."""
    from tests.bench.search import TIMES, measure  # here, because models need the settings

    lines, sentences = measure(say)
    return "\n".join([*lines, "", *sentences, f"- {surroundings()}; the fastest of {TIMES} times a question."])


def growth(chosen):
    """Return what lists and work cost where there are very many pages, as text."""
    from tests.bench.growth import FEW, PAGES, measure  # here, because models need the settings

    number = chosen.pages or (FEW if chosen.quick else PAGES)
    lines, sentences = measure(number, say)
    return "\n".join([*lines, "", *sentences, f"- {number:,} more pages; {surroundings()}; each once."])


def size(folder, chosen):
    """Return what a page costs among few and among many pages, as text."""
    from tests.bench.size import measure  # here, because models need the settings

    effort = effort_of(chosen)
    effort = replace(effort, rounds=effort.rounds * 5, seconds=effort.seconds / 3)  # short turns: what disturbs strikes both
    lines, sentences = measure(effort.pages, folder, effort, say)
    about = f"{surroundings()}; median of {effort.rounds} x {effort.seconds:.1g} s a figure, in turn"
    return "\n".join([*lines, "", *sentences, f"- {about}."])


def exchange(chosen):
    """Return what it takes to send texts to translators, and to read what comes back, as text."""
    from tests.bench.exchange import FEW, PAGES, measure  # here, because models need the settings

    lines, sentences = measure(FEW if chosen.quick else PAGES, say)
    return "\n".join([*lines, "", *sentences, f"- {surroundings()}; each once."])


def surroundings():
    """Say on how many cores and with which programs it was measured."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    versions = [f"{name} {version(name.lower())}" for name in ("Django", "Wagtail", "gunicorn")]
    return f"{cores} cores, Python {platform.python_version()}, {', '.join(versions)}"


def say(text):
    print(text, file=sys.stderr, flush=True)


def main():
    chosen = options()
    if not os.environ.get("DATABASE_URL"):
        sys.exit("Run `make bench`, or set DATABASE_URL to a PostgreSQL whose user may make databases.")
    begin = time.monotonic()
    for number in STOPPING:
        signal.signal(number, stop)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        os.environ.update(production_settings(folder))
        django.setup()
        try:
            for part, text in measure(Path(folder), chosen):
                print(f"\n{text}\n", flush=True)
                if chosen.write:
                    table.write(part, text)
        except (BenchError, DatabaseError) as error:
            sys.exit(str(error))
    say(f"It took {time.monotonic() - begin:.0f} s.")


if __name__ == "__main__":
    main()
