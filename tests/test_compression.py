"""What travels compressed, how, and what the caches on the way are told of it."""

import gzip
from random import Random

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.text import compress_string

from audience.paths import feedback_path
from delivery.compression import LONG as LONG_PAGE
from delivery.compression import WINDOW, CompressionMiddleware
from tests.building import make_user

BROWSER = "gzip, deflate, br, zstd"
LONG = "Actiris – " * 200


def answer_to(accepted, response, path="/nl/"):
    """Return a response as it leaves the middleware, for a reader who takes `accepted`."""
    request = RequestFactory().get(path, headers={"accept-encoding": accepted} if accepted is not None else {})
    return CompressionMiddleware(lambda request: response)(request)


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        (BROWSER, "br"),
        ("br", "br"),
        ("BR", "br"),
        ("gzip;q=1.0, br;q=0.5", "br"),
        ("gzip,br ;q=1", "br"),
        ("br; q=0.001", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip, br;q=0", "gzip"),
        ("gzip, br;q=0.000", "gzip"),
        ("gzip, bribe", "gzip"),
        ("gzip, x-br", "gzip"),
        ("identity", None),
        ("br;q=0", None),
        ("gzip;q=0", None),
        ("br;q=0,gzip;q=0", None),
        ("gzip;q=0.000, identity", None),
        ("gzip;q=0.5", "gzip"),
        ("x-gzip", "gzip"),
        ("", None),
        (None, None),
    ],
)
def test_a_reader_gets_the_best_compression_that_they_take(accepted, coding):
    response = answer_to(accepted, HttpResponse(LONG))
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert response.get("Content-Encoding") == coding
    assert unpack(response.content).decode() == LONG
    assert response.get("Content-Length", str(len(response.content))) == str(len(response.content))
    assert response["Vary"] == "Accept-Encoding", "A cache must not give one reader's bytes to another."


def test_a_long_page_is_squeezed_harder_and_no_other_file_is():
    words = Random(1).choices(["actiris", "brussel", "werk", "opleiding", "loopbaan", "jongeren"], k=LONG_PAGE // 4)
    text = " ".join(words).encode()
    assert len(text) > LONG_PAGE
    page, file = (len(answer_to(BROWSER, HttpResponse(text, content_type=kind)).content) for kind in ("text/html", "text/xml"))
    short = text[: LONG_PAGE // 2]
    assert page < file == len(brotli.compress(text, quality=8, lgwin=16))
    assert len(answer_to(BROWSER, HttpResponse(short)).content) == len(brotli.compress(short, quality=8, lgwin=16))


def test_prose_gets_no_longer_where_brotli_looks_back_less_far():
    prose = b"".join(path.read_bytes() for path in sorted((settings.BASE_DIR / "guide" / "chapters").rglob("*.md")))
    assert len(prose) > 1 << WINDOW
    for length in (1_000, 10_000, 60_000, len(prose)):
        sent = answer_to(BROWSER, HttpResponse(prose[:length], content_type="text/xml")).content
        assert len(sent) <= len(brotli.compress(prose[:length], quality=8)), length


def test_what_varies_already_goes_on_to_do_so():
    response = answer_to(BROWSER, HttpResponse(LONG, headers={"Vary": "Accept-Language"}))
    assert response["Vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.parametrize(("etag", "sent"), [('"a"', 'W/"a"'), ('W/"a"', 'W/"a"'), (None, None)])
def test_the_tag_of_compressed_bytes_is_a_weak_one(etag, sent):
    response = answer_to(BROWSER, HttpResponse(LONG, headers={"ETag": etag} if etag else {}))
    assert response.get("ETag") == sent


def test_nothing_is_compressed_twice_or_to_no_avail():
    packed = gzip.compress(LONG.encode())
    twice = answer_to(BROWSER, HttpResponse(packed, headers={"Content-Encoding": "gzip"}))
    assert (twice.content, twice["Content-Encoding"]) == (packed, "gzip")
    for content in (b"short", b"", Random(1).randbytes(1000)):
        kept = answer_to(BROWSER, HttpResponse(content, headers={"ETag": '"a"'}))
        assert kept.content == content and not kept.has_header("Content-Encoding") and kept["ETag"] == '"a"'


def test_what_is_streamed_stays_a_stream_that_django_compresses():
    response = answer_to(BROWSER, StreamingHttpResponse([LONG.encode(), LONG.encode()]))
    assert response.streaming and response["Content-Encoding"] == "gzip" and not response.has_header("Content-Length")
    assert gzip.decompress(response.getvalue()).decode() == LONG * 2


def test_pages_with_secrets_are_left_to_gzip_whose_length_tells_nothing():
    assert answer_to(BROWSER, HttpResponse(LONG), "/admin/pages/1/")["Content-Encoding"] == "gzip"
    lengths = {len(answer_to(BROWSER, HttpResponse(LONG), "/admin/").content) for _ in range(50)}
    assert len(lengths) > 1, "Without random bytes the length of an answer tells what it holds."


def test_public_pages_are_sent_in_gzip_without_random_bytes():
    assert {answer_to("gzip", HttpResponse(LONG)).content for _ in range(5)} == {compress_string(LONG.encode())}


def test_pages_of_the_site_are_sent_in_brotli_and_those_of_the_admin_are_not(client, home):
    page = client.get("/nl/", headers={"accept-encoding": BROWSER})
    assert page["Content-Encoding"] == "br" and 'lang="nl"' in brotli.decompress(page.content).decode()
    missing = client.get("/nl/niets/", headers={"accept-encoding": BROWSER})
    assert (missing.status_code, missing["Content-Encoding"]) == (404, "br")
    login = client.get("/admin/login/", headers={"accept-encoding": BROWSER})
    assert login["Content-Encoding"] == "gzip" and b"csrfmiddlewaretoken" in gzip.decompress(login.content)
    client.force_login(make_user())
    preview = client.get(f"/admin/pages/{home.pk}/edit/", headers={"accept-encoding": BROWSER})
    assert (preview.status_code, preview["Content-Encoding"]) == (200, "gzip")


def test_nothing_outside_the_admin_sets_a_cookie_or_holds_a_token(client, home):
    """As long as this holds, the length of a public answer can tell of nobody."""
    for path in ("/", "/nl/", "/nl/niets/", feedback_path("nl", home.slug), "/nl/feed/"):
        response = client.get(path)
        assert not response.cookies and "csrfmiddlewaretoken" not in response.content.decode(), path
