"""What readers get is made once, and made again as soon as anything that it shows has changed, and only then."""

import gzip
import os
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from unittest import mock

import brotli
import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.db import DataError, OperationalError, connection, transaction
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import Page

from delivery import kept
from interface_strings.following import follower
from notices.models import Notice
from page_cache import changes, recording, triggers
from page_cache.models import Change
from page_cache.release import release_files
from page_cache.store import PageFiles
from pages.models import SitePage
from pages.pictures import largest_rendition
from tests.building import make_standard
from tests.kept import forget_pages, publish

TRIGGER = "page_cache_note_change"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


@pytest.fixture
def renderings(monkeypatch):
    """The paths of the answers that were made and kept, in order."""
    paths, keep = [], kept.keep_response
    monkeypatch.setattr(kept, "keep_response", lambda response: paths.append(response) or keep(response))
    return paths


def ask(client, path, **headers):
    response = client.get(path, headers=headers)
    assert response.status_code == 200, path
    return response


def path_of(page, language="nl"):
    return SitePage.objects.get(pk=page.pk).paths()[language]


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
    monkeypatch.setattr(follower, "version", "another")
    ask(client, path_of(standard))
    assert len(renderings) == 2


def test_another_release_or_setting_has_answers_of_its_own(client, standard, renderings, monkeypatch):
    ask(client, path_of(standard))
    monkeypatch.setattr(kept, "release", lambda: "another")
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


# --- While something is down


def refuse(execute, *args):
    raise OperationalError("connection refused")


def away():
    """Let the database answer no more while the block lasts."""
    return mock.patch.object(connection, "execute_wrappers", [refuse])


def test_what_was_true_last_is_served_while_the_database_is_away(client, standard):
    paths = [path_of(standard), "/nl/", "/sitemap.xml", "/nl/feed/"]
    before = [ask(client, path).content for path in paths]
    client.raise_request_exception = False
    with away():
        assert [ask(client, path).content for path in paths] == before
        with override_settings(KEEP_PAGES=False):
            assert client.get(paths[0]).status_code == 500


def test_it_is_served_by_a_process_that_starts_meanwhile_and_for_a_day(client, standard, monkeypatch):
    path = path_of(standard)
    before = ask(client, path).content
    client.raise_request_exception = False
    now = timezone.now()
    with away():
        changes.watcher.__init__()
        assert ask(client, path).content == before
        for hours, status in ((23, 200), (25, 500)):
            monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
            assert client.get(path).status_code == status


def test_what_turned_or_changed_before_it_went_away_is_better_than_nothing(client, standard, monkeypatch):
    path = path_of(standard)
    before = ask(client, path).content
    SitePage.objects.filter(pk=standard.pk).update(heading_nl="Anders")
    changes.watcher.look()
    monkeypatch.setattr(changes, "SECONDS", 60)  # the process does not know yet that it is away
    with away():
        assert ask(client, path).content == before


def test_what_was_withdrawn_does_not_come_back_once_somebody_found_it_gone(client, standard):
    path = path_of(standard)
    ask(client, path)
    Page.objects.get(pk=standard.pk).specific.unpublish()
    assert client.get(path).status_code == 404
    client.raise_request_exception = False
    with away():
        assert client.get(path).status_code == 500


def test_what_changed_is_served_for_a_day_after_it_was_true_and_not_after_the_database_answered_last(
    client, standard, monkeypatch
):
    path, now = path_of(standard), timezone.now()
    ask(client, path)
    Page.objects.get(pk=standard.pk).specific.unpublish()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=23))
    changes.watcher.look()
    client.raise_request_exception = False
    with away():
        assert client.get(path).status_code == 500


def test_a_fault_is_not_hidden_by_what_was_kept(client, standard, monkeypatch):
    path = path_of(standard)
    ask(client, path)
    SitePage.objects.filter(pk=standard.pk).update(heading_nl="Anders")
    client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr(SitePage, "serve", lambda *args, **kwargs: (_ for _ in ()).throw(DataError("out of range")))
        assert client.get(path).status_code == 500
    assert "Anders" in ask(client, path).content.decode()


def test_a_database_that_is_silent_counts_as_away(client, standard, monkeypatch):
    path = path_of(standard)
    before = ask(client, path).content
    monkeypatch.setattr(changes, "SECONDS", 60)
    changes.watcher.asking_since = 0.0  # of the clock that never goes back: long ago, by another thread
    assert changes.watcher.look().is_cut_off and ask(client, path).content == before


def test_it_is_made_anew_as_soon_as_the_database_is_back(client, standard):
    path = path_of(standard)
    ask(client, path)
    SitePage.objects.filter(pk=standard.pk).update(heading_nl="Anders")
    with away():
        assert "Anders" not in ask(client, path).content.decode()
    assert "Anders" in ask(client, path).content.decode()


class BrokenCache(BaseCache):
    """A cache whose server is gone."""

    def __init__(self, location, options):
        super().__init__(options)

    def get(self, *args, **kwargs):
        raise ConnectionError

    set = get


def test_a_cache_that_fails_costs_time_alone(client, standard):
    path = path_of(standard)
    before = ask(client, path).content
    with override_settings(CACHES=settings.CACHES | {"pages": {"BACKEND": "tests.test_kept_pages.BrokenCache"}}):
        assert ask(client, path).content == before


# --- What is noted


