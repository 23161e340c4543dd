"""nginx with our configuration: what it shows, refuses, limits and logs."""

import json
import os
import re
import socket
import subprocess
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from draft_links.paths import draft_path
from languages.codes import LANGUAGES
from tests.servers import CHECKOUT, WebServer, need_nginx, wait_for

KEY = "the-key"  # which no random id holds


def test_the_configuration_of_nginx_is_valid(nginx):
    checked = subprocess.run(nginx.command("-t"), capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "warn" not in checked.stderr


def test_what_asks_the_database_how_it_is_cannot_be_asked_from_outside(nginx, origin):
    assert nginx.get("/readyz")[0] == nginx.get("/metrics")[0] == 404 and not origin.asked
    assert nginx.get("/healthz")[0] == 200


def test_of_two_applications_behind_one_name_a_dead_one_is_left_alone_for_a_while(tmp_path, origin):
    """nginx makes a server of each address that a name has; here they are written down."""
    need_nginx()
    with socket.create_server(("127.0.0.1", 0)) as dead:
        asked = []

        def hang_up():
            with suppress(OSError):
                while True:
                    asked.append(dead.accept()[0].close())

        threading.Thread(target=hang_up, daemon=True).start()
        server = WebServer(tmp_path, f"{dead.getsockname()[1]} fail_timeout=60s; server 127.0.0.1:{origin.server_port}")
        server.start()
        assert [server.get("/private")[0] for _ in range(10)] == [200] * 10
        server.stop()
        dead.shutdown(socket.SHUT_RDWR)
    configuration = (CHECKOUT / "deploy" / "nginx.conf").read_text()
    assert len(asked) == 1 and "max_fails" not in re.search(r"upstream site \{.+?\}", configuration, re.DOTALL)[0]


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
        *(draft_path(code, KEY) for code in LANGUAGES),
        f"/admin/login/door/{KEY}/",
        f"/admin/password_reset/confirm/MQ/{KEY}/",
    ],
)
def test_the_log_does_not_hold_a_link_to_a_draft_nor_one_that_lets_somebody_in(nginx, path):
    assert nginx.get(path)[0] == 200
    nginx.get("/fresh")
    for log in (nginx.folder / "log", nginx.folder / "visits.log"):
        wait_for(lambda log=log: "/fresh" in log.read_text())
        assert KEY not in log.read_text()


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
