"""nginx with our configuration: what it keeps for readers, what it never keeps, refuses and logs."""

import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from contextlib import suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from draft_links.paths import draft_path
from languages.codes import LANGUAGES
from tests.servers import CHECKOUT, free_port, wait_for

IN_CI = bool(os.environ.get("CI"))


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


class WebServer:
    """nginx with the configuration of deploy/, in front of what listens on the port `upstream`."""

    def __init__(self, folder, upstream):
        self.folder = folder
        self.port = free_port()
        self.upstream = upstream
        (folder / "media").mkdir()
        (folder / "media" / "evil.html").write_text("<script>alert(1)</script>")
        self.configuration = folder / "nginx.conf"
        self.configuration.write_text(self.render())
        if os.geteuid() == 0:
            folder.chmod(0o755)

    def render(self):
        values = {
            "NGINX_LISTEN": f"127.0.0.1:{self.port}",
            "NGINX_UPSTREAM": f"127.0.0.1:{self.upstream}",
            "NGINX_CACHE": str(self.folder / "cache"),
            "NGINX_MEDIA": str(self.folder / "media"),
            "NGINX_VISITS": str(self.folder / "visits.log"),
        }
        site = (CHECKOUT / "deploy" / "nginx.conf").read_text()
        for name, value in values.items():
            site = site.replace(f"${{{name}}}", value)
        (self.folder / "site.conf").write_text(site)
        scratch = "".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        account = "user root;" if os.geteuid() == 0 else ""
        return f"""
            {account} daemon off; pid {self.folder}/pid; events {{}}
            http {{ types {{ text/html html; }} {scratch} include {self.folder}/site.conf; }}
        """

    def command(self, *arguments):
        return [shutil.which("nginx", path=NGINX_PATH), "-e", "stderr", "-c", str(self.configuration), *arguments]

    def start(self):
        log = (self.folder / "log").open("wb")
        self.process = subprocess.Popen(self.command(), stdout=log, stderr=log)
        wait_for(lambda: self.process.poll() is not None or self.listens())
        assert self.process.poll() is None, (self.folder / "log").read_text()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def get(self, path, method="GET", body=None, **headers):
        """Return the status, the headers and the body of an answer."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request(method, path, body=body, headers={"Host": "site.example", **headers})
        answer = connection.getresponse()
        result = answer.status, answer.headers, answer.read().decode()
        connection.close()
        return result

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


NGINX_PATH = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"])


def need_nginx():
    """Skip where nginx is not installed; in CI, fail."""
    if not shutil.which("nginx", path=NGINX_PATH):
        if IN_CI:
            pytest.fail("nginx is missing (package nginx-light).")
        pytest.skip("nginx is not installed.")


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
    time.sleep(2.1)
    _, headers, body = nginx.get("/brief")
    assert (headers["X-Cache"], body[0]) == ("STALE", "1")
    wait_for(lambda: len(origin.asked) == 2)
    assert wait_for(lambda: nginx.get("/brief")[2][0] != "1")


def test_pages_outlive_a_dead_application(nginx, origin):
    nginx.get("/brief")
    stop_origin(origin)
    time.sleep(2.1)
    for _ in range(3):
        status, _, body = nginx.get("/brief")
        assert (status, body[0]) == (200, "1")
    assert nginx.get("/fresh")[0] == 502


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


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_does_not_hold_the_link_to_a_draft(nginx, language):
    assert nginx.get(draft_path(language, "abc"))[0] == 200
    nginx.get("/fresh")
    for log in (nginx.folder / "log", nginx.folder / "visits.log"):
        text = wait_for(log.read_text)
        assert "/fresh" in text and "abc" not in text


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


@pytest.mark.sweep
def test_nginx_serves_the_site_itself_and_goes_on_without_it(local_site, tmp_path):
    need_nginx()
    local_site.serve()
    (tmp_path / "nginx").mkdir()
    nginx = WebServer(tmp_path / "nginx", local_site.port)
    nginx.start()
    try:
        host = f"localhost:{local_site.port}"
        first, second = nginx.get("/nl/", Host=host), nginx.get("/nl/", Host=host)
        assert (first[0], first[1]["X-Cache"]) == (200, "MISS")
        assert second[1]["X-Cache"] in {"HIT", "STALE"}
        assert "Set-Cookie" not in first[1]
        assert first[2] == second[2]
        assert 'lang="nl"' in first[2]
        login = nginx.get("/admin/login/", Host=host)
        assert login[0] == 200
        assert "X-Cache" not in login[1]
        style = re.search(r'href="(/static/[^"]+\.css)"', first[2])[1]
        assert nginx.get(style, Host=host)[0] == 200
        local_site.stop()
        assert nginx.get("/nl/", Host=host)[2] == first[2]
        assert nginx.get("/admin/login/", Host=host)[0] == 502
    finally:
        nginx.stop()
