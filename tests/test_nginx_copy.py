"""The site as files, which nginx with our configuration shows where nobody answers."""

import json
import os
import re
import signal
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from urllib.parse import quote

import pytest

from audience.paths import contact_path, feedback_path
from languages.codes import LANGUAGES
from search.paths import search_path
from tests.origins import stop_origin, write
from tests.servers import wait_for

# What the application says of security on each page, and nginx on those that it shows by itself.
POLICIES = (
    "Content-Security-Policy",
    "Permissions-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
)


def parts(policy):
    """Return the parts of a header, which come in any order."""
    return {part.strip() for part in re.split("[;,]", policy)}


@pytest.fixture
def alone(nginx, origin):
    """nginx with a copy of a few addresses, and nobody behind it."""
    files = {
        "index.html": "choose",
        "nl__index.html": "<html lang=nl>",
        "fr__a__index.html": "é" * 500,
        "fr__a__page-2__index.html": "<html lang=fr>",
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
        ("/fr/a/page-2/", "text/html; charset=utf-8", "fr"),
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
    for path in ("/nl", "/nl/feed", "/fr/a/page-2"):
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
