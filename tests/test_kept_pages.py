"""What readers get is made once, and made again as soon as anything that it shows has changed, and only then."""

import gzip
from datetime import UTC, datetime, timedelta

import brotli
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from delivery import kept
from interface_strings.following import shown_strings
from notices.models import Notice
from page_cache import changes, recording
from page_cache.memory import memory
from pages.models import SitePage
from tests.building import make_standard
from tests.kept import ask, forget_pages, path_of, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def test_an_answer_is_made_once_and_costs_one_query_from_then_on(client, standard, renderings):
    path = path_of(standard)
    first = ask(client, path)
    with CaptureQueriesContext(connection) as captured:
        second = ask(client, path)
    assert len(renderings) == 1 and second.content == first.content and dict(second.items()) == dict(first.items())
    assert [query["sql"] for query in captured] == [changes.STAMPS]


def test_what_is_asked_once_a_second_is_asked_no_more_in_between(client, standard, monkeypatch):
    ask(client, path_of(standard))
    monkeypatch.setattr(changes, "SECONDS", 60)
    ask(client, path_of(standard))
    path = path_of(standard)
    with CaptureQueriesContext(connection) as captured:
        ask(client, path)
    assert len(captured) == 0


def test_a_text_that_is_published_is_seen_and_leaves_pages_that_do_not_show_it(client, home, standard, renderings):
    other = make_standard(home, "other")
    paths = [path_of(standard), path_of(other), "/nl/feed/"]
    before = [ask(client, path).content for path in paths]
    standard.meta_description_nl = standard.meta_description_fr = "Iets anders"
    publish(standard)
    renderings.clear()
    after = [ask(client, path).content for path in paths]
    assert b"Iets anders" in after[0] and after[1] == before[1]
    assert len(renderings) == 2, "the page and the feed, which says when it changed"


def test_a_heading_is_seen_wherever_it_stands(client, section, mandate):
    paths = ["/nl/", path_of(section), path_of(mandate)]
    for path in paths:
        ask(client, path)
    section.heading_nl = section.heading_fr = "Een andere kop"
    publish(section)
    assert all("Een andere kop" in ask(client, path).content.decode() for path in paths)


def test_a_draft_is_seen_nowhere_and_leaves_other_pages_as_they_are(client, mandate, standard, renderings):
    paths = [path_of(standard), path_of(mandate), "/nl/"]
    before = [ask(client, path).content for path in paths]
    renderings.clear()
    standard.heading_nl = "Een ontwerp"
    standard.save_revision()
    assert [ask(client, path).content for path in paths] == before
    assert len(renderings) <= 1, "the page itself at most"


@pytest.mark.parametrize("write", ["update", "sql", "bulk"])
def test_a_change_without_signals_is_seen(client, standard, write):
    path = path_of(standard)
    ask(client, path)
    rows = SitePage.objects.filter(pk=standard.pk)
    if write == "update":
        rows.update(heading_nl="Anders")
    elif write == "bulk":
        page = rows.get()
        page.heading_nl = "Anders"
        SitePage.objects.bulk_update([page], ["heading_nl"])
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE pages_sitepage SET heading_nl = 'Anders' WHERE page_ptr_id = %s", [standard.pk])
    assert "Anders" in ask(client, path).content.decode()


def test_what_was_unpublished_is_gone_at_once(client, standard):
    path = path_of(standard)
    ask(client, path)
    Page.objects.get(pk=standard.pk).specific.unpublish()
    assert client.get(path).status_code == 404


def test_a_change_while_an_answer_is_made_makes_the_next_one_new(client, standard, monkeypatch):
    """The clock of changes is read before: what comes in the middle may be shown, but is asked for again."""
    path, serve = path_of(standard), SitePage.serve

    def serve_before_a_change(page, request, *args, **kwargs):
        response = serve(page, request, *args, **kwargs)
        SitePage.objects.filter(pk=standard.pk).update(heading_nl="Intussen anders")
        return response

    with monkeypatch.context() as patch:
        patch.setattr(SitePage, "serve", serve_before_a_change)
        assert "Intussen" not in ask(client, path).content.decode()
    assert "Intussen" in ask(client, path).content.decode()


def test_a_notice_begins_and_ends_by_itself(client, standard, monkeypatch):
    now, path = timezone.now(), path_of(standard)
    hour = timedelta(hours=1)
    Notice.objects.create(text_nl="Gesloten", text_fr="Fermé", begins_at=now + hour, ends_at=now + 2 * hour, is_on=True)

    def is_shown(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return "Gesloten" in ask(client, path).content.decode()

    moments = [now, now + hour * 0.9, now + hour, now + hour * 1.9, now + hour * 2, now + hour * 3]
    assert [is_shown(moment) for moment in moments] == [False, False, True, True, False, False]


def test_caches_in_front_show_nothing_beyond_the_moment_at_which_it_turns(client, standard, monkeypatch):
    now = timezone.now()
    Notice.objects.create(
        text_nl="x", text_fr="x", begins_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2), is_on=True
    )
    path = path_of(standard)
    ask(client, path)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(minutes=59, seconds=50))
    assert "stale-while-revalidate=9" in ask(client, path)["Cache-Control"]


