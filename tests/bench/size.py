"""What one page costs where there are few pages and where there are many: two sites that are asked in turn."""

import os
from collections import namedtuple
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from statistics import median

import django
from django.core.management import call_command

from deploy.garbage import look_seldom
from tests.bench import servers
from tests.bench.rates import SITE, VISITORS_CACHED, VISITORS_UNCACHED, rates, require_cached
from tests.bench.site import fill, throwaway_database
from tests.bench.table import align, whole

TIMES = 10  # as many pages as where there are few
MOST_CHANGE = 0.1
MILLISECONDS = "CPU ms"
Row = namedtuple("Row", "page figure few many")


def measure(few, folder, effort, say):
    """Return `(table, sentences)` of two sites of so many pages, and of ten times as many, which it makes."""
    call_command("collectstatic", interactive=False, verbosity=0)
    with site(few, folder / "few", say) as small, site(few * TIMES, folder / "many", say) as large:
        say("Measuring both …")
        rows = [*costs(small, large, effort), *answers(small, large, effort)]
    lines = [["", "", f"{few:,} pages", f"{few * TIMES:,} pages", "change"]]
    lines += [
        [row.page, row.figure, format_figure(row, row.few), format_figure(row, row.many), f"{change_of(row):+.0%}"]
        for row in rows
    ]
    return align(lines), [f"- Over budget: {one}" for one in over_budget(rows)]


class Site:
    """A site of its own: `renderer`, a process that renders its pages, and `ports` by who answers."""

    def __init__(self, paths, renderer, ports):
        self.paths, self.renderer, self.ports = paths, renderer, ports

    def render(self, path, seconds):
        """Return `(queries, milliseconds of CPU)` of a page that is rendered each time."""
        return self.renderer.submit(render, path, seconds).result()


@contextmanager
def site(number, folder, say):
    """Make a site of so many pages and serve it; yields the `Site`."""
    say(f"Filling {number:,} pages …")
    folder.mkdir()
    with ExitStack() as stack:
        stack.enter_context(throwaway_database())
        paths, _visited = fill(number)
        del paths["sitemap"]  # which lists all pages
        own = {"CACHE_URL": f"filecache://{folder}/cache"}
        before = os.environ["CACHE_URL"]
        os.environ |= own  # what starts now gets the environment of this moment
        renderer = stack.enter_context(ProcessPoolExecutor(1, get_context("spawn"), initializer=prepare))
        renderer.submit(os.getpid).result()
        os.environ["CACHE_URL"] = before
        ports = {"kept": stack.enter_context(servers.gunicorn(SITE, folder, **own))}
        if servers.NGINX:
            ports["cached"] = stack.enter_context(servers.nginx(ports["kept"], folder, folder))
        yield Site(paths, renderer, ports)


def prepare():
    """Make a process ready to render, as a worker is."""
    django.setup()
    look_seldom()


def render(path, seconds):
    """Return `(queries, milliseconds of CPU)` of a page, rendered as often as fits into so many seconds."""
    from django.test import override_settings

    from tests.bench.costs import WARM_UP, Visitor

    visitor = Visitor()
    with override_settings(KEEP_PAGES=False):
        for _ in range(WARM_UP):
            visitor.ask(path)
        return min(visitor.queries(path) for _ in range(2)), visitor.cpu_milliseconds(path, seconds)


def costs(small, large, effort):
    """Yield the rows of what pages cost that are rendered."""
    for page, path in small.paths.items():
        rounds = [(small.render(path, effort.seconds), large.render(path, effort.seconds)) for _ in range(effort.rounds)]
        yield Row(page, "queries", *(min(queries for queries, _cpu in of_site) for of_site in zip(*rounds, strict=True)))
        yield Row(page, MILLISECONDS, *(median(cpu for _queries, cpu in of_site) for of_site in zip(*rounds, strict=True)))


def answers(small, large, effort):
    """Yield the rows of how many answers a second there are of what is kept."""
    sites = {"few": small, "many": large}
    kinds = {
        "kept/s": ("kept", VISITORS_UNCACHED),
        "304/s": ("kept", VISITORS_UNCACHED),
        "cached/s": ("cached", VISITORS_CACHED),
    }
    for figure, (who, visitors) in kinds.items():
        if who not in small.ports:
            continue
        targets = {}
        for page in small.paths:
            for size, one in sites.items():
                port, path = one.ports[who], one.paths[page]
                etag = (servers.get(port, path).headers["ETag"],) if figure == "304/s" else ()
                targets[page, size] = (port, path, *etag)
                if who == "cached":
                    require_cached(port, path)
        measured = rates(targets, visitors, effort)
        for page in small.paths:
            yield Row(page, figure, *(measured[page, size] for size in sites))


def format_figure(row, figure):
    return f"{figure:.1f}" if row.figure == MILLISECONDS else whole(round(figure))


def change_of(row):
    return row.many / row.few - 1


def over_budget(rows):
    """Yield a sentence for each figure that is worse by more than a tenth where there are many pages."""
    for row in rows:
        worse = -change_of(row) if row.figure.endswith("/s") else change_of(row)
        if worse > MOST_CHANGE:
            yield f"{row.page}: {row.figure} {change_of(row):+.0%}, and {MOST_CHANGE:.0%} are allowed."
