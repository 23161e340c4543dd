"""What is noted of changes, and of what an answer is made of."""

import os
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import DataError, connection, transaction
from django.utils import timezone
from wagtail.images import get_image_model

from delivery import kept
from page_cache import changes, memory, recording, triggers
from page_cache.models import Change
from page_cache.release import release_files
from page_cache.store import PageFiles
from pages.models import SitePage
from pages.pictures import largest_rendition
from tests.kept import ask, path_of

TRIGGER = "page_cache_note_change"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


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


def test_a_process_remembers_the_answers_that_were_asked_for_last(monkeypatch):
    """So that memory stays bounded, and an emptied store is noticed."""
    remembered, now = memory.Memory(), 0.0
    monkeypatch.setattr(memory, "MOST", 2)
    monkeypatch.setattr(memory, "monotonic", lambda: now)
    remembered.put("a", "A")
    remembered.put("b", "B")
    assert remembered.get("a") == "A"
    remembered.put("c", "C")
    assert [remembered.get(key) for key in "abc"] == ["A", None, "C"]
    now = memory.SECONDS
    assert remembered.get("a") is None
