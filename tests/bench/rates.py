"""How many requests a server answers in a second, to visitors who are a process of their own."""

import json
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from tests.bench import servers
from tests.bench.effort import BenchError

SITE, BARE, STATIC = "actiris_site.wsgi:application", "bare view", "static file"
VISITORS_UNCACHED = 4  # one is served, the others wait: the worker is never idle
VISITORS_CACHED = 16
WARM_UP = 0.3  # seconds
FROM_CACHE = {"HIT", "STALE", "UPDATING"}


def measure(paths, static_size, folder, effort):
    """Return `(anew, kept, cached)`, answers per second by name, for `paths` and for what they are compared with.

    `anew` is what is rendered each time, `kept` what the application keeps, `cached` what nginx does: empty without nginx.
    `static_size` is the size in bytes of the static file.
    """
    with ExitStack() as stack:
        with servers.gunicorn(SITE, folder, KEEP_PAGES="false") as rendering:
            anew = rates({name: (rendering, path) for name, path in paths.items()}, VISITORS_UNCACHED, effort)
        site = stack.enter_context(servers.gunicorn(SITE, folder))
        with servers.gunicorn("tests.bench.bare:application", folder) as bare:
            targets = {name: (site, path) for name, path in paths.items()} | {BARE: (bare, "/")}
            kept = rates(targets, VISITORS_UNCACHED, effort)
        if not servers.NGINX:
            return anew, kept, {}
        nginx = stack.enter_context(servers.nginx(site, folder, static_file(folder, static_size)))
        for path in paths.values():
            require_cached(nginx, path)
        targets = {name: (nginx, path) for name, path in paths.items()} | {STATIC: (nginx, "/media/file")}
        return anew, kept, rates(targets, VISITORS_CACHED, effort)


def static_file(folder, size):
    """Make a file of `size` bytes that nginx sends as it is, without compressing it; return its folder."""
    files = folder / "files"
    files.mkdir()
    (files / "file").write_bytes(b"x" * size)
    return files


def require_cached(port, path):
    """Make sure that nginx answers for a path from its cache the second time."""
    servers.get(port, path)
    answer = servers.get(port, path)
    if answer.status != 200 or answer.headers["X-Cache"] not in FROM_CACHE:
        raise BenchError(f"{path} does not come from the cache: {answer.status}, {answer.headers['X-Cache']}.")


def rates(targets, visitors, effort):
    """Return `{name: answers per second}` for `targets`, {name: (port, path)}, asked by `visitors` at once.

    In each round every target has its turn, so that a busy moment of the machine strikes them alike.
    """
    for port, path in targets.values():
        rate(port, path, 1, WARM_UP)
    rates_of_rounds = {name: [] for name in targets}
    for _ in range(effort.rounds):
        for name, (port, path) in targets.items():
            rates_of_rounds[name].append(rate(port, path, visitors, effort.seconds))
    return {name: median(rounds) for name, rounds in rates_of_rounds.items()}


def rate(port, path, visitors, seconds):
    """Return the answers per second to `visitors` at once."""
    command = [sys.executable, "-m", "tests.bench.client", str(port), path, str(visitors), str(seconds)]
    # Whatever ends this call kills the client, too.
    client = subprocess.run(command, cwd=servers.CHECKOUT, capture_output=True, text=True)
    if client.returncode:
        raise BenchError(client.stderr.strip())
    answer = json.loads(client.stdout)
    return answer["answers"] / answer["seconds"]
