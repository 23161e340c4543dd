"""What was given a moment ago is given again before all other middleware, as that would have it, byte for byte."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from delivery.at_hand import AtHandMiddleware
from newsroom.models import User
from notices.models import Notice
from page_cache.memory import memory
from tests.kept import forget_pages, path_of, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]
FILES = ["/sitemap.xml", "/robots.txt", "/nl/feed/", "/manifest.webmanifest"]


@pytest.fixture
def given_again(monkeypatch):
    """The paths that were answered at once."""
    paths, give = [], AtHandMiddleware.give

    def note(self, request, given):
        paths.append(request.path_info)
        return give(self, request, given)

    monkeypatch.setattr(AtHandMiddleware, "give", note)
    return paths


def parts_of(response):
    headers = dict(response.items())
    headers["Content-Security-Policy"] = sorted(headers.get("Content-Security-Policy", "").split("; "))  # in no order
    return response.status_code, response.content, headers


@pytest.mark.sampled(1)
@pytest.mark.parametrize("encoding", ["", "gzip", "br, gzip"])
def test_it_is_what_all_middleware_and_the_view_would_answer(client, mandate, given_again, encoding):
    client.defaults["HTTP_ACCEPT_ENCODING"] = encoding
    for path in [path_of(mandate), *FILES]:
        for headers in ({}, {"if-none-match": client.get(path)["ETag"]}, {"if-none-match": '"another"'}):
            forget_pages()
            made = parts_of(client.get(path, headers=headers))
            client.get(path)
            given_again.clear()
            assert parts_of(client.get(path, headers=headers)) == made, path
            assert given_again == [path], path


def test_whoever_asks_by_a_time_gets_it_whole(client, standard, given_again):
    client.get("/nl/feed/")
    response = client.get("/nl/feed/", headers={"if-modified-since": http_date(time.time())})
    assert response.status_code == 200 and given_again == ["/nl/feed/"]


def test_what_has_changed_is_not_given_again(client, standard, given_again):
    path = path_of(standard)
    for _ in range(3):
        etag = client.get(path)["ETag"]
    assert len(given_again) == 2
    standard.summary_nl = standard.summary_fr = "Anders dan daarnet."
    publish(standard)
    response = client.get(path, headers={"if-none-match": etag})
    assert response.status_code == 200 and "Anders dan daarnet." in response.content.decode()
    assert len(given_again) == 2


def test_a_preview_shows_the_draft_at_the_address_of_what_was_given(client, standard, given_again):
    path = path_of(standard)
    for _ in range(2):
        client.get(path)
    assert given_again == [path]
    client.force_login(User.objects.create_superuser("ann", password="x"))
    standard.heading_nl = "Het ontwerp"
    standard.save_revision()
    preview = client.get(f"/admin/pages/{standard.pk}/view_draft/?mode=nl")
    assert "Het ontwerp" in preview.content.decode() and given_again == [path]


def test_another_scheme_or_a_host_that_is_not_ours_gets_an_answer_of_its_own(standard, settings, given_again):
    settings.SECURE_SSL_REDIRECT, settings.ALLOWED_HOSTS = True, ["localhost"]
    client, path = Client(SERVER_NAME="localhost"), path_of(standard)
    for _ in range(2):
        assert client.get(path, secure=True).status_code == 200
    assert given_again == [path]
    assert client.get(path).status_code == 301
    assert client.get(path, secure=True, headers={"host": "other.example"}).status_code == 400
    assert given_again == [path]


def test_who_varies_what_no_answer_depends_on_neither_makes_it_anew_nor_pushes_others_out(
    standard, settings, given_again, monkeypatch
):
    settings.ALLOWED_HOSTS = ["localhost", ".example.org"]
    monkeypatch.setattr("page_cache.memory.MOST", 2)
    client, path, other = Client(SERVER_NAME="localhost", headers={"accept-encoding": "gzip"}), path_of(standard), "/nl/"
    first, _other = map(client.get, (path, other))
    for number in range(1, 20):
        strange = {"accept-encoding": f"gzip;q=0.{number}, x-{number}"}
        for host in (f"localhost:{number}", f"a{number}.example.org"):
            response = client.get(path, headers={"host": host, **strange})
            assert (response.content, dict(response.items())) == (first.content, dict(first.items()))
    client.get(other)
    assert given_again == [path] * 38 + [other]
    assert client.get(path, headers={"host": "localhost:1.example"}).status_code == 400


@pytest.mark.parametrize("headers", [{"if-match": '"another"'}, {"if-unmodified-since": "Thu, 01 Jan 2026 00:00:00 GMT"}])
def test_rarer_conditions_are_left_to_django(client, standard, given_again, headers):
    path = path_of(standard)
    for _ in range(2):
        client.get(path)
    given_again.clear()
    client.get(path, headers=headers)
    client.get(f"{path}?page=2")
    client.head(path)
    assert given_again == []


def test_the_neutral_address_goes_on_asking_for_the_language(client, standard, given_again):
    client.get("/", headers={"accept-language": "nl, fr"})
    assert client.get("/", headers={"accept-language": "fr"})["Location"] == "/fr/"
    assert given_again == []


def test_caches_may_keep_it_until_a_notice_ends(client, standard, given_again, monkeypatch):
    now = timezone.now()
    Notice.objects.create(text_nl="Storing", text_fr="Panne", is_on=True, begins_at=now, ends_at=now + timedelta(minutes=10))
    path = path_of(standard)
    for _ in range(2):
        assert "stale-while-revalidate=60" in client.get(path)["Cache-Control"]
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=9, seconds=30))
    assert "stale-while-revalidate=29" in client.get(path)["Cache-Control"]
    assert given_again == [path, path]


def test_it_counts_and_is_logged_as_what_it_is(client, standard, given_again):
    asked = [client.get(path_of(standard)).wsgi_request for _ in range(3)]
    assert [request.resolver_match.url_name for request in asked] == ["page"] * 3
    assert len({request.request_id for request in asked}) == 3
    assert len(given_again) == 2


def test_it_is_forgotten_with_what_the_process_remembers(client, standard, given_again):
    path = path_of(standard)
    for _ in range(2):
        client.get(path)
    memory.__init__()
    client.get(path)
    assert given_again == [path]


def test_a_site_that_keeps_no_pages_makes_each_anew(client, standard, given_again, settings):
    path = path_of(standard)
    for _ in range(2):
        client.get(path)
    settings.KEEP_PAGES = False
    client.get(path)
    assert given_again == [path]