def test_every_table_is_watched_but_those_of_no_reader(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class JOIN pg_trigger ON tgrelid = pg_class.oid WHERE tgname = %s", [TRIGGER])
        watched = {name for (name,) in cursor.fetchall()}
        assert set(connection.introspection.table_names(cursor)) - watched == set(triggers.UNWATCHED)


def test_the_marks_of_a_table_never_come_back_to_what_they_were(db, standard):
    """A change is forgotten after an hour, together with a new one only."""
    seen = [changes.read_stamps()]
    for hours in range(3):
        SitePage.objects.filter(pk=standard.pk).update(heading_nl=str(hours))
        seen.append(changes.read_stamps())
        Change.objects.update(moment=timezone.now() - timedelta(hours=2))
    assert len({stamps.get("pages_sitepage") for stamps in seen}) == len(seen)
    assert Change.objects.filter(table="pages_sitepage").count() == 1


def test_a_transaction_leaves_one_mark_a_table_however_much_it_writes(db, standard):
    marks = Change.objects.filter(table="pages_sitepage")
    changes.read_stamps()
    before = marks.count()
    for number in range(3):
        SitePage.objects.filter(pk=standard.pk).update(heading_nl=str(number))
    assert marks.count() == before + 1


def test_a_change_that_is_taken_back_was_none(db, standard):
    before = changes.read_stamps()
    with transaction.atomic():
        SitePage.objects.filter(pk=standard.pk).update(heading_nl="x")
        assert changes.read_stamps() != before
        transaction.set_rollback(True)
    assert changes.read_stamps() == before


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "a"."b" FROM "a" INNER JOIN "c" ON ("a"."x" = "c"."y") WHERE EXISTS(SELECT 1 FROM "d" U0)', {"a", "c", "d"}),
        ('(SELECT 1 FROM "a") UNION (SELECT 2 FROM ONLY "b") ORDER BY 1', {"a", "b"}),
        ("select x from plain left join other on true", {"plain", "other"}),
        ('SELECT 1 FROM "public"."a" WHERE EXISTS(SELECT 1 FROM ("b" INNER JOIN "c" ON true))', {"a", "b", "c"}),
        ("SELECT 1", set()),
    ],
)
def test_tables_are_read_from_what_is_asked(sql, tables):
    assert recording.tables_of(sql) == tables


def test_rows_are_told_apart_by_every_value(db):
    def digest(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return recording.digest_of(cursor.cursor)

    several = ["SELECT 'a', 'b'", "SELECT 'ab', ''", "SELECT NULL, 'ab'", "SELECT '', 'ab'"]
    assert len({digest(sql) for sql in several}) == len(several)


@pytest.mark.parametrize("sql", ["SELECT 1 FROM a, b", 'SELECT 1 FROM "a" x, "b" y WHERE x.i = y.i'])
def test_what_names_several_tables_at_once_is_not_understood(sql):
    assert recording.SEVERAL_TABLES.search(sql)
    assert not recording.SEVERAL_TABLES.search('SELECT "a"."b", "a"."c" FROM "a" WHERE "a"."d" IN (1, 2) ORDER BY 1, 2')


def test_a_question_that_failed_or_brought_something_else_leaves_nothing_to_keep(standard):
    with recording.record() as recorder, suppress(DataError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0 FROM pages_sitepage")
    assert not recorder.is_keepable
    with recording.record() as recorder:
        for name in ("Een", "Twee"):
            str(SitePage.objects.values_list("heading_nl").get(pk=standard.pk))
            assert recorder.is_keepable == (name == "Een")
            with connection.connection.cursor() as cursor:
                cursor.execute("UPDATE pages_sitepage SET heading_nl = %s WHERE page_ptr_id = %s", [name, standard.pk])


def test_a_file_that_is_lost_for_a_while_is_looked_for_again(client):
    with recording.record() as recorder:
        assert largest_rendition(get_image_model()(file="original_images/lost.png", width=1, height=1)) is None
    assert not recorder.is_keepable


def test_old_files_are_taken_away(tmp_path):
    cache = PageFiles(str(tmp_path), {"TIMEOUT": 60})
    for key in ("old", "new"):
        cache.set(key, key)
    os.utime(cache._key_to_file("old"), (0, 0))
    cache.forget_expired()
    assert (cache.get("old"), cache.get("new")) == (None, "new")


def test_what_is_read_in_portions_cannot_be_asked_again(db, home):
    with recording.record() as recorder:
        list(SitePage.objects.values_list("pk").iterator())
    assert {question.digest for question in recorder.questions.values()} == {""}


def test_what_writes_is_not_kept(client, standard, renderings, monkeypatch):
    def serve_and_write(page, request, *args, **kwargs):
        SitePage.objects.filter(pk=page.pk).update(heading_nl="Gelezen")
        return serve(page, request, *args, **kwargs)

    serve = SitePage.serve
    monkeypatch.setattr(SitePage, "serve", serve_and_write)
    ask(client, path_of(standard))
    assert caches["pages"].get(kept.key_of(path_of(standard))) is None


def test_a_release_is_made_of_our_code_templates_and_catalogues_and_not_of_what_is_installed():
    names = {path.relative_to(settings.BASE_DIR).parts[0] for path in release_files()}
    assert {"page_cache", "drawings", "templates", "static", "locale", "requirements.txt"} <= names
    assert not names & {".venv", "tests", "node_modules", "media"}
