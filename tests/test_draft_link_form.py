"""How staff share a draft: who may, what the form takes, how a link is ended, and what becomes of comments."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageLogEntry

from draft_links import link_form, sharing_log
from draft_links.link_lists import MAX_OPENINGS_SHOWN, links_url
from draft_links.models import MAX_DAYS, DraftComment, DraftLink
from draft_links.panels import MAX_COMMENTS_SHOWN
from draft_links.staff_views import COMMENTS_A_PAGE
from tests.building import make_standard, make_user, staff
from tests.drafts import DAY, FILLED, MINUTE, html, path_of, share, write
from tests.editor import edit_url, errors_of, form_with, messages_of, open_form

ROLES = ["Editors", "Publishers", "Translators", "Reviewers"]


def make(client, page, **typed):
    """Fill in the form for a link and send it; return the response."""
    shown = form_with(client.get(links_url(page)), "for_whom")
    return client.post(links_url(page), {**shown, "for_whom": "Kabinet", **typed})


def button_url(name, thing):
    """Return the address to which the button beside a link or a comment sends."""
    return reverse(name, args=[getattr(thing, "link", thing).page_id, thing.pk])


def send(client, name, thing, **data):
    return client.post(button_url(name, thing), data)


def logged_in(user):
    client = Client()
    client.force_login(user)
    return client


# --- Making


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.sampled(2)
def test_whoever_may_change_a_page_shares_its_draft_for_a_week(client, draft, role):
    user = make_user(role)
    response = make(logged_in(user), draft)
    link = DraftLink.objects.get()
    assert response.url == links_url(draft)
    assert (link.author, link.for_whom, link.language, link.takes_comments) == (user, "Kabinet", "nl", False)
    assert link.expires_at - link.created_at == 7 * DAY
    assert client.get(path_of(link)).status_code == 200


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_link_begins_in_the_language_of_the_admin(draft, language):
    client = staff("Editors", language)
    make(client, draft)
    assert DraftLink.objects.get().language == language
    shown = html(client.get(links_url(draft))).find("input", readonly=True)["value"]
    assert shown == DraftLink.objects.get().url and shown.startswith(f"http://localhost:8000/{language}/")


@pytest.mark.parametrize("days", link_form.DAYS)
@pytest.mark.parametrize(("shows", "language"), [("en", "en"), ("all", "")])
@pytest.mark.sampled(3)
def test_how_long_and_what_it_shows_are_chosen(draft, days, shows, language):
    make(staff("Editors"), draft, days=days, shows=shows, takes_comments="on")
    link = DraftLink.objects.get()
    assert (link.expires_at - link.created_at, link.language, link.takes_comments) == (days * DAY, language, True)


BROKEN = [
    ({"for_whom": "  "}, "for_whom"),
    ({"for_whom": "a" * 101}, "for_whom"),
    ({"days": MAX_DAYS + 1}, "days"),
    ({"days": "-1"}, "days"),
    ({"days": "x"}, "days"),
    ({"days": ""}, "days"),
    ({"shows": "de"}, "shows"),
    ({"shows": ""}, "shows"),
]


def test_what_makes_no_link_is_said_at_its_field_and_stays(draft):
    client = staff("Editors")
    form = form_with(client.get(links_url(draft)), "for_whom") | {"for_whom": "Kabinet", "takes_comments": "on"}
    for typed, field in BROKEN:
        response = client.post(links_url(draft), form | typed)
        assert errors_of(response).keys() == {field}, typed
        shown = form_with(response, "for_whom")
        assert shown["for_whom"].strip() == typed.get("for_whom", "Kabinet").strip() and shown["takes_comments"] == "on", typed
    assert not DraftLink.objects.exists()


@pytest.mark.parametrize("role", ["Translators", "Reviewers"])
@pytest.mark.sampled(1)
def test_whoever_writes_in_some_languages_shares_in_these_and_ends_no_other_links(draft, role):
    client = staff(role, "fr", languages=["fr"])
    shown = html(client.get(links_url(draft)))
    assert [choice["value"] for choice in shown.find_all("input", attrs={"name": "shows"})] == ["fr"]
    assert "Votre compte ne partage de brouillons qu’en français." in shown.text
    for choice in ("nl", "all"):
        assert errors_of(make(client, draft, shows=choice)).keys() == {"shows"}
    assert make(client, draft).status_code == 302
    own = DraftLink.objects.get()
    links = [share(draft, language=language, takes_comments=True) for language in ("nl", "")]
    for link in links:
        write(Client(), link)
        send(client, "take_over_or_delete_draft_comment", link.comments.get())
        send(client, "revoke_draft_link", link)
    assert DraftComment.objects.count() == 2 and DraftLink.objects.open().count() == 3
    buttons = html(client.get(links_url(draft))).find_all("button", formaction=True)
    assert [button["formaction"] for button in buttons] == [button_url("revoke_draft_link", own)]
    send(client, "revoke_draft_link", own)
    assert DraftLink.objects.open().count() == 2


def test_whoever_has_no_language_is_told_so_and_makes_no_link(draft):
    client = staff("Translators", languages=[])
    shown = html(client.get(links_url(draft)))
    assert not shown.find(attrs={"name": "for_whom"}) and "nog geen taal" in shown.text
    assert client.post(links_url(draft), {"for_whom": "x", "shows": "nl", "days": 7}).status_code == 200
    assert not DraftLink.objects.exists()


def test_a_page_has_so_many_links_and_no_more(draft, monkeypatch):
    monkeypatch.setattr(link_form, "MAX_OPEN_LINKS", 1)
    client = staff("Editors")
    make(client, draft)
    assert errors_of(make(client, draft)).keys() == {"__all__"}
    link = DraftLink.objects.get()
    send(client, "revoke_draft_link", link)
    assert make(client, draft).status_code == 302


def test_whoever_may_not_change_the_page_sees_and_makes_and_ends_nothing(draft, home):
    link = share(draft, takes_comments=True)
    write(Client(), link)
    comment = DraftComment.objects.get()
    elsewhere = make_standard(home, "elders")
    stranger = make_user("Editors")
    group = Group.objects.create(name="Elders")
    editors = Group.objects.get(name="Editors")
    group.permissions.set(editors.permissions.all())
    change = GroupPagePermission.objects.filter(group=editors, permission__codename="change_page").get().permission
    GroupPagePermission.objects.create(group=group, page=elsewhere, permission=change)
    stranger.groups.set([group])
    client = logged_in(stranger)
    assert client.get(links_url(elsewhere)).status_code == 200
    answers = [
        client.get(links_url(draft)),
        client.post(links_url(draft), {"for_whom": "x", "shows": "nl", "days": 7}),
        send(client, "revoke_draft_link", link),
        send(client, "take_over_or_delete_draft_comment", comment),
        send(client, "take_over_or_delete_draft_comment", comment, taken_over="1"),
    ]
    assert all(response.status_code == 302 and response.url == "/admin/" for response in answers)
    link.refresh_from_db()
    comment.refresh_from_db()
    assert link.is_open and comment.taken_over_at is None and DraftLink.objects.count() == 1


# --- Seeing and ending


def test_the_form_of_the_page_lists_the_links_that_work_and_their_comments(client, draft):
    editor = staff("Editors")
    link, over = share(draft, takes_comments=True), share(draft, for_whom="Vorige week")
    over.revoke(over.author)
    over.save()
    client.get(path_of(link))
    write(client, link)
    panel = html(editor.get(edit_url(draft))).find("details", class_="draft-links")
    assert "Kabinet" in panel.text and "Vorige week" not in panel.text and "1 nieuwe opmerking" in panel.summary.text
    assert panel.find("input", readonly=True)["value"] == link.url and not panel.find(attrs={"name": "for_whom"})
    assert "Eén keer geopend" in panel.text and FILLED["name"] in panel.text
    assert "draft-links-form" in {button.get("form") for button in panel.find_all("button")}
    assert panel.find("a", href=links_url(draft))


def test_the_buttons_in_the_form_of_the_page_send_a_form_of_their_own(draft):
    link, user = share(draft), make_user("Editors")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    page = html(client.get(edit_url(draft)))
    form = page.find("template", attrs={"data-controller": "w-teleport", "data-w-teleport-target-value": "body"}).form
    sent = {field["name"]: field["value"] for field in form.find_all("input")}
    (button,) = page.find_all("button", form=form["id"])
    assert client.post(button["formaction"], sent).url == edit_url(draft)
    link.refresh_from_db()
    assert not link.is_open


def test_a_comment_that_nobody_has_decided_about_outlives_its_link_in_the_form(client, draft):
    editor, link = staff("Editors"), share(draft, takes_comments=True)
    write(client, link)
    link.revoke(link.author)
    link.save()
    panel = html(editor.get(edit_url(draft))).find("details", class_="draft-links")
    assert FILLED["name"] in panel.text and not panel.find(class_="staff-notes__count") and not panel.find("input")
    assert html(editor.get(links_url(draft))).find(class_="draft-comment")
    send(editor, "take_over_or_delete_draft_comment", link.comments.get(), taken_over="1")
    assert FILLED["name"] not in html(editor.get(edit_url(draft))).find("details", class_="draft-links").text


def test_the_panel_leaves_the_form_of_the_page_as_it_is(draft):
    client = staff("Editors")
    before = open_form(client, edit_url(draft))
    share(draft, takes_comments=True)
    after = open_form(client, edit_url(draft))
    assert before.keys() == after.keys()


def test_whoever_revokes_comes_back_to_where_the_button_was_and_nowhere_else(client, draft):
    editor = make_user("Translators")
    link = share(draft)
    response = send(logged_in(editor), "revoke_draft_link", link, next=edit_url(draft))
    link.refresh_from_db()
    assert response.url == edit_url(draft) and not link.is_open and link.revoked_by == editor
    assert client.get(path_of(link)).status_code == 410
    moment = link.revoked_at
    response = send(staff("Editors"), "revoke_draft_link", link, next="https://elsewhere.example/")
    link.refresh_from_db()
    assert response.url == links_url(draft) and link.revoked_at == moment and link.revoked_by == editor


def test_looking_at_the_addresses_of_the_buttons_does_nothing_but_lead_to_their_screen(draft):
    link, client = share(draft, takes_comments=True), staff("Editors")
    write(Client(), link)
    comment = link.comments.get()
    for address in (button_url("revoke_draft_link", link), button_url("take_over_or_delete_draft_comment", comment)):
        assert client.get(address).url == links_url(draft)
    assert send(client, "revoke_draft_link", type(link)(pk=link.pk + 1, page=draft)).status_code == 404
    link.refresh_from_db()
    comment.refresh_from_db()
    assert link.is_open and not comment.taken_over_at


def test_a_link_is_not_ended_by_the_address_of_another_page(draft, home):
    link = share(draft)
    address = reverse("revoke_draft_link", args=[home.pk, link.pk])
    assert staff("Publishers").post(address).status_code == 404
    link.refresh_from_db()
    assert link.is_open


def test_the_screen_tells_when_a_link_was_opened_and_which_ended(client, draft):
    editor = staff("Editors", "fr")
    link, over = (
        share(draft, language=""),
        share(draft, for_whom="Ancien", expires_at=timezone.now() - DAY / 2, created_at=timezone.now() - DAY),
    )
    for language in ("nl", "fr", "fr"):
        client.get(path_of(link, language))
    shown = html(editor.get(links_url(draft)))
    first, last = shown.select(".staff-note")
    assert (
        "Ouvert 3 fois" in first.text and "2 fois" in first.text and len(first.select("details li")) == 2 <= MAX_OPENINGS_SHOWN
    )
    assert "Ancien" in last.text and not last.find("input", readonly=True) and over.token not in str(shown)


def test_the_history_of_the_page_tells_of_links_and_not_for_whom(draft):
    client = staff("Editors")
    make(client, draft, shows="all")
    send(client, "revoke_draft_link", DraftLink.objects.get())
    entries = PageLogEntry.objects.filter(action__startswith="draft_links.").order_by("pk")
    assert [entry.action for entry in entries] == ["draft_links.share", "draft_links.revoke"]
    assert not any("Kabinet" in f"{entry.data}{entry.label}" for entry in entries)
    history = client.get(reverse("wagtailadmin_pages:history", args=[draft.pk])).content.decode()
    assert "Deelde het concept met een link" in history and "Alle talen naast elkaar" in history


def test_the_day_until_when_a_draft_is_shared_is_that_of_the_site(draft):
    link = share(draft, expires_at=datetime(2099, 6, 1, 22, 30, tzinfo=UTC), created_at=datetime(2099, 6, 1, 0, 0, tzinfo=UTC))
    sharing_log.note_sharing(link, link.author)
    assert PageLogEntry.objects.get(action="draft_links.share").data["until"] == "2099-06-02"


# --- Comments


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.sampled(2)
def test_staff_take_a_comment_over_or_delete_it(client, draft, role):
    link = share(draft, takes_comments=True)
    write(client, link)
    write(client, link, text="Tweede")
    first, second = DraftComment.objects.all()
    user = make_user(role)
    person = logged_in(user)
    assert send(person, "take_over_or_delete_draft_comment", first, taken_over="1").url == links_url(draft)
    first.refresh_from_db()
    assert first.taken_over_at and first.taken_over_by == user
    send(person, "take_over_or_delete_draft_comment", second)
    assert list(DraftComment.objects.all()) == [first]


def test_a_decision_about_a_comment_that_somebody_else_deleted_is_said_to_be_too_late(client, draft):
    link = share(draft, takes_comments=True)
    write(client, link)
    comment = DraftComment.objects.get()
    editor = staff("Editors")
    send(editor, "take_over_or_delete_draft_comment", comment)
    response = send(editor, "take_over_or_delete_draft_comment", comment, taken_over="1", next=links_url(draft))
    assert response.url == links_url(draft) and "Deze opmerking is intussen verwijderd." in messages_of(response)


def test_what_was_typed_is_shown_to_staff_as_plain_text(client, draft):
    link = share(draft, takes_comments=True)
    text = "<script>alert(1)</script> https://example.org"
    write(client, link, text=text, name="<i>An</i>")
    for url in (edit_url(draft), links_url(draft)):
        shown = html(staff("Editors").get(url)).find(class_="draft-comment")
        assert text in shown.text and "<i>An</i>" in shown.text and not shown.find(["script", "a", "i"])


def test_neither_the_form_of_the_page_nor_the_screen_shows_more_than_some_comments_at_once(draft):
    editor, link = staff("Editors"), share(draft, takes_comments=True)
    number = COMMENTS_A_PAGE + 3
    moments = {n: link.created_at + n * MINUTE for n in range(number)}
    DraftComment.objects.bulk_create(
        DraftComment(link=link, sending=str(n), name="An", text=f"Nummer {n}.", language="nl", moment=moments[n])
        for n in moments
    )

    def shown(url):
        page = html(editor.get(url))
        return page, [comment.find(class_="message-text").text.strip() for comment in page.select(".draft-comment")]

    panel, texts = shown(edit_url(draft))
    assert texts == [f"Nummer {n}." for n in range(number - 1, number - 1 - MAX_COMMENTS_SHOWN, -1)]
    assert f"{number} nieuwe opmerkingen" in panel.find("details", class_="draft-links").summary.text
    assert panel.find("a", href=links_url(draft) + "#draft-comments")
    screen, first = shown(links_url(draft))
    _screen, last = shown(links_url(draft) + "?p=2")
    assert (len(first), last) == (COMMENTS_A_PAGE, ["Nummer 2.", "Nummer 1.", "Nummer 0."])
    assert f"{number} opmerkingen (nieuw: {number})." in screen.text
    assert screen.find("form", id="draft-links-form").find(attrs={"name": "next"})["value"] == links_url(draft)
    send(editor, "take_over_or_delete_draft_comment", DraftComment.objects.get(text="Nummer 0."), taken_over="1")
    screen, last = shown(links_url(draft) + "?p=99")
    assert last[-1] == "Nummer 0." and f"{number} opmerkingen (nieuw: {number - 1})." in screen.text


def test_lists_take_as_many_queries_for_more(client, draft):
    editor = staff("Editors")

    def cost(url):
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(url).status_code == 200
        return len(captured)

    def add(number):
        for _ in range(number):
            link = share(draft, takes_comments=True, language="")
            for language in ("nl", "fr"):
                client.get(path_of(link, language))
            DraftComment.objects.create(link=link, sending=link.key, name="An", text="x", language="nl")
            ended = share(draft)
            ended.revoke(ended.author)
            ended.save()

    add(2)
    for url in (links_url(draft), edit_url(draft)):
        cost(url)
    before = [cost(links_url(draft)), cost(edit_url(draft))]
    add(4)
    assert [cost(links_url(draft)), cost(edit_url(draft))] == before
