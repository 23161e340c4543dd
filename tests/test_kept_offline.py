"""What readers get while the database or the cache does not answer: what was true last, for a day, and never a fault hidden."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import DataError
from django.test import override_settings
from django.utils import timezone
from wagtail.models import Page

from page_cache import changes
from pages.models import SitePage
from tests.caches import server_that_is_away
from tests.databases import away
from tests.kept import ask, path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def test_what_was_true_last_is_served_while_the_database_is_away(client, standard):
    paths = [path_of(standard), "/nl/", "/sitemap.xml", "/nl/feed/"]
    before = [ask(client, path).content for path in paths]
    client.raise_request_exception = False
    with away():
        assert [ask(client, path).content for path in paths] == before
        with override_settings(KEEP_PAGES=False):
            assert client.get(paths[0]).status_code == 503


def test_it_is_served_by_a_process_that_starts_meanwhile_and_for_a_day(client, standard, monkeypatch):
    path = path_of(standard)
    before = ask(client, path).content
    client.raise_request_exception = False
    now = timezone.now()
    with away():
        changes.watcher.__init__()
        assert ask(client, path).content == before
        for hours, status in ((23, 200), (25, 503)):
            monkeypatch.setattr(timezone, "now", lambda hours=hours: now + timedelta(hours=hours))
            assert client.get(path).status_code == status


def test_a_cache_in_front_shows_it_no_longer_than_that_either(client, standard, monkeypatch):
    path, now = path_of(standard), timezone.now()
    assert "stale-if-error=86400" in ask(client, path)["Cache-Control"]
    with away():
        monkeypatch.setattr(timezone, "now", lambda: now + timedelta(hours=23))
        said = ask(client, path)["Cache-Control"]
    [seconds] = re.findall(r"stale-if-error=(\d+)", said)
    assert 3590 <= int(seconds) <= 3600 and "s-maxage=1" in said


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
        assert client.get(path).status_code == 503


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
        assert client.get(path).status_code == 503


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


def test_a_cache_that_fails_costs_time_alone(client, standard):
    path = path_of(standard)
    before = ask(client, path).content
    with override_settings(CACHES=settings.CACHES | {"pages": server_that_is_away()}):
        assert ask(client, path).content == before
