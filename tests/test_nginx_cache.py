"""What nginx with our configuration keeps for readers, for how long, and what it never keeps."""

import pytest

from delivery.public import CACHE_CONTROL
from draft_links.paths import draft_path
from languages.codes import LANGUAGES
from tests.origins import Failing, Origin, stop_origin, write
from tests.servers import CHECKOUT, wait_for

CONFIGURATION = (CHECKOUT / "deploy" / "nginx.conf").read_text()


def shown_stale(nginx, path):
    """Return the first answer that is shown although it has aged."""
    return wait_for(lambda: (answer := nginx.get(path))[1]["X-Cache"] == "STALE" and answer)


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


def test_a_picture_of_a_storage_elsewhere_is_fetched_once_whatever_is_asked_of_it(nginx, monkeypatch):
    monkeypatch.setitem(Origin.answers, "/media/images/a.png", {"Cache-Control": "public, max-age=60"})
    answers = {nginx.get(f"/media/images/a.png{query}")[::2] for query in ("", "?x=1", "?x=2")}
    assert answers == {(200, "1 site.example http")}


@pytest.mark.parametrize("status", [None, 503])
def test_such_a_picture_outlives_its_storage(nginx, origin, status, monkeypatch):
    monkeypatch.setitem(Origin.answers, "/media/images/a.png", {"Cache-Control": "public, max-age=1, stale-if-error=60"})
    origin.RequestHandlerClass, origin.status = Failing, None
    assert nginx.get("/media/images/a.png")[0] == 200
    if status:
        origin.status = status
    else:
        stop_origin(origin)
    wait_for(lambda: nginx.get("/media/images/a.png")[1]["X-Cache"] == "STALE")
    assert nginx.get("/media/images/a.png")[0] == 200
    assert nginx.get("/media/images/b.png")[0] == 503


def test_a_404_of_the_application_is_its_own(nginx, origin):
    origin.RequestHandlerClass, origin.status = Failing, 404
    assert nginx.get("/nl/niets/")[::2] == (404, "bad")


def test_the_application_says_for_how_long_a_page_may_be_shown_while_it_is_down():
    assert "stale-if-error=86400" in CACHE_CONTROL and "    proxy_cache_use_stale" not in CONFIGURATION


def test_a_style_sheet_of_the_release_before_is_still_there(nginx, origin):
    name = "site.0123456789ab.css"
    write(nginx.static, **{f"css__{name}": "a{}"})
    origin.RequestHandlerClass, origin.status = Failing, 404
    status, headers, body = nginx.get(f"/static/css/{name}")
    assert (status, body, headers["Content-Type"]) == (200, "a{}", "text/css; charset=utf-8")
    assert "immutable" in headers["Cache-Control"]
    stop_origin(origin)
    assert nginx.get(f"/static/css/{name}")[0] == 200
