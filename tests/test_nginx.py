"""nginx with our configuration: what it keeps for readers, what it never keeps, refuses and logs."""

import json
import os
import re
import signal
import socket
import subprocess
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from urllib.parse import quote

import pytest

from audience.paths import contact_path, feedback_path
from delivery.public import CACHE_CONTROL
from draft_links.paths import draft_path
from languages.codes import LANGUAGES
from search.paths import search_path
from tests.servers import CHECKOUT, WebServer, need_nginx, wait_for

# What the application says of security on each page, and nginx on those that it shows by itself.
POLICIES = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)
CONFIGURATION = (CHECKOUT / "deploy" / "nginx.conf").read_text()


class Origin(BaseHTTPRequestHandler):
    """An application of a few answers, each of which says how often it was asked."""

    protocol_version = "HTTP/1.1"
    PUBLIC = "public, s-maxage=%d, stale-while-revalidate=60, stale-if-error=60"
    answers = {
        "/fresh": {"Cache-Control": PUBLIC % 60},
        "/brief": {"Cache-Control": PUBLIC % 1},
        "/cookie": {"Cache-Control": PUBLIC % 60, "Set-Cookie": "a=b"},
        "/private": {"Cache-Control": "private"},
        "/admin/": {"Cache-Control": PUBLIC % 60},
        "/nl/gedeeld-concept/abc/": {"Cache-Control": PUBLIC % 60},
        "/fr/brouillon-partage/abc/": {"Cache-Control": PUBLIC % 60},
        "/en/shared-draft/abc/": {"Cache-Control": PUBLIC % 60},
        "/p/vary/": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Language, Accept-Encoding"},
        "/coded": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Encoding"},
        "/language": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Language"},
        "/browser": {"Cache-Control": PUBLIC % 60, "Vary": "Accept-Encoding, User-Agent"},
        "/anything": {"Cache-Control": PUBLIC % 60, "Vary": "*"},
    }

    def do_GET(self):
        self.server.asked.append(self)
        body = f"{len(self.server.asked)} {self.headers['Host']} {self.headers['X-Forwarded-Proto']}".encode()
        self.send_response(200)
        for name, value in self.answers.get(self.path.split("?")[0], {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", len(body))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def origin():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    server.daemon_threads = True
    server.asked = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    stop_origin(server)


def stop_origin(server):
    """End the origin and the connections that it holds."""
    server.shutdown()
    server.server_close()
    for request in server.asked:
        with suppress(OSError):  # nginx may have closed it already
            request.connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def nginx(tmp_path, origin):
    need_nginx()
    server = WebServer(tmp_path, origin.server_port)
    server.start()
    yield server
    server.stop()


def shown_stale(nginx, path):
    """Return the first answer that is shown although it has aged."""
    return wait_for(lambda: (answer := nginx.get(path))[1]["X-Cache"] == "STALE" and answer)


def test_the_configuration_of_nginx_is_valid(nginx):
    checked = subprocess.run(nginx.command("-t"), capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_a_page_comes_from_the_cache_the_second_time(nginx):
    first, second = nginx.get("/fresh"), nginx.get("/fresh")
    assert (first[1]["X-Cache"], second[1]["X-Cache"]) == ("MISS", "HIT")
    assert first[2] == second[2] == "1 site.example http"


def test_a_page_that_aged_is_shown_once_more_while_a_new_one_is_fetched(nginx, origin):
    nginx.get("/brief")
    assert shown_stale(nginx, "/brief")[2][0] == "1"
    wait_for(lambda: len(origin.asked) == 2)
    assert wait_for(lambda: nginx.get("/brief")[2][0] != "1")


def test_pages_outlive_a_dead_application(nginx, origin):
    nginx.get("/brief")
    stop_origin(origin)
    shown_stale(nginx, "/brief")
    for _ in range(3):
        status, _, body = nginx.get("/brief")
        assert (status, body[0]) == (200, "1")
    assert nginx.get("/fresh")[0] == 503


@pytest.mark.parametrize("path", ["/cookie", "/private", "/admin/", *(draft_path(code, "abc") for code in LANGUAGES)])
def test_what_is_meant_for_one_person_is_not_kept(nginx, path):
    assert nginx.get(path)[2][0] == "1"
    assert nginx.get(path)[2][0] == "2"


def test_languages_hosts_and_schemes_do_not_get_each_others_pages(nginx):
    wanted = [
        {"Accept-Language": "nl"},
        {"Accept-Language": "fr"},
        {"Accept-Language": "nl", "Host": "evil.example"},
        {"Accept-Language": "nl", "X-Forwarded-Proto": "https"},
    ]
    bodies = [nginx.get("/p/vary/", **headers)[2] for headers in wanted]
    assert bodies == ["1 site.example http", "2 site.example http", "3 evil.example http", "4 site.example https"]
    assert [nginx.get("/p/vary/", **headers)[2] for headers in wanted] == bodies


@pytest.mark.parametrize(
    ("accepted", "passed"),
    [
        (["gzip, deflate, br, zstd", "gzip, deflate, br", "br,gzip", "BR;q=1.0, GZIP;q=0.8", "gzip ; q=0.5 , br"], "br, gzip"),
        (["gzip, deflate", "gzip", "gzip;q=0.5, br;q=0", "deflate, gzip;q=1.0, *;q=0.5", "gzip, br;q=0.0"], "gzip"),
        (["identity", "deflate", "gzip;q=0", "br;q=0, gzip;q=0.000", "xgzip, bribe", None], None),
    ],
)
def test_readers_who_take_the_same_compression_share_a_page_however_they_say_so(nginx, origin, accepted, passed):
    bodies = {nginx.get("/coded", **({"Accept-Encoding": words} if words else {}))[2] for words in accepted}
    assert bodies == {"1 site.example http"}
    assert origin.asked[0].headers["Accept-Encoding"] == passed


def test_readers_who_take_other_compressions_do_not_get_each_others_bytes(nginx):
    wanted = ["gzip, deflate, br", "gzip", "identity", "br"]
    bodies = [nginx.get("/coded", **{"Accept-Encoding": words})[2] for words in wanted]
    assert [body[0] for body in bodies] == ["1", "2", "3", "4"]
    assert [nginx.get("/coded", **{"Accept-Encoding": words})[2] for words in wanted] == bodies


@pytest.mark.parametrize("path", ["/language", "/browser", "/anything"])
def test_what_varies_by_more_than_the_cache_tells_apart_is_not_kept(nginx, path):
    assert nginx.get(path)[2][0] == "1"
    assert nginx.get(path)[2][0] == "2"


def test_what_asks_the_database_how_it_is_cannot_be_asked_from_outside(nginx, origin):
    assert nginx.get("/readyz")[0] == nginx.get("/metrics")[0] == 404 and not origin.asked
    assert nginx.get("/healthz")[0] == 200


def test_uploads_are_shown_and_never_run(nginx):
    status, headers, _ = nginx.get("/media/evil.html")
    assert status == 200
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in headers["Content-Security-Policy"]
    assert nginx.get("/media/../site.conf")[2].startswith("1 "), "The path led out of the folder."
    assert nginx.get("/media/")[0] == 403


def test_an_upload_that_is_not_there_is_asked_of_the_application_which_may_redirect_it(nginx, origin):
    nginx.get("/media/verslag.pdf")
    assert [request.path for request in origin.asked] == ["/media/verslag.pdf"]


def test_a_body_that_is_too_large_is_refused(nginx):
    headers = {"Content-Length": str(31 * 1024 * 1024)}
    assert nginx.get("/admin/", method="POST", body=b"", **headers)[0] == 413


def test_the_log_tells_of_visits_and_not_of_visitors(nginx):
    nginx.get("/fresh?q=secret", **{"User-Agent": "Nosy/1.0", "Referer": "https://elsewhere.example/"})
    text = wait_for(lambda: (nginx.folder / "log").read_text())
    line = json.loads(text)
    assert line["path"] == "/fresh"
    assert line["status"] == 200
    for secret in ("127.0.0.1", "Nosy", "elsewhere", "secret"):
        assert secret not in text


@pytest.mark.parametrize(
    "path",
    [
        *(draft_path(code, "abc") for code in LANGUAGES),
        "/admin/login/door/abc/",
        "/admin/password_reset/confirm/MQ/abc/",
    ],
)
def test_the_log_does_not_hold_a_link_to_a_draft_nor_one_that_lets_somebody_in(nginx, path):
    assert nginx.get(path)[0] == 200
    nginx.get("/fresh")
    for log in (nginx.folder / "log", nginx.folder / "visits.log"):
        text = wait_for(log.read_text)
        assert "/fresh" in text and "abc" not in text


def test_each_request_has_an_id_of_the_web_server_that_both_log(nginx, origin):
    nginx.get("/private", **{"X-Request-ID": "made-up-by-somebody"})
    wait_for(lambda: "/private" in (nginx.folder / "visits.log").read_text())
    (logged,) = (json.loads(line) for line in (nginx.folder / "visits.log").read_text().splitlines() if "/private" in line)
    assert origin.asked[-1].headers.get_all("X-Request-ID") == [logged["request_id"]] and len(logged["request_id"]) == 32


def test_a_new_log_of_visits_begins_at_night_and_old_ones_go(nginx):
    nginx.get("/fresh")
    log, old = nginx.folder / "visits.log", nginx.folder / "visits-20260101T000000Z.log"
    wait_for(log.read_text)
    old.write_text("{}")
    os.utime(old, (0, 0))
    rotate = [CHECKOUT / "deploy" / "rotate_visits.sh", log, nginx.folder / "pid"]
    subprocess.run(rotate, check=True)
    wait_for(log.exists)
    (kept,) = nginx.folder.glob("visits-*.log")
    assert kept != old and json.loads(kept.read_text())["path"] == "/fresh"
    nginx.get("/brief")
    wait_for(lambda: "/brief" in log.read_text() + kept.read_text())
    subprocess.run(rotate, check=True)


class Failing(Origin):
    """An application that answers 500 to what it answered a moment ago, or a 404 of its own."""

    def do_GET(self):
        if not self.server.status:
            return super().do_GET()
        self.server.asked.append(self)
        self.send_response(self.server.status)
        self.send_header("Content-Length", 3)
        self.end_headers()
        self.wfile.write(b"bad")
        return None


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_what_was_kept_is_shown_instead_of_any_failure_but_no_longer_than_the_application_allows(
    nginx, origin, status, monkeypatch
):
    monkeypatch.setitem(Origin.answers, "/short", {"Cache-Control": "public, s-maxage=1, stale-if-error=2"})
    origin.RequestHandlerClass, origin.status = Failing, None
    assert nginx.get("/brief")[0] == nginx.get("/short")[0] == 200
    origin.status = status
    wait_for(lambda: nginx.get("/brief")[1]["X-Cache"] == "STALE")
    for _ in range(3):
        assert nginx.get("/brief")[0] == 200
    assert wait_for(lambda: nginx.get("/short")[0] == 503), (
        "The end that the application set holds, however often it is asked for."
    )


def test_a_404_of_the_application_is_its_own(nginx, origin):
    origin.RequestHandlerClass, origin.status = Failing, 404
    assert nginx.get("/nl/niets/")[::2] == (404, "bad")


def test_the_application_says_for_how_long_a_page_may_be_shown_while_it_is_down():
    assert "stale-if-error=86400" in CACHE_CONTROL and "    proxy_cache_use_stale" not in CONFIGURATION


def parts(policy):
    """Return the parts of a header, which come in any order."""
    return {part.strip() for part in re.split("[;,]", policy)}


def write(folder, **files):
    """Write files by their names, in which "__" is a slash."""
    for name, text in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.fixture
def alone(nginx, origin):
    """nginx with a copy of a few addresses, and nobody behind it."""
    files = {
        "index.html": "choose",
        "nl__index.html": "<html lang=nl>",
        "fr__a__index.html": "é" * 500,
        "nl__feed__index.atom": "<feed/>",
        "sitemap.xml": "<urlset/>",
        "nl__glossary.jsonld": "{}",
        "nl__zoeken__opensearch.xml": "<Open/>",
        "documents__1__a.txt": "text",
        "documents__1__a.pdf": "pdf",
        ".copy__lock": "",
        ".well-known__security.txt": "Contact: a",
        "copy.json": "{}",
    }
    write(nginx.copy, **files)
    stop_origin(origin)
    return nginx


@pytest.mark.parametrize(
    ("path", "kind", "language"),
    [
        ("/", "text/html; charset=utf-8", None),
        ("/nl/", "text/html; charset=utf-8", "nl"),
        ("/fr/a/?utm_source=x", "text/html; charset=utf-8", "fr"),
        ("/nl/feed/", "application/atom+xml; charset=utf-8", "nl"),
        ("/sitemap.xml", "application/xml", None),
        ("/nl/glossary.jsonld", "application/ld+json", "nl"),
        ("/.well-known/security.txt", "text/plain; charset=utf-8", None),
        ("/nl/zoeken/opensearch.xml", "application/opensearchdescription+xml", None),
        ("/documents/1/a.pdf", "application/pdf", None),
    ],
)
def test_the_copy_is_shown_where_nobody_answers(alone, path, kind, language):
    status, headers, _ = alone.get(path)
    assert (status, headers["Content-Type"], headers["Content-Language"]) == (200, kind, language)
    assert headers["X-Content-Type-Options"] == "nosniff" and "Server" in headers


def test_the_copy_leads_on_and_says_what_it_has_not(alone):
    for path in ("/nl", "/nl/feed"):
        status, headers, _ = alone.get(path)
        assert (status, headers["Location"]) == (301, f"{path}/")
    for path in (
        "/nl/niets/",
        "/.copy/lock",
        "/nl/../.copy/lock",
        "/copy.json",
        "/static/niets.css",
        "/media/niets.png",
        "/documents/9/a.pdf",
    ):
        status, headers, body = alone.get(path)
        assert status == 404 and all(f'lang="{code}"' in body for code in LANGUAGES), path
        assert "nosniff" in headers["X-Content-Type-Options"] and headers["Cache-Control"] == "no-store"
    assert alone.get("/documents/1/a.txt")[1]["Content-Disposition"] == "attachment"


def test_without_a_copy_no_page_is_said_to_be_none(nginx, origin):
    stop_origin(origin)
    for path in ("/nl/", "/documents/1/a.pdf"):
        status, headers, body = nginx.get(path)
        assert (status, headers["Retry-After"]) == (503, "120") and "Réessayez" in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_and_forms_say_that_they_are_away_in_their_language(alone, language):
    paths = [search_path(language, q="eures"), contact_path(language), feedback_path(language, "0b1c2d3e4f50")]
    for method, path in [("GET", paths[0]), ("GET", paths[1]), ("POST", paths[1]), ("POST", paths[2])]:
        status, _, body = alone.get(path, method, body=None if method == "GET" else "text=typed")
        assert status == 503 and f'<html lang="{language}">' in body


def test_the_admin_is_away_and_no_copy_is_shown_in_its_place(alone):
    write(alone.copy, **{"admin__index.html": "never"})
    for method in ("GET", "POST"):
        status, headers, body = alone.get("/admin/", method)
        assert status == 503 and headers["Retry-After"] and "X-Cache" not in headers
        assert "never" not in body and 'lang="fr"' in body


def test_what_nginx_says_itself_is_in_three_languages(nginx):
    answers = [
        nginx.get("/nl/", Cookie="a" * 40_000),
        nginx.get("/" + "a" * 10_000),
        nginx.get("/admin/", "POST", body=b"", **{"Content-Length": str(31 * 1024 * 1024)}),
        nginx.get("/media/"),
        nginx.get("/readyz"),
    ]
    assert [answer[0] for answer in answers] == [400, 414, 413, 403, 404]
    for _, headers, body in answers:
        assert all(f'lang="{code}"' in body for code in LANGUAGES) and "nginx" not in body
        assert (
            headers["Content-Type"] == "text/html; charset=utf-8" and "default-src 'none'" in headers["Content-Security-Policy"]
        )
        assert "<script" not in body and "style=" not in body and "<style" not in body


def test_a_style_sheet_of_the_release_before_is_still_there(nginx, origin):
    name = "site.0123456789ab.css"
    write(nginx.static, **{f"css__{name}": "a{}"})
    origin.RequestHandlerClass, origin.status = Failing, 404
    status, headers, body = nginx.get(f"/static/css/{name}")
    assert (status, body, headers["Content-Type"]) == (200, "a{}", "text/css; charset=utf-8")
    assert "immutable" in headers["Cache-Control"]
    stop_origin(origin)
    assert nginx.get(f"/static/css/{name}")[0] == 200


@pytest.mark.parametrize(("path", "burst"), [("/nl/zoeken/?q=a", 100), ("/fr/nous-ecrire/", 30)])
def test_whoever_asks_too_much_waits_and_nobody_else(nginx, path, burst):
    """Behind a proxy of ours, which names the client, as each proxy before it may have."""
    client = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    with ThreadPoolExecutor(8) as readers:
        statuses = Counter(readers.map(lambda _: nginx.get(path, **client)[0], range(burst * 3)))
    assert statuses[200] >= burst and statuses[429] and not statuses.keys() - {200, 429}
    refused = next(answer for _ in range(burst) if (answer := nginx.get(path, **{"X-Forwarded-For": "203.0.113.9"}))[0] == 429)
    assert refused[1]["Retry-After"] == "10" and "Te veel aanvragen" in refused[2]
    assert nginx.get(path, **{"X-Forwarded-For": "203.0.113.9, 198.51.100.7"})[0] == 200
    assert nginx.get("/fresh", **{"X-Forwarded-For": "203.0.113.9"})[0] == 200


@pytest.mark.parametrize(
    ("came", "passed"), [({"X-Forwarded-For": "203.0.113.9"}, "203.0.113.9, 127.0.0.1"), ({}, "127.0.0.1")]
)
def test_the_application_hears_of_addresses_what_it_heard_before(nginx, origin, came, passed):
    nginx.get("/private", **came)
    assert origin.asked[0].headers["X-Forwarded-For"] == passed


def hang_up_under_requests(site, times):
    """Take new workers several times while readers ask gunicorn for pages; return how often they got which status.

    They are forks of a process that has loaded the site, so nobody waits for that.
    """
    statuses, done = Counter(), Event()

    def read(reader):
        number = 0
        while not done.is_set():
            statuses[site.status(f"/nl/?n={reader}-{number}")] += 1
            number += 1

    with ThreadPoolExecutor(2) as readers:
        for reader in range(2):
            readers.submit(read, reader)
        for _ in range(times):
            before = site.workers
            os.kill(site.master, signal.SIGHUP)
            wait_for(lambda before=before: len(site.workers - before) == len(before), 60)
            wait_for(lambda before=before: not site.workers & before, 60)
        done.set()
    return statuses


@pytest.mark.sweep
def test_readers_go_on_where_nothing_behind_nginx_lives(whole_site):
    nginx, site = whole_site
    listed = [entry for entry in json.loads((site.copy / "copy.json").read_text())["entries"] if entry["address"]]
    paths = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", nginx.get("/sitemap.xml", Host=site.host)[2])
    alive = nginx.get("/nl/", Host=site.host)
    page, style = nginx.get(paths[1], Host=site.host)[2], re.search(r'href="(/static/[^"]+\.css)"', alive[2])[1]
    assert nginx.get("/nl/", Host=site.host)[1]["X-Cache"] in {"HIT", "STALE"} and "Set-Cookie" not in alive[1]
    login = nginx.get("/admin/login/", Host=site.host)
    assert login[0] == 200 and "X-Cache" not in login[1]
    statuses = hang_up_under_requests(site, times=5)
    assert statuses.keys() == {200} and statuses[200] > 10
    site.stop()
    assert nginx.get("/nl/", Host=site.host)[2] == alive[2]
    nginx.forget()
    assert len(paths) > 50 and set(paths) <= {entry["address"] for entry in listed}
    for path in paths:
        status, headers, body = nginx.get(path, Host=site.host)
        language = path.split("/")[1]
        assert (status, headers["Content-Language"]) == (200, language) and f'<html lang="{language}"' in body, path
        for name in POLICIES:
            assert parts(headers[name]) == parts(alive[1][name]), name
    assert nginx.get(paths[1], Host=site.host)[2] == page
    for entry in (entry for entry in listed if not entry["address"].startswith("/static/")):
        address = quote(entry["address"])
        if entry["location"] and not address.endswith("/"):
            assert nginx.get(address, Host=site.host)[1]["Location"] == f"{address}/"
            address += "/"
        answer = nginx.get(address, Host=site.host)
        assert answer[0] == (503 if entry["status"] == 503 else 200), entry
        if entry["status"] == 200:
            assert answer[1]["Content-Type"].split(";")[0] == entry["type"].split(";")[0], entry
    assert nginx.get(style, Host=site.host)[0] == 200
    assert nginx.get("/nl/niets/", Host=site.host)[0] == 404
    assert nginx.get("/admin/login/", Host=site.host)[0] == 503
