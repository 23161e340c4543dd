"""Mails about reviews: to those who can decide and to nobody else, in the language of whoever reads them."""

import re

import pytest
from django.core import mail
from django.utils import translation
from wagtail.models import Comment
from wagtail.users.models import UserProfile

from newsroom.models import User
from review.mails import ask_for_approval
from review.waiting import SENT_BACK, review_items
from tests.building import make_user
from tests.editor import edit_url
from tests.reviews import change, decide, reviewer, submit, submit_change

HEADINGS = {"heading": {"nl": "Kop", "fr": "Titre", "en": "Heading"}}
# Words of each language that stand in no mail of another.
WORDS = {"nl": {"het", "je", "een", "wat"}, "fr": {"la", "le", "vous", "en"}, "en": {"the", "you", "its", "your"}}

pytestmark = pytest.mark.usefixtures("tasks_at_once")


@pytest.fixture
def editor(home):
    return make_user("Editors", "fr")


def new_mails():
    """Return what was sent since this was asked last: {address: mail}."""
    mails = {one.to[0]: one for one in mail.outbox}
    assert len(mails) == len(mail.outbox)
    mail.outbox.clear()
    return mails


def languages_in(text):
    """Return the languages of which a text has words that the others do not have; addresses count for nothing."""
    words = set(re.findall(r"\w+", re.sub(r"https?://\S+", "", text.lower())))
    return {code for code, own in WORDS.items() if words & own}


@pytest.mark.parametrize("reader", ["nl", "fr", "en"])
def test_those_who_approve_a_language_are_asked_in_their_own(reader, editor, home, standard):
    one = make_user("Reviewers", reader, languages=["nl"])
    reviewer("fr")
    submit_change(standard, HEADINGS, editor)
    mails = new_mails()
    assert set(mails) == {one.email}
    subject, body = mails[one.email].subject, mails[one.email].body
    assert languages_in(f"{subject} {body}") == {reader}
    assert HEADINGS["heading"][reader] in subject and edit_url(standard) in body and editor.username in body


def test_whoever_chose_no_language_of_the_admin_is_written_to_in_one_of_their_own(editor, home, standard):
    one = reviewer("nl", languages=["nl"])
    UserProfile.objects.filter(user=one).update(preferred_language="")
    with translation.override("fr"):  # of whoever submits
        submit_change(standard, HEADINGS, editor)
    assert languages_in(new_mails()[one.email].body) == {"nl"}


def test_each_step_writes_to_its_own_people_and_the_last_to_whoever_submitted(editor, home, standard):
    people = {"nl": reviewer("nl"), "fr": reviewer("fr"), "publication": make_user("Publishers")}
    make_user()
    submit_change(standard, user=editor)
    for step in ("nl", "fr", "publication"):
        assert set(new_mails()) == {people[step].email}
        decide(standard, people[step])
    (last,) = new_mails().values()
    assert last.to == [editor.email] and last.subject.startswith("Page publiée")


def test_whoever_brought_the_page_to_their_own_step_is_not_asked(home, standard):
    both = reviewer("fr", languages=["nl", "fr"])
    other = reviewer("nl")
    submit_change(standard, user=both)
    assert set(new_mails()) == {other.email}


def test_who_left_has_no_address_or_wants_no_mail_gets_none(editor, home, standard):
    silent, nowhere, gone = reviewer("nl"), reviewer("nl"), reviewer("nl")
    silent.wagtail_userprofile.submitted_notifications = False
    silent.wagtail_userprofile.save()
    User.objects.filter(pk=nowhere.pk).update(email="")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    submit_change(standard, user=editor)
    assert new_mails() == {}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("reader", ["nl", "fr", "en"])
def test_what_is_sent_back_goes_to_whoever_submitted_it_with_the_comment_and_what_stands_beside_the_texts(
    reader, home, standard
):
    author, french = make_user("Editors", reader), reviewer("fr")
    submit_change(standard, HEADINGS, author)
    new_mails()
    path = {"revision_created": None, "page": standard, "user": french}
    Comment.objects.create(text="Titre!", contentpath="heading_fr", **path)
    Comment.objects.create(text="Oubli", contentpath="summary_nl", **path | {"user": author})
    decide(standard, french, "reject", "Trop court.")
    (back,) = new_mails().values()
    assert back.to == [author.email] and HEADINGS["heading"][reader] in back.subject
    assert "Trop court." in back.body and "Titre!" in back.body and "Oubli" not in back.body
    assert languages_in(back.body.replace("Trop court.", "")) == {reader}


def test_what_is_very_long_is_cut_in_mails_and_lists(editor, home, standard):
    french, long = reviewer("fr"), "Trop court. " * 1000
    submit_change(standard, HEADINGS, editor)
    new_mails()
    Comment.objects.create(text=long, contentpath="heading_fr", page=standard, user=french)
    decide(standard, french, "reject", long)
    (back,) = new_mails().values()
    (item,) = review_items(editor)[SENT_BACK]
    assert len(back.body) < 2000 and len(item.comment) == 500


def test_whoever_submitted_hears_when_a_language_is_passed_over_while_they_are_away(editor, home, standard):
    dutch, french = reviewer("nl"), reviewer("fr")
    submit_change(standard, user=editor)
    new_mails()
    dutch.is_active = False
    dutch.save()
    mails = new_mails()
    assert set(mails) == {editor.email, french.email} and "néerlandais" in mails[editor.email].subject


def test_where_nobody_publishes_administrators_are_asked(editor, home, standard):
    admin = make_user()
    submit_change(standard, user=editor)
    assert admin.email in new_mails()


def test_a_mail_that_fails_stops_neither_the_others_nor_the_decision(editor, home, standard, monkeypatch, caplog):
    first, second = reviewer("nl"), reviewer("nl")
    send, refused = mail.EmailMessage.send, []

    def fail_once(message, *args, **kwargs):
        if not refused:
            refused.append(message.to[0])
            raise OSError("no route")
        return send(message, *args, **kwargs)

    monkeypatch.setattr("django.core.mail.EmailMultiAlternatives.send", fail_once)
    submit_change(standard, user=editor)
    assert {*refused, *new_mails()} == {first.email, second.email} and "could not be sent" in caplog.text


def test_a_step_that_was_decided_meanwhile_asks_nobody(editor, home, standard):
    dutch = reviewer("nl")
    state = submit_change(standard, user=editor)
    key = state.current_task_state_id
    decide(standard, dutch)
    new_mails()
    ask_for_approval.call(key, None)
    assert new_mails() == {}


def test_a_workflow_of_groups_alone_is_mailed_alike(editor, home, standard):
    publisher = make_user("Publishers", "fr")
    change(standard, {})
    submit(standard, editor)
    (asked,) = new_mails().values()
    assert asked.to == [publisher.email] and asked.subject == "Prête à être publiée\u00a0: standard fr"
