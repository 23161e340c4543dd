"""Publishing by the hour: complete pages go, whoever scheduled another is told why not, and nothing stops the others."""

from datetime import timedelta
from threading import Event

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from languages.codes import LANGUAGES
from pages.management.commands import publish_scheduled
from pages.scheduling import BY_THE_HOUR, REFUSED
from tests.building import make_home, make_standard, make_user
from tests.editor import REASON, edit_url, translate
from tests.publishing import fresh, is_hidden, let_the_hour_come, schedule
from tests.racing import outcomes, somebody_waits
from tests.servers import wait_for


def due(home, name, user):
    """Return a page of a publisher whose hour has come."""
    page = make_standard(home, name, live=False, owner=user)
    past = timezone.now() - timedelta(minutes=1)
    page.save_revision(user=user, approved_go_live_at=past)
    return page


def is_live(page):
    return Page.objects.get(pk=page.pk).live


def failing(page, error, times=None):
    """Return `publish`, but that it raises `error` for one page, always or the first `times`."""
    left = [times]

    def publish(key):
        if page.revisions.filter(pk=key).exists() and left[0] != 0:
            left[0] = left[0] and left[0] - 1
            raise error
        original(key)

    original = publish_scheduled.publish
    return publish


@pytest.mark.parametrize("error", [OSError("lost picture"), KeyError("x")])
@pytest.mark.sampled(1)
def test_whatever_a_page_throws_it_leaves_the_schedule_and_the_others_go(error, monkeypatch, home, publisher, caplog):
    first, second = due(home, "first", publisher), due(home, "second", publisher)
    monkeypatch.setattr(publish_scheduled, "publish", failing(first, error))
    call_command("publish_scheduled")
    assert not is_live(first)
    assert is_live(second)
    assert not first.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert [message.to for message in mail.outbox] == [[publisher.email]]
    assert "first fr" in mail.outbox[0].subject
    assert str(error) in caplog.text
    call_command("publish_scheduled")
    assert len(mail.outbox) == 1


def test_a_deadlock_is_tried_again(monkeypatch, home, publisher):
    page = due(home, "first", publisher)
    monkeypatch.setattr(publish_scheduled, "publish", failing(page, OperationalError("deadlock detected"), times=2))
    call_command("publish_scheduled")
    assert is_live(page)
    assert not mail.outbox


def test_what_the_database_fails_over_stays_due_for_the_next_run_and_the_others_go(monkeypatch, home, publisher, caplog):
    first, second = due(home, "first", publisher), due(home, "second", publisher)
    error = OperationalError("canceling statement due to lock timeout")
    monkeypatch.setattr(publish_scheduled, "publish", failing(first, error, times=publish_scheduled.TRIES))
    call_command("publish_scheduled")
    assert (is_live(first), is_live(second)) == (False, True)
    assert first.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert str(error) in caplog.text
    call_command("publish_scheduled")
    assert is_live(first)
    assert not mail.outbox


def test_what_cannot_even_be_taken_off_the_schedule_is_logged_and_the_others_go(monkeypatch, home, publisher, caplog):
    first, second = due(home, "first", publisher), due(home, "second", publisher)
    monkeypatch.setattr(publish_scheduled, "publish", failing(first, KeyError("x")))
    monkeypatch.setattr("pages.scheduling.people_concerned", lambda page, revision: 1 / 0)
    call_command("publish_scheduled")
    assert (is_live(first), is_live(second)) == (False, True)
    assert first.revisions.filter(approved_go_live_at__isnull=False).exists()
    assert "ZeroDivisionError" in caplog.text


def test_a_page_that_cannot_be_taken_offline_is_told_of_once(monkeypatch, home, publisher):
    page = make_standard(home, "first", owner=publisher)
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))

    def unpublish(key):
        raise OSError

    monkeypatch.setattr(publish_scheduled, "unpublish", unpublish)
    for _ in range(2):
        call_command("publish_scheduled")
    assert is_live(page)
    assert len(mail.outbox) == 1


