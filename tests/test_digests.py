"""The mail a day about what waits: to whom, in which language, when, and never twice."""

import re
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from wagtail.models import TaskState

from audience.models import Message
from draft_links.link_lists import links_url
from draft_links.models import DraftComment
from languages.standing import Standing
from newsroom.models import User
from tests.building import make_home, make_standard, make_user
from tests.drafts import share
from tests.editor import edit_url, save_draft, translate
from tests.logins import send_account
from tests.racing import outcomes
from tests.reviews import decide, submit_change
from tests.work import ask_for, behind_in_french, follow
from worklists.digests import send_digest, send_digests
from worklists.models import DailyMail, TranslationRequest
from worklists.requesting import hand_on, take

TODAY = timezone.localdate()
DAY = timedelta(days=1)


@pytest.fixture
def translator(home):
    return make_user("Translators", "fr")


def let_a_day_pass():
    """Let all that happened have happened a day earlier."""
    DailyMail.objects.update(sent_at=F("sent_at") - DAY)
    moments = ("asked_at", "taken_at", "returned_at")
    TranslationRequest.objects.update(**{name: F(name) - DAY for name in moments})
    for row in Standing.objects.exclude(waiting_since={}):
        row.waiting_since = {
            code: (datetime.fromisoformat(since) - DAY).isoformat(timespec="microseconds")
            for code, since in row.waiting_since.items()
        }
        row.save(update_fields=["waiting_since"])


def send():
    """Run the command; return the mails by address."""
    mail.outbox.clear()
    call_command("send_digests", stdout=StringIO())
    return {message.to[0]: message for message in mail.outbox}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_it_says_in_the_language_of_its_reader_what_waits_and_leads_there(language, home, settings):
    translator = make_user("Translators", language, languages=["fr"])
    page, editor = behind_in_french(home), make_user("Editors", name="Els")
    ask_for(page, editor, deadline=TODAY)
    message = send()[translator.email]
    with translation.override(language):
        subject = translation.gettext("What waits for you in the admin of the site (%(number)d)")
    assert message.subject == subject % {"number": 1}
    for text in (
        f"late {language}",
        "Els",
        translate("today", language, "deadline"),
        f"{settings.SITE_URL}{edit_url(page)}#unit=summary:fr",
    ):
        assert text in message.body
    assert translate("Waiting for you", language) in message.body and "&" not in message.body


@pytest.mark.django_db
def test_it_comes_once_a_day_and_again_only_where_something_is_new(home, translator):
    page = behind_in_french(home)
    assert translator.email in send()
    assert send() == {}
    let_a_day_pass()
    assert send() == {}, "Nothing is new."
    behind_in_french(home, "another")
    assert set(send()) == {translator.email}
    behind_in_french(home, "third")
    assert send() == {}, "Not twice a day."
    let_a_day_pass()
    follow(page)
    assert translator.email in send(), "The third was new since the last mail."


@pytest.mark.django_db
def test_a_deadline_that_is_near_is_told_until_the_day_after(home, translator):
    ask_for(behind_in_french(home), make_user("Editors"), deadline=TODAY + 9 * DAY)
    assert set(send()) == {translator.email}
    for days, is_told in ((9, False), (2, True), (0, True), (-1, True), (-2, False)):
        let_a_day_pass()
        TranslationRequest.objects.update(deadline=TODAY + days * DAY)
        assert (translator.email in send()) == is_told, days


@pytest.mark.django_db
def test_what_is_old_in_one_language_hides_nothing_new_in_another(home):
    user, editor, page = make_user("Translators", "nl", languages=["nl", "fr"]), make_user("Editors"), make_standard(home)
    for language in ("nl", "fr"):
        setattr(page, f"summary_{language}", "Iets anders.")
        page.save_revision()  # English follows neither
    row = Standing.objects.filter(object_id=page.pk)
    work = {"missing": 0, "behind": 1, "open": 0, "words": 2, "first": "summary", "filled": 3}
    row.update(languages={"nl": work, "fr": work}, waiting_since={})
    ask_for(page, editor, "nl", deadline=TODAY - 10 * DAY)
    assert set(send()) == {user.email}
    let_a_day_pass()
    assert send() == {}
    ask_for(page, editor, "fr")
    assert set(send()) == {user.email}, "French is asked for today, and Dutch is overdue."
    let_a_day_pass()
    assert send() == {}
    TranslationRequest.objects.filter(language="fr").update(deadline=TODAY + DAY)
    assert set(send()) == {user.email}, "French is due tomorrow."
    let_a_day_pass()
    TranslationRequest.objects.all().delete()
    old, new = ((timezone.now() + days * DAY).isoformat(timespec="microseconds") for days in (-10, 0))
    row.update(waiting_since={"nl": old, "fr": old})
    assert send() == {}
    row.update(waiting_since={"nl": old, "fr": new})
    assert set(send()) == {user.email}, "French waits since today, and Dutch has waited for long."