def test_what_says_today_is_another_tomorrow_and_the_rest_is_not(monkeypatch):
    noon = datetime(2026, 3, 28, 12, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: noon)
    with recording.record() as recorder:
        assert recorder.turns_at is None
        recording.today()
    assert recorder.turns_at == datetime(2026, 3, 28, 23, tzinfo=UTC), "midnight in Brussels, in winter"
    monkeypatch.setattr(timezone, "now", lambda: noon + timedelta(days=1))
    with recording.record() as recorder:
        recording.today()
        recording.turn_at(noon + timedelta(days=9))
        recording.turn_at(None)
    assert recorder.turns_at == datetime(2026, 3, 29, 22, tzinfo=UTC), "and in summer"


def test_an_edited_string_makes_every_answer_another(client, standard, renderings, monkeypatch):
    ask(client, path_of(standard))
    monkeypatch.setattr(shown_strings, "version", "another")
    ask(client, path_of(standard))
    assert len(renderings) == 2


def test_another_release_or_setting_has_answers_of_its_own(client, standard, renderings, monkeypatch):
    ask(client, path_of(standard))
    monkeypatch.setattr(kept, "release", lambda: "another")
    memory.__init__()  # as it is of another process
    ask(client, path_of(standard))
    assert len(renderings) == 2


# --- What is sent


def test_every_reader_gets_the_same_page_in_the_coding_they_take(client, standard):
    path = path_of(standard)
    plain = ask(client, path)
    for coding, read in (("br", brotli.decompress), ("gzip", gzip.decompress)):
        response = ask(client, path, **{"accept-encoding": coding})
        assert response["Content-Encoding"] == coding and response["Vary"] == "Accept-Encoding"
        assert read(response.content) == plain.content
    assert "Content-Encoding" not in plain and plain["Vary"] == "Accept-Encoding"
    refused = ask(client, path, **{"accept-encoding": "br;q=0, gzip;q=0"})
    assert "Content-Encoding" not in refused and refused.content == plain.content


def test_who_has_it_already_gets_nothing_again(client, standard, renderings):
    path = path_of(standard)
    for coding in ("", "br", "gzip"):
        etag = ask(client, path, **{"accept-encoding": coding})["ETag"]
        again = client.get(path, headers={"if-none-match": etag, "accept-encoding": coding})
        assert (again.status_code, again.content) == (304, b"")
    assert len(renderings) == 1
    forget_pages()
    assert client.get(path, headers={"if-none-match": etag}).status_code == 304, "nor from a process that begins"


def test_a_head_has_the_headers_of_the_page_and_a_range_gets_it_whole(client, standard):
    path = path_of(standard)
    whole = ask(client, path)
    head = client.head(path)
    assert head.content == b"" and head["Content-Length"] == whole["Content-Length"] and head["ETag"] == whole["ETag"]
    assert ask(client, path, range="bytes=0-9").content == whole.content


def test_a_question_is_not_kept(client, standard, renderings):
    ask(client, path_of(standard) + "?utm_source=x")
    assert renderings == [] and b"utm_source" not in ask(client, path_of(standard)).content


def test_the_way_to_a_language_is_kept_for_each_language_asked_for(client, standard, renderings):
    wishes = ["nl", "fr", "en", "nl", "de", ""]
    for wish in (*wishes, *wishes):
        response = client.get("/", headers={"accept-language": wish})
        expected = f"/{wish}/" if wish in ("nl", "fr", "en") else None
        assert response.get("Location") == expected and "Accept-Language" in response["Vary"]
    before = len(renderings)
    for number in range(20):
        client.get("/", headers={"accept-language": f"nl, x{number};q=0.{number}"})
    assert len(renderings) == before, "nobody fills the store with wishes"


def test_no_error_is_kept(client, home):
    assert client.get("/nl/nieuw/").status_code == 404
    page = make_standard(home, "nieuw")
    SitePage.objects.filter(pk=page.pk).update(address_nl="nieuw")
    assert client.get("/nl/nieuw/").status_code == 200


def test_nothing_of_a_preview_is_kept_and_no_kept_page_is_shown_in_one(client, standard, publisher):
    public = ask(client, path_of(standard)).content
    standard.heading_nl = "Alleen in de voorvertoning"
    standard.save_revision()
    client.force_login(publisher)
    shown = client.get(f"/admin/pages/{standard.pk}/view_draft/?mode=nl")
    assert "Alleen in de voorvertoning" in shown.content.decode()
    assert ask(client, path_of(standard)).content == public
