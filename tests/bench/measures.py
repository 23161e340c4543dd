"""The figures: what a request costs within this process, and how many of them a server answers in a second."""

import gzip
import json
import re
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.bench.servers import CHECKOUT, ServerError, get

STYLESHEET = re.compile(rb'<link rel="stylesheet" href="/static/([^"]+)"')
FROM_CACHE = {"HIT", "STALE", "UPDATING"}


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: each figure is the median of `rounds`, and a round takes `seconds`."""

    rounds: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request costs: database queries, CPU milliseconds of Python, bytes of the answer plain and compressed."""

    queries: int
    milliseconds: float
    plain: int
    compressed: int


def costs(paths, effort):
    """Return `{name: Cost}` of paths, asked by Django's test client after warming up."""
    from django.test import Client  # here, because it needs the settings

    client = Client(SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")
    return {name: cost(lambda path=path: ask(client, path), effort) for name, path in paths.items()}


def ask(client, path):
    """Return the body of an answer, which must be 200 and compressed, as a visitor's browser gets it."""
    response = client.get(path)
    if response.status_code != 200 or response.headers.get("Content-Encoding") != "gzip":
        raise ServerError(f"{path} is answered with {response.status_code}, {dict(response.headers)}.")
    return response.content


def cost(asking, effort):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(3):
        body = gzip.decompress(asking())
    with CaptureQueriesContext(connection) as captured:
        asking()
    return Cost(
        queries=len(captured),
        milliseconds=median(cpu_milliseconds(asking, effort.seconds) for _ in range(effort.rounds)),
        plain=len(body),
        compressed=compressed(body),
    )


def cpu_milliseconds(asking, seconds):
    """Return the CPU milliseconds of this process per call, over as many calls as fit into `seconds`, at least one."""
    end, begin, calls = time.monotonic() + seconds, time.process_time(), 0
    while not calls or time.monotonic() < end:
        asking()
        calls += 1
    return (time.process_time() - begin) / calls * 1000


def compressed(body):
    """Return the bytes of a body compressed as Django does it, without the padding of random length that it adds."""
    return len(gzip.compress(body, compresslevel=6, mtime=0))


def stylesheet(client_body, static):
    """Return the bytes of the style sheet that a page names, plain and compressed, among the files collected in `static`."""
    path = Path(static) / STYLESHEET.search(client_body)[1].decode()
    return path.stat().st_size, path.with_name(f"{path.name}.gz").stat().st_size


def rates(targets, visitors, effort):
    """Return `{name: answers per second}` for `targets`, {name: (port, path)}, asked by `visitors` at once.

    In each round every target has its turn, so that a busy moment of the machine strikes them alike.
    """
    found = {name: [] for name in targets}
    for port, path in targets.values():
        load(port, path, visitors, min(effort.seconds, 0.3))  # to warm up
    for _ in range(effort.rounds):
        for name, (port, path) in targets.items():
            found[name].append(load(port, path, visitors, effort.seconds))
    return {name: median(rounds) for name, rounds in found.items()}


def load(port, path, visitors, seconds):
    """Return the answers per second to `visitors` at once, who are a process of their own."""
    command = [sys.executable, "-m", "tests.bench.client", str(port), path, str(visitors), str(seconds)]
    with subprocess.Popen(
        command, cwd=CHECKOUT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        try:
            output, errors = process.communicate()
        finally:
            process.kill()
    if process.returncode:
        raise ServerError(errors)
    answer = json.loads(output)
    return answer["answers"] / answer["seconds"]


def require_cached(port, path):
    """Make sure that a path is answered from nginx's cache the second time."""
    answers = [get(port, path) for _ in range(2)]
    if answers[1].status != 200 or answers[1].headers["X-Cache"] not in FROM_CACHE:
        raise ServerError(f"{path} does not come from the cache: {answers[1].status}, {answers[1].headers['X-Cache']}.")