@pytest.mark.sweep
def test_runs_at_the_same_time_publish_each_page_once(transactional_db, django_db_serialized_rollback):
    user, home = make_user("Publishers"), make_home()
    pages = [due(home, f"page {number}", user) for number in range(4)]
    assert outcomes(*[lambda: call_command("publish_scheduled")] * 3) == [None] * 3
    assert all(map(is_live, pages))
    assert PageLogEntry.objects.filter(action=BY_THE_HOUR).count() == len(pages)


@pytest.mark.sweep
def test_whoever_puts_a_page_off_as_its_hour_comes_is_waited_for(monkeypatch, transactional_db, django_db_serialized_rollback):
    user, home = make_user("Publishers"), make_home()
    page = due(home, "first", user)
    held, tries, original = Event(), [], publish_scheduled.publish
    monkeypatch.setattr(publish_scheduled, "publish", lambda key: tries.append(key) or original(key))

    def put_off():
        with transaction.atomic():
            Page.objects.select_for_update(no_key=True).get(pk=page.pk)
            held.set()
            wait_for(somebody_waits)
            later = timezone.now() + timedelta(days=1)
            page.revisions.filter(approved_go_live_at__isnull=False).update(approved_go_live_at=later)

    def publish():
        assert held.wait(30)
        call_command("publish_scheduled")

    assert outcomes(put_off, publish) == [None, None]
    assert not is_live(page)
    assert len(tries) == 1  # without a deadlock


def test_a_complete_page_is_published_at_its_hour(publisher, client, home):
    page = make_standard(home, live=False)
    schedule(client, page)
    assert is_hidden(page)
    let_the_hour_come()
    assert fresh(page).paths() == {code: f"/{code}/standard-{code}/" for code in LANGUAGES}
    assert not mail.outbox


@pytest.mark.sweep
def test_a_page_that_has_become_incomplete_by_its_hour_stops_no_other(publisher, client, home):
    owner, keeper = make_user("Editors", "nl"), make_user("Editors", "fr")
    page = make_standard(home, "first", live=False, owner=owner, responsible=keeper)
    other = make_standard(home, "second", live=False)
    schedule(client, page)
    schedule(client, other)
    let_the_hour_come(**{f"page_{page.pk}": {"summary_fr": ""}})
    assert is_hidden(page)
    assert fresh(page).scheduled_revision is None
    assert fresh(other).live
    entry = PageLogEntry.objects.get(action=REFUSED)
    assert entry.page_id == page.pk and len(entry.data["reasons"]) == 1
    messages_by_address = {message.to[0]: message for message in mail.outbox}
    assert set(messages_by_address) == {publisher.email, owner.email, keeper.email}
    for person, language in ((publisher, "fr"), (owner, "nl"), (keeper, "fr")):
        message = messages_by_address[person.email]
        assert message.subject == translate("Not published: %(page)s", language, page=f"first {language}")
        assert settings.SITE_URL + edit_url(page) in message.body
        assert entry.data["reasons"][0] in message.body
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert translate("Was to be published by schedule, but could not be", "fr") in history


@pytest.mark.sweep
def test_a_live_page_whose_new_address_was_taken_by_its_hour_stays_as_it_was(publisher, client, home):
    page = make_standard(home, "first")
    schedule(client, page, url_slug_fr="desired", heading_fr="Changed", **REASON)
    taker = make_standard(home, "taker", url_slug_fr="desired")
    other = make_standard(home, "second", live=False)
    schedule(client, other)
    let_the_hour_come()
    page = fresh(page)
    assert page.live and page.paths()["fr"] == "/fr/first-fr/" and page.heading_fr == "first fr"
    assert page.scheduled_revision is None
    assert fresh(taker).paths()["fr"] == "/fr/desired/"
    assert fresh(other).live
    assert PageLogEntry.objects.filter(action=REFUSED, page=page.pk).count() == len(mail.outbox) == 1


@pytest.mark.sweep
def test_a_broken_mail_server_stops_no_page(publisher, client, home, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "localhost", 1  # nobody listens there
    page, other = make_standard(home, "first", live=False), make_standard(home, "second", live=False)
    schedule(client, page)
    schedule(client, other)
    let_the_hour_come(**{f"page_{page.pk}": {"heading_fr": ""}})
    assert is_hidden(page) and fresh(other).live
