"""Readers that go on asking whatever fails, and judge each answer: a process of its own, so that it costs the site no time.

`python -m tests.chaos.readers PORT ADDRESSES RESULT` asks for the addresses in the JSON file ADDRESSES, in random order, until
a line arrives at its input that says how many requests there must have been at least. It writes what it saw to RESULT.
"""

import gzip
import json
import random
import re
import sys
import threading
import time
from collections import Counter
from http.client import HTTPConnection, HTTPException
from pathlib import Path

READERS = 4
PACE = 75  # questions of each reader in a second, at most: the machine has other work
PATIENCE = 30  # seconds that a reader waits for an answer
LANGUAGE = re.compile(rb'<html lang="(\w+)"')
TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
STYLE_SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)"')
SHEET_OF = 20  # of so many pages, the style sheet of one is asked for, and each that was not seen before
MOST_FAULTS = 50  # that are told of


class Reader:
    """Asks one question after the other over one connection."""

    def __init__(self, port, addresses, seed):
        self.port, self.addresses, self.chance = port, addresses, random.Random(seed)
        self.connection = None
        self.answers, self.faults, self.sheets, self.slowest = Counter(), [], set(), 0.0
        self.rest = threading.Event()

    def read(self, is_over):
        """Ask until `is_over(requests)`."""
        while not is_over(sum(self.answers.values())):
            wanted = self.chance.choice(self.addresses)
            begin = time.monotonic()
            try:
                fault = self.judge(wanted, *self.ask(wanted["path"]))
            except (OSError, HTTPException) as error:
                self.connection = None
                fault = repr(error)
            seconds = time.monotonic() - begin
            self.slowest = max(self.slowest, seconds)
            self.rest.wait(max(0, 1 / PACE - seconds))
            self.answers[wanted["kind"]] += 1
            if fault:
                self.faults.append({"at": time.time(), "path": wanted["path"], "fault": fault})

    def ask(self, path):
        """Return the status, the type and the body of an answer."""
        answer = self.begin(path)
        body = answer.read()
        if answer.will_close:
            self.connection = None
        if answer.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        return answer.status, answer.headers.get_content_type(), body

    def begin(self, path):
        """Return an answer of which the head has come.

        As browsers do, ask once more where a connection that was used before ends before a word came: whoever serves may
        close one that rests at the very moment at which it is used again (RFC 9112, 9.3.1).
        """
        is_used = self.connection is not None
        try:
            return self.begin_once(path)
        except ConnectionError:  # RemoteDisconnected is one
            self.connection = None
            if not is_used:
                raise
        return self.begin_once(path)

    def begin_once(self, path):
        if self.connection is None:
            self.connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        self.connection.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "gzip"})
        return self.connection.getresponse()

    def judge(self, wanted, status, kind, body):
        """Say what is wrong with an answer, None if nothing is."""
        if status not in wanted["statuses"]:
            return f"status {status}: {body[:300]!r}"
        if kind != wanted["type"]:
            return f"type {kind}"
        if kind != "text/html" or status in {301, 302}:
            return None if body or status != 200 else "empty"
        if not body.rstrip().endswith(b"</html>"):
            return f"half a page, of {len(body)} bytes"
        language, title = LANGUAGE.search(body), TITLE.search(body)
        if wanted["language"] and (not language or language[1].decode() != wanted["language"]):
            return f"language {language and language[1]}"
        if wanted["title"] and (not title or title[1].decode() != wanted["title"]):
            return f"title {title and title[1]}"
        return self.judge_sheets(STYLE_SHEET.findall(body))

    def judge_sheets(self, sheets):
        if not sheets:
            return "no style sheet"
        for sheet in sheets:
            if sheet in self.sheets and self.chance.randrange(SHEET_OF):
                continue
            self.sheets.add(sheet)
            status, kind, body = self.ask(sheet.decode())
            self.answers["style sheet"] += 1
            if (status, kind) != (200, "text/css") or b"--" not in body:
                return f"style sheet {sheet.decode()}: {status}, {kind}, {len(body)} bytes"
        return None


def main(port, addresses, result):
    least = []  # how many requests there must be, once that is known
    readers = [Reader(int(port), json.loads(Path(addresses).read_text()), seed) for seed in range(READERS)]
    threads = [
        threading.Thread(target=reader.read, args=[lambda requests: least and requests >= least[0] / READERS])
        for reader in readers
    ]
    for thread in threads:
        thread.start()
    least.append(int(sys.stdin.readline()))
    for thread in threads:
        thread.join()
    faults = sorted((fault for reader in readers for fault in reader.faults), key=lambda fault: fault["at"])
    seen = {
        "answers": sum((reader.answers for reader in readers), Counter()),
        "number of faults": len(faults),
        "faults": faults[:MOST_FAULTS],
        "style sheets": sorted(sheet.decode() for sheet in set().union(*(reader.sheets for reader in readers))),
        "slowest": max(reader.slowest for reader in readers),
    }
    Path(result).write_text(json.dumps(seen, indent=1))


if __name__ == "__main__":
    main(*sys.argv[1:])
