"""How many requests a server answers in a second, to visitors who are a process of their own."""

import json
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from tests.bench import servers
from tests.bench.effort import BenchError

SITE, STOCK_SITE = "actiris_site.wsgi:application", "tests.bench.stock_wsgi:application"
BARE, STATIC, STOCK = "bare view", "static file", "mandate, stock Wagtail"
VISITORS_UNCACHED = 4  # one is served, the others wait: the worker is never idle
VISITORS_CACHED = 16
WARM_UP = 0.3  # seconds
OF_THE_SERVER = {"Server", "Date", "Connection"}
FROM_CACHE = {"HIT", "STALE", "UPDATING"}


def measure(paths, stock_path, static_size, folder, effort):
    """Return `(anew, kept, unchanged, cached)`, answers per second by name, for `paths` and for what they are compared with.

    `anew` is what is rendered each time, `kept` what the application keeps, `unchanged` the same for whoever has it already
    (304), `cached` what nginx keeps: empty without nginx. `stock_path` is that of a page of a stock Wagtail site, `static_size`
    the size in bytes of the static file.
    """
    with ExitStack() as stack:
        with servers.gunicorn(SITE, folder, KEEP_PAGES="false") as rendering, servers.gunicorn(STOCK_SITE, folder) as stock:
            targets = {name: (rendering, path) for name, path in paths.items()} | {STOCK: (stock, stock_path)}
            anew = rates(targets, VISITORS_UNCACHED, effort)
        site = stack.enter_context(servers.gunicorn(SITE, folder))
        etags = {name: servers.get(site, path).headers["ETag"] for name, path in paths.items()}
        said = headers_of_304(site, *next((paths[name], etag) for name, etag in etags.items() if etag))
        config = "tests/bench/bare_gunicorn.py"
        with servers.gunicorn("tests.bench.bare:application", folder, config, BARE_304=json.dumps(said)) as bare:
            targets = {name: (site, path) for name, path in paths.items()} | {BARE: (bare, "/")}
            kept = rates(targets, VISITORS_UNCACHED, effort)
            targets = {name: (site, path, etags[name]) for name, path in paths.items() if etags[name]}
            targets[BARE] = (bare, "/", said["ETag"])
            unchanged = rates(targets, VISITORS_UNCACHED, effort)
        if not servers.NGINX:
            return anew, kept, unchanged, {}
        nginx = stack.enter_context(servers.nginx(site, folder, static_file(folder, static_size)))
        for path in paths.values():
            require_cached(nginx, path)
        targets = {name: (nginx, path) for name, path in paths.items()} | {STATIC: (nginx, "/media/file")}
        return anew, kept, unchanged, rates(targets, VISITORS_CACHED, effort)


def headers_of_304(port, path, etag):
    """Return what the application says to whoever has a page, but for what the server adds: a bare view says the same."""
    answer = servers.get(port, path, **{"If-None-Match": etag})
    if answer.status != 304:
        raise BenchError(f"{path} is answered with {answer.status} to whoever has it.")
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_SERVER}


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

    Where a target has an ETag as well, whoever asks has the answer already.

    In each round every target has its turn, so that a busy moment of the machine strikes them alike.
    """
    for target in targets.values():
        rate(1, WARM_UP, *target)
    rates_of_rounds = {name: [] for name in targets}
    for _ in range(effort.rounds):
        for name, target in targets.items():
            rates_of_rounds[name].append(rate(visitors, effort.seconds, *target))
    return {name: median(rounds) for name, rounds in rates_of_rounds.items()}


def rate(visitors, seconds, port, path, etag=""):
    """Return the answers per second to `visitors` at once."""
    command = [sys.executable, "-m", "tests.bench.client", str(port), path, str(visitors), str(seconds), etag]
    # Whatever ends this call kills the client, too.
    client = subprocess.run(command, cwd=servers.CHECKOUT, capture_output=True, text=True)
    if client.returncode:
        raise BenchError(client.stderr.strip())
    answer = json.loads(client.stdout)
    return answer["answers"] / answer["seconds"]
