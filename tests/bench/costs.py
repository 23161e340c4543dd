"""What one request costs, measured within this process: database queries, CPU time of Python, bytes of the answer."""

import gzip
import re
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.bench.effort import BenchError

WARM_UP = 3  # requests that fill the caches of a fresh process: templates, addresses, Wagtail's own
STYLESHEET = re.compile(rb'href="/static/([^"]+\.css)"')


@dataclass(frozen=True, slots=True)
class Size:
    """Bytes of a body, plain and compressed."""

    plain: int
    compressed: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request costs; the CPU time is that of Python, without the database's."""

    queries: int
    milliseconds: float
    size: Size


class Visitor:
    """Asks for pages as a browser does, through Django's test client."""

    def __init__(self):
        self.client = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"})

    def ask(self, path):
        """Return the compressed body of an answer, which must be 200."""
        response = self.client.get(path)
        if response.status_code != 200 or response.headers.get("Content-Encoding") != "gzip":
            raise BenchError(f"{path} is answered with {response.status_code}, {dict(response.headers)}.")
        return response.content

    def cost(self, path, effort):
        """Return the `Cost` of a path."""
        for _ in range(WARM_UP):
            body = gzip.decompress(self.ask(path))
        return Cost(
            queries=min(self.queries(path) for _ in range(2)),  # one of the two looks for edited strings, as once a second
            milliseconds=median(self.cpu_milliseconds(path, effort.seconds) for _ in range(effort.rounds)),
            size=Size(len(body), compress(body)),
        )

    def queries(self, path):
        """Return the number of queries of one request."""
        with CaptureQueriesContext(connection) as captured:
            self.ask(path)
        return len(captured)

    def cpu_milliseconds(self, path, seconds):
        """Return the CPU milliseconds of this process per request, over as many as fit into `seconds`, at least one."""
        end, begin, requests = time.monotonic() + seconds, time.process_time(), 0
        while not requests or time.monotonic() < end:
            self.ask(path)
            requests += 1
        return (time.process_time() - begin) / requests * 1000

    def stylesheet(self, path):
        """Return the `Size` of the style sheet that the page at `path` names, among the collected static files."""
        named = STYLESHEET.search(gzip.decompress(self.ask(path)))
        if not named:
            raise BenchError(f"{path} names no style sheet.")
        file = Path(settings.STATIC_ROOT) / named[1].decode()
        return Size(file.stat().st_size, file.with_name(f"{file.name}.gz").stat().st_size)


def compress(body):
    """Return the bytes of a public page compressed with gzip, as Django does it."""
    return len(gzip.compress(body, compresslevel=6, mtime=0))
