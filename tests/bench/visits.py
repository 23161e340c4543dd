"""What a first visit costs a reader: requests, bytes on the wire, and when and how steadily the page appears.

Measured in Chromium, with an empty cache, as on a phone of the middle range: the window, the network and the processor that
Lighthouse takes for "mobile", slowed down as its own DevTools throttling does.
"""

import re
import shutil
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass, field

import brotli

from delivery.compression import compress as in_brotli
from tests.bench.costs import compress
from tests.bench.effort import BenchError

CHROMIUM = next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True, "has_touch": True}
# 150 ms and 1.6 Mbit/s as the network is, times the factors by which DevTools must be slowed down to feel like it.
SLOW_4G = {
    "offline": False,
    "latency": 150 * 3.75,  # milliseconds
    "downloadThroughput": 1638.4 * 1024 / 8 * 0.9,  # bytes a second
    "uploadThroughput": 750 * 1024 / 8 * 0.9,
}
SLOWER_PROCESSOR = 4  # times
ICON = re.compile(r"/(favicon|icon)[^/]*$")
SETTLING = 1000  # milliseconds after the last request in which parts may still appear or move
OBSERVE = """
window.measured = {lcp: 0, cls: 0};
new PerformanceObserver((list) => { for (const entry of list.getEntries()) measured.lcp = entry.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver((list) => { for (const entry of list.getEntries()) measured.cls += entry.value; })
  .observe({type: 'layout-shift', buffered: true});
"""


@dataclass(slots=True)
class Answer:
    """One file of a visit: its kind as Chromium calls it, its bytes on the wire with headers, and its plain bytes."""

    kind: str
    picture: bool = False
    wire: int = 0
    plain: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """What a first visit costs, in bytes, milliseconds and the sum of layout shifts."""

    requests: int
    brotli: int  # on the wire, with a browser that takes brotli and gzip, headers included
    gzip: int  # the same with one that takes gzip only
    plain: int
    script: int
    page: int  # the document and its style sheet, compressed with brotli, without headers
    page_gzip: int  # the same, compressed with gzip
    html: int  # the document alone, compressed with brotli
    pictures: int  # files that are a picture or a map, the icon of the site left out
    lcp: float
    cls: float


@dataclass  # without slots: Playwright keeps a note on what listens
class Traffic:
    """The answers that a tab got, by the browser's own number of the request."""

    answers: dict = field(default_factory=dict)

    def listen(self, session):
        session.on("Network.responseReceived", self.received)
        session.on("Network.dataReceived", self.data)
        session.on("Network.loadingFinished", self.finished)

    def received(self, event):
        url = event["response"]["url"]
        if url.startswith("http"):
            picture = event["response"]["mimeType"].startswith("image/") and not ICON.search(url)
            self.answers[event["requestId"]] = Answer(event["type"], picture)

    def data(self, event):
        if answer := self.answers.get(event["requestId"]):
            answer.plain += event["dataLength"]

    def finished(self, event):
        if answer := self.answers.get(event["requestId"]):
            answer.wire = int(event["encodedDataLength"])

    def total(self, unit, kind=None):
        return sum(getattr(answer, unit) for answer in self.answers.values() if kind in (None, answer.kind))


def chromium_version():
    """Return the version of the Chromium installed, such as 142.0.7444.59."""
    said = subprocess.run([CHROMIUM, "--version"], capture_output=True, text=True, check=True).stdout
    return re.search(r"[\d.]+", said)[0]


@contextmanager
def chromium():
    """Start Chromium; yields the browser."""
    from playwright.sync_api import sync_playwright  # here, so that the rest can be measured without it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def measure(site, paths):
    """Return `{place: Visit}` for `paths`, {place: path} below the address `site`."""
    with chromium() as browser:
        return {place: first_visit(browser, site + path) for place, path in paths.items()}


def first_visit(browser, address):
    """Visit an address twice, each time for the first time: with gzip only, and as a browser does."""
    with_gzip, _timing, _html, _styles = visit(browser, address, "gzip")
    traffic, timing, html, styles = visit(browser, address, "br, gzip")
    packed = len(in_brotli(html))
    return Visit(
        requests=len(traffic.answers),
        brotli=traffic.total("wire"),
        gzip=with_gzip.total("wire"),
        plain=traffic.total("plain"),
        script=traffic.total("plain", "Script"),
        page=packed + len(brotli.compress(styles)),  # as static files are when they are collected: as small as can be
        page_gzip=compress(html) + compress(styles),
        html=packed,
        pictures=sum(answer.picture for answer in traffic.answers.values()),
        lcp=timing["lcp"],
        cls=timing["cls"],
    )


def visit(browser, address, encodings):
    """Return `(Traffic, {"lcp", "cls"}, HTML, style sheets)` of one visit with an empty cache, the last two as bytes."""
    traffic, styles = Traffic(), []
    with browser.new_context(**PHONE, locale="de") as context:
        page = context.new_page()
        slow_down(context.new_cdp_session(page), encodings, traffic)
        page.on("response", lambda answer: styles.append(answer) if answer.request.resource_type == "stylesheet" else None)
        page.add_init_script(OBSERVE)
        answer = page.goto(address, wait_until="networkidle")
        if answer.status not in (200, 404):
            raise BenchError(f"{address} is answered with {answer.status}.")
        page.wait_for_timeout(SETTLING)
        return traffic, page.evaluate("measured"), answer.body(), b"".join(style.body() for style in styles)


def slow_down(session, encodings, traffic):
    """Give a tab the network and the processor of a phone, and let `traffic` hear what it loads."""
    for method, options in (
        ("Network.enable", {}),
        ("Network.setExtraHTTPHeaders", {"headers": {"Accept-Encoding": encodings}}),
        ("Network.emulateNetworkConditions", SLOW_4G),
        ("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR}),
    ):
        session.send(method, options)
    traffic.listen(session)