@pytest.mark.django_db
def test_what_somebody_who_has_gone_left_is_in_the_mail(home, translator):
    Standing.objects.filter(object_id=behind_in_french(home).pk).update(
        languages={"fr": {"missing": 0, "behind": 0, "open": 1, "words": 3, "first": "summary", "filled": 3}},
        waiting_since={},
        begun=[{"by": 0, "language": "fr", "number": 1, "since": "2026-11-03T08:00:00+00:00", "first": "summary"}],
    )
    body = send()[translator.email].body
    assert "late fr" in body and "#unit=summary:fr" in body


@pytest.mark.django_db
def test_what_comes_back_for_somebody_who_has_gone_is_in_the_mail_of_who_can_go_on_with_it(home, standard):
    gone, editor, reviewer = make_user("Editors"), make_user("Editors"), make_user("Reviewers", "nl")
    submit_change(standard, user=gone)
    send()
    gone.delete()
    let_a_day_pass()
    decide(standard, reviewer, "reject", "Te lang.")
    mails = send()
    assert set(mails) == {editor.email}
    assert "Te lang." in mails[editor.email].body
    assert translate("submitted by %(name)s", "nl", name=translate("somebody who has left", "nl")) in mails[editor.email].body


@pytest.mark.sweep
@pytest.mark.django_db
def test_what_somebody_leaves_who_goes_is_told_once_to_those_for_whom_it_waits_now(home, standard):
    gone, colleague, editor = make_user("Translators", "fr"), make_user("Translators", "fr"), make_user("Editors")
    submitter, reviewer = make_user("Editors"), make_user("Reviewers", "nl")
    half = make_standard(home, "half", live=False, summary_fr="")
    client = Client()
    client.force_login(gone)
    assert save_draft(client, half, summary_fr="Un rés").status_code == 302
    submit_change(standard, user=submitter)
    decide(standard, reviewer, "reject", "Te lang.")
    behind_in_french(home)
    send()
    let_a_day_pass()
    TaskState.objects.update(finished_at=F("finished_at") - DAY)
    assert send() == {}
    User.objects.filter(pk__in=[gone.pk, submitter.pk]).update(is_active=False)
    mails = send()
    assert set(mails) == {colleague.email, editor.email}
    assert "half fr" in mails[colleague.email].body and "Te lang." in mails[editor.email].body
    let_a_day_pass()
    assert send() == {}


@pytest.mark.django_db
def test_comments_on_a_draft_are_told_to_who_shared_it_and_never_what_they_say(home):
    editor, draft = make_user("Editors"), make_standard(home, "plan", live=False)
    link = share(draft, editor, for_whom="Kabinet")
    write_comment(link, text="Geheim")
    mails = send()
    assert set(mails) == {editor.email}
    body = mails[editor.email].body
    assert (
        "plan nl" in body and "An Peeters" in body and "Kabinet" in body and links_url(draft) in body and "Geheim" not in body
    )
    let_a_day_pass()
    DraftComment.objects.update(moment=F("moment") - DAY)
    assert send() == {}
    write_comment(link)
    assert set(send()) == {editor.email}


def write_comment(link, text="?"):
    sending = str(DraftComment.objects.count())
    return DraftComment.objects.create(link=link, sending=sending, name="An Peeters", text=text, language="nl")


@pytest.mark.django_db
def test_what_is_handed_to_somebody_is_news_and_what_they_took_is_not(home, translator):
    wanted, colleague = ask_for(behind_in_french(home), make_user("Editors")), make_user("Translators", "fr")
    assert set(send()) == {translator.email, colleague.email}
    let_a_day_pass()
    take(wanted, translator)
    assert send() == {}
    hand_on(TranslationRequest.objects.get(), colleague, translator)
    assert set(send()) == {colleague.email}


@pytest.mark.django_db
def test_whoever_asked_is_told_that_it_is_back_with_all(home, translator):
    editor = make_user("Editors")
    ask_for(behind_in_french(home), editor, person=translator)
    send()
    User.objects.filter(pk=translator.pk).update(is_active=False)
    let_a_day_pass()
    message = send()[editor.email]
    assert translate("back to all: whoever had it cannot do it any more", "nl") in message.body


