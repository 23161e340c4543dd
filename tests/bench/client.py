"""The load: visitors who ask for one path again and again, each as soon as the last answer is complete.

Runs as a process of its own, `python -m tests.bench.client PORT PATH VISITORS SECONDS [ETAG]`, so that it shares no interpreter
with what it measures, and prints `{"answers": number, "seconds": time until the last one}`. It asks this machine only,
ends after a number of answers as well as after a time, and fails at any answer but a whole 200, or 304 where it has an ETag.
"""

import asyncio
import json
import math
import sys

HOST = "127.0.0.1"
MOST_ANSWERS = 200_000
MOST_SECONDS = 60  # for the answers that are still on their way when the time is up
REQUEST = "GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\n{more}\r\n"
HEAD_END = b"\r\n\r\n"


class LoadError(Exception):
    """No answer, half of one, or one of another status."""


class Load:
    """What the visitors of one run share; times are seconds of the loop's clock."""

    def __init__(self, port, path, seconds, etag=""):
        self.port = port
        self.status = "304" if etag else "200"
        self.request = REQUEST.format(path=path, more=f"If-None-Match: {etag}\r\n" if etag else "").encode("ascii")
        self.loop = asyncio.get_running_loop()
        self.begin = self.last = self.loop.time()
        self.end = self.begin + seconds
        self.answers = 0

    def is_over(self):
        return self.loop.time() >= self.end or self.answers >= MOST_ANSWERS

    def answered(self):
        self.answers += 1
        self.last = self.loop.time()

    async def visit(self):
        """Ask until the run is over, on a new connection whenever the server ended one."""
        while not self.is_over():
            _transport, visitor = await self.loop.create_connection(lambda: Visitor(self), HOST, self.port)
            await visitor.gone


class Visitor(asyncio.Protocol):
    """One connection; `gone` is done when it has ended.

    A body ends after Content-Length bytes or, where there is no such header and the server says `close`, with the connection.
    """

    def __init__(self, load):
        self.load = load
        self.gone = load.loop.create_future()

    def connection_made(self, transport):
        self.transport = transport
        self.ask()

    def ask(self):
        self.head = b""
        self.missing = None  # how many bytes of the body are still to come, once the head has been read
        self.transport.write(self.load.request)

    def data_received(self, data):
        if self.missing is None:
            self.head += data
            if HEAD_END not in self.head:
                return
            head, _end, data = self.head.partition(HEAD_END)
            try:
                self.missing, self.closes = read_head(head, self.load.status)
            except LoadError as error:
                return self.leave(error)
        self.missing -= len(data)
        if not self.missing:
            self.answered()

    def answered(self):
        """Count the answer, and ask again unless it was the last one."""
        self.load.answered()
        if self.closes or self.load.is_over():
            self.leave()
        else:
            self.ask()

    def connection_lost(self, error):
        if self.gone.done():
            return
        if self.missing == math.inf and not error:
            self.answered()
        elif self.head or error:
            self.leave(LoadError(f"The connection ended within an answer. {error or ''}"))
        else:
            self.leave()  # between two answers a server may end it

    def leave(self, error=None):
        if error:
            self.gone.set_exception(error)
        else:
            self.gone.set_result(None)
        self.transport.close()


def read_head(head, wanted):
    """Return how many bytes of body follow (infinite: up to the connection's end), and whether the server then closes."""
    status, *lines = head.decode("latin-1").lower().split("\r\n")
    if status.split()[1] != wanted:
        raise LoadError(f"“{status}” instead of {wanted}.")
    headers = dict(line.split(": ", 1) for line in lines)
    closes = headers.get("connection") == "close"
    if wanted == "304":
        return 0, closes
    if "content-length" in headers:
        return int(headers["content-length"]), closes
    if closes:
        return math.inf, closes
    raise LoadError("An answer of unknown length.")


async def run(port, path, visitors, seconds, etag):
    """Return how many answers `visitors` at once got in `seconds`, and how many seconds passed until the last of them."""
    load = Load(port, path, seconds, etag)
    async with asyncio.timeout(seconds + MOST_SECONDS), asyncio.TaskGroup() as group:
        for _ in range(visitors):
            group.create_task(load.visit())
    if not load.answers:
        raise LoadError("No answer at all.")
    return {"answers": load.answers, "seconds": load.last - load.begin}


def main(port, path, visitors, seconds, etag=""):
    try:
        print(json.dumps(asyncio.run(run(int(port), path, int(visitors), float(seconds), etag))))
    except* (LoadError, OSError) as errors:
        sys.exit(f"{path}: {errors.exceptions[0]}")


if __name__ == "__main__":
    main(*sys.argv[1:])
