"""How much memory a process holds that has shown very many different pages: `python -m tests.bench.memory NUMBER`.

A process of its own, as what measures holds much else. NUMBER is that of the pages that there are. Prints how many pages it has
shown, and its megabytes.
"""

import sys
from pathlib import Path

import django

PAGES = 3_000
LARGE_KINDS = 3  # types of which there are very many pages (`tests.bench.growth.fill`)
KILOBYTES = 1024  # in a megabyte


def resident_megabytes():
    """Return what this process holds in memory, shared libraries included."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(status["VmRSS"].split()[0]) / KILOBYTES


def show(number):
    """Show about so many different pages, of each type as many, in each language; return how many."""
    from django.test import Client

    from languages.codes import LANGUAGES
    from pages.models import SitePage

    client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})
    existing, shown = SitePage.objects.existing(), 0
    for kind in existing.order_by().values_list("content_type", flat=True).distinct():
        for page in existing.filter(content_type=kind).for_links().order_by("pk")[: number // len(LANGUAGES) // LARGE_KINDS]:
            for path in page.paths().values():
                if client.get(path).status_code != 200:
                    raise SystemExit(f"{path} cannot be shown.")
                shown += 1
    return shown


if __name__ == "__main__":
    django.setup()
    from deploy.garbage import look_seldom

    look_seldom()  # as workers do
    print(show(min(int(sys.argv[1]), PAGES)), resident_megabytes())