@pytest.mark.django_db
def test_what_a_review_asks_of_somebody_is_news_once(home):
    editor, other, reviewer = make_user("Editors"), make_user("Reviewers", "nl"), make_user("Reviewers", "fr")
    page = make_standard(home, "draft")
    submit_change(page, user=editor)
    assert translate("Waiting for your approval", "nl") in send()[other.email].body
    decide(page, other)
    message = send()[reviewer.email]
    assert translate("Waiting for your approval", "fr") in message.body
    let_a_day_pass()
    TaskState.objects.update(started_at=F("started_at") - DAY)
    assert send() == {}
    decide(page, reviewer, "reject", "Nog eens nalezen.")
    assert "Nog eens nalezen." in send()[editor.email].body


@pytest.mark.django_db
def test_a_new_approval_is_news_however_many_are_older(home, monkeypatch):
    editor, other = make_user("Editors"), make_user("Reviewers", "nl")
    monkeypatch.setattr("worklists.home_work.LIMIT", 1)
    submit_change(make_standard(home, "old"), user=editor)
    assert set(send()) == {other.email}
    let_a_day_pass()
    TaskState.objects.update(started_at=F("started_at") - 2 * DAY)
    assert send() == {}
    submit_change(make_standard(home, "new"), user=editor)
    assert set(send()) == {other.email}


@pytest.mark.django_db
def test_a_review_calls_an_administrator_only_where_nobody_else_is_there(home):
    admin, editor, other = make_user(), make_user("Editors"), make_user("Reviewers", "nl")
    page = make_standard(home, "draft")
    submit_change(page, user=editor)
    assert set(send()) == {other.email}
    decide(page, other)  # French has no people and is passed over, publication has none
    assert set(send()) == {admin.email}
    let_a_day_pass()
    TaskState.objects.update(started_at=F("started_at") - 2 * DAY)
    assert send() == {}


@pytest.mark.django_db
@pytest.mark.parametrize("case", ["turned off", "closed", "no address", "no admin", "other language"])
def test_it_goes_to_nobody_who_does_not_want_it_or_has_no_use_for_it(case, home, translator):
    behind_in_french(home)
    if case == "turned off":
        DailyMail.objects.create(user=translator, is_wanted=False)
    elif case == "no admin":
        translator.groups.clear()
    else:
        changes = {"closed": {"is_active": False}, "no address": {"email": ""}, "other language": {"languages": ["nl"]}}
        User.objects.filter(pk=translator.pk).update(**changes[case])
    assert send() == {}


@pytest.mark.django_db
def test_it_is_turned_off_and_on_in_the_account(home, translator, client):
    behind_in_french(home)
    client.force_login(translator)
    assert send_account(client, daily_mail__is_wanted="").status_code == 302
    assert send() == {}
    assert send_account(client, daily_mail__is_wanted="on").status_code == 302
    assert set(send()) == {translator.email}


@pytest.mark.django_db
def test_one_address_that_fails_stops_no_other_and_is_tried_again(home, translator, monkeypatch, caplog):
    behind_in_french(home)
    other, deliver = make_user("Translators", "fr"), mail.EmailMessage.send

    def fail_for_one(message, *args, **kwargs):
        if message.to == [translator.email]:
            raise OSError("No such mailbox")
        return deliver(message, *args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(mail.EmailMessage, "send", fail_for_one)
        assert send_digests() == (1, 1)
    assert "No such mailbox" in caplog.text
    assert [message.to for message in mail.outbox] == [[other.email]]
    assert set(send()) == {translator.email}


@pytest.mark.django_db
def test_it_tells_nothing_of_readers(home):
    editor = make_user("Editors")
    Message.objects.create(
        reference="CDFH-0001", sending="1", kind="question", language="nl", text="Geheim", email="jan@example.org"
    )
    take(ask_for(behind_in_french(home), make_user("Publishers"), person=editor), editor)
    body = send()[editor.email].body
    assert not re.search("CDFH|Geheim|jan@", body)


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_mail_costs_as_many_queries_for_more_work(home, translator, monkeypatch):
    monkeypatch.setattr("worklists.home_work.LIMIT", 4)

    def queries():
        DailyMail.objects.update(sent_at=None)
        with CaptureQueriesContext(connection) as captured:
            assert send_digests()[0] == 1
        return len(captured)

    for number in range(3):
        behind_in_french(home, f"page {number}")
    send_digests()
    few = queries()
    for number in range(3, 6):  # more than a panel shows
        behind_in_french(home, f"page {number}")
    assert queries() == few


@pytest.mark.django_db(transaction=True)
def test_two_hosts_at_the_same_moment_send_one():
    home = make_home()
    user = make_user("Translators", "fr")
    behind_in_french(home)
    key = DailyMail.objects.create(user=user).pk
    for _time in range(5):
        mail.outbox.clear()
        DailyMail.objects.update(sent_at=None)
        assert outcomes(*[lambda: send_digest(key)] * 2) == [None, None]
        assert len(mail.outbox) == 1
