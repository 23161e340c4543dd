"""The guarantee: nothing is public without Dutch and French, and no address belongs to two, whichever way somebody tries."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, Revision, TaskState, Workflow

from languages.codes import LANGUAGES
from languages.parity import ParityMissing
from pages.models import HomePage, SitePage, StandardPage
from pages.scheduling import REFUSED
from tests.building import make_home, make_section, make_standard, make_user, texts
from tests.editor import (
    PUBLISH,
    REASON,
    SUBMIT,
    add_url,
    edit_url,
    errors_of,
    in_form,
    messages_of,
    open_form,
    publish,
    said,
    save_draft,
)
from tests.racing import outcomes

LATER = "2099-01-01 10:00"
MISSING = {"heading_fr", "url_slug_fr", "summary_fr"}


@pytest.fixture
def publisher(client, db):
    """A publisher whose admin is in French, logged in."""
    user = make_user("Publishers", "fr")
    client.force_login(user)
    return user


@pytest.fixture
def dutch(home):
    """A draft in Dutch only."""
    return make_standard(home, "dutch", languages=["nl"], live=False)


def fresh(page):
    """Return a page as the database has it now."""
    return Page.objects.get(pk=page.pk).specific


def is_hidden(page):
    """Say whether a page is neither live nor found by readers in any language."""
    page = fresh(page)
    return not page.live and page.paths() == {}


# --- In the editor


def test_publishing_in_the_editor_is_refused_at_the_fields(publisher, client, dutch):
    refused = publish(client, dutch)
    assert errors_of(refused).keys() == MISSING
    assert is_hidden(dutch)


def test_publishing_what_was_never_saved_is_refused_at_the_fields(publisher, client, home):
    url = add_url(StandardPage, home)
    refused = client.post(url, open_form(client, url, **texts("dutch", ["nl"])) | PUBLISH)
    assert errors_of(refused).keys() == MISSING
    assert in_form(refused)["heading_nl"] == "dutch nl"
    assert not StandardPage.objects.exists()


@pytest.mark.sweep
def test_a_live_page_that_loses_its_french_keeps_what_readers_see(publisher, client, home):
    page = make_standard(home)
    assert errors_of(publish(client, page, summary_fr="")).keys() == {"summary_fr"}
    assert save_draft(client, page, summary_fr="").status_code == 302
    page = fresh(page)
    assert page.summary_fr == "Summary of standard in fr." and page.has_unpublished_changes
    assert not page.get_latest_revision_as_object().summary_fr


@pytest.mark.sweep
def test_scheduling_an_incomplete_page_is_refused_at_the_fields(publisher, client, dutch):
    refused = publish(client, dutch, go_live_at=LATER)
    assert errors_of(refused).keys() == MISSING
    assert fresh(dutch).scheduled_revision is None


@pytest.mark.sweep
def test_reverting_to_an_incomplete_revision_and_publishing_it_is_refused_at_the_fields(publisher, client, dutch):
    incomplete = dutch.latest_revision
    assert publish(client, dutch, **texts("dutch", ["fr"])).status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[dutch.pk, incomplete.pk])
    refused = client.post(url, open_form(client, url) | PUBLISH)
    assert errors_of(refused).keys() == MISSING
    assert fresh(dutch).heading_fr == "dutch fr"
    assert client.post(url, open_form(client, url)).status_code == 302, "A draft may be reverted to it."
    page = fresh(dutch)
    assert page.live and page.heading_fr == "dutch fr" and not page.get_latest_revision_as_object().heading_fr


# --- By the hour


def schedule(client, page, **typed):
    """Schedule a page in the editor."""
    assert publish(client, page, go_live_at=LATER, **typed).status_code == 302
    assert fresh(page).scheduled_revision


def let_the_hour_come(**changes):
    """Bring the hour of all schedules into the past; `changes` alter what was scheduled behind everybody's back."""
    past = timezone.now() - timedelta(minutes=1)
    for revision in Revision.objects.filter(approved_go_live_at__isnull=False):
        revision.approved_go_live_at = past
        revision.content |= {"go_live_at": past.isoformat(), **changes.get(f"page_{revision.object_id}", {})}
        revision.save()
    call_command("publish_scheduled")


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
        assert message.subject == said("Not published: %(page)s", language, page=f"first {language}")
        assert settings.SITE_URL + edit_url(page) in message.body
        assert entry.data["reasons"][0] in message.body
    history = client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
    assert said("Was to be published by schedule, but could not be", "fr") in history


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


# --- By workflow


def in_moderation(client, page):
    """Submit a page for moderation, as an editor; return its task."""
    client.force_login(make_user("Editors"))
    assert client.post(edit_url(page), open_form(client, edit_url(page)) | SUBMIT).status_code == 302
    return TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)


@pytest.mark.sweep
def test_submitting_an_incomplete_page_for_moderation_is_refused_at_the_fields(client, dutch):
    assert Workflow.objects.filter(active=True).exists()
    client.force_login(make_user("Editors"))
    refused = client.post(edit_url(dutch), open_form(client, edit_url(dutch)) | SUBMIT)
    assert errors_of(refused).keys() == MISSING
    assert not TaskState.objects.exists()


@pytest.mark.sweep
def test_approving_in_the_editor_is_refused_at_the_field_when_french_went_missing(client, home):
    page = make_standard(home, live=False)
    in_moderation(client, page)
    client.force_login(make_user("Publishers"))
    approve = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    refused = client.post(edit_url(page), open_form(client, edit_url(page), summary_fr="") | approve)
    assert errors_of(refused).keys() == {"summary_fr"}
    assert is_hidden(page)
    assert client.post(edit_url(page), in_form(refused) | {"summary_fr": "Résumé."} | REASON | approve).status_code == 302
    assert fresh(page).live


@pytest.mark.sweep
@pytest.mark.parametrize("in_a_dialogue", [False, True])
def test_approving_elsewhere_says_what_is_missing_and_leaves_the_page_in_moderation(in_a_dialogue, client, home):
    page = make_standard(home, live=False)
    task = in_moderation(client, page)
    client.force_login(make_user("Publishers", "fr"))
    save_draft(client, page, summary_fr="")
    task.refresh_from_db()
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    dashboard = "http://testserver" + reverse("wagtailadmin_home")
    headers = {"Referer": dashboard} | ({"X-Requested-With": "XMLHttpRequest"} if in_a_dialogue else {})
    response = client.post(url, {"comment": ""}, headers=headers)
    if in_a_dialogue:
        assert response.json() == {"step": "success", "redirect": dashboard}
    else:
        assert (response.status_code, response.url) == (302, dashboard)
    missing = said("Missing in %(language)s: %(text)s.", "fr", language="fr", text="summary")
    assert messages_of(response)[-1] == f"{said('Not published.', 'fr')} {missing}"
    assert is_hidden(page)
    task.refresh_from_db()
    assert task.status == TaskState.STATUS_IN_PROGRESS
    save_draft(client, page, summary_fr="Résumé.", summary_nl="Samenvatting.")
    assert client.post(url, {"comment": ""}).status_code == 302
    assert fresh(page).live


# --- In bulk


def bulk(client, action, pages, **typed):
    query = "&".join(f"id={page.pk}" for page in pages)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    explorer = reverse("wagtailadmin_explore", args=[pages[0].get_parent().pk])
    assert client.get(f"{url}?{query}").status_code == 200
    return client.post(f"{url}?{query}&next={explorer}", typed)


@pytest.mark.sweep
def test_publishing_in_bulk_leaves_out_what_is_incomplete_and_says_so(publisher, client, home, dutch):
    complete = make_standard(home, "whole", live=False)
    response = bulk(client, "publish", [dutch, complete])
    assert response.status_code == 302
    assert is_hidden(dutch) and fresh(complete).live
    refusal, success = messages_of(response)
    assert "dutch nl" in refusal and edit_url(dutch) in refusal and said("summary", "fr") in refusal
    assert "whole" not in refusal
    assert success


def test_publishing_only_what_is_incomplete_in_bulk_publishes_nothing(publisher, client, dutch):
    response = bulk(client, "publish", [dutch])
    assert response.status_code == 302 and len(messages_of(response)) == 1
    assert is_hidden(dutch)


@pytest.mark.sweep
@pytest.mark.parametrize("first", ["whole", "incomplete"])
def test_publishing_whole_trees_in_bulk_leaves_out_what_is_incomplete(first, publisher, client, home):
    top = make_standard(home, "top", languages=["nl", "fr"] if first == "whole" else ["nl"], live=False)
    incomplete = make_standard(top, "below", languages=["nl"], live=False)
    complete = make_standard(incomplete, "deep", languages=["nl", "fr"], live=False)
    response = bulk(client, "publish", [top], include_descendants="on")
    assert response.status_code == 302
    assert is_hidden(incomplete)
    assert fresh(complete).live and fresh(complete).paths() == {}, "Readers cannot get below a page that is not there."
    assert fresh(top).live == (first == "whole")
    assert "below nl" in messages_of(response)[0]


@pytest.mark.sweep
def test_publishing_in_bulk_what_takes_an_address_of_another_says_so(publisher, client, home):
    make_standard(home, "taken")
    page = make_standard(home, "other")
    StandardPage.objects.get(pk=page.pk).save_revision()
    revision = fresh(page).latest_revision
    revision.content |= {"url_slug_fr": "taken-fr"}
    revision.save()
    response = bulk(client, "publish", [page])
    assert response.status_code == 302
    assert said("Another page has this address in %(language)s already.", "fr", language="fr") in messages_of(response)[0]
    assert fresh(page).paths()["fr"] == "/fr/other-fr/"


# --- Copies and aliases


def test_a_public_copy_without_french_is_refused_and_leaves_nothing_behind(home, standard):
    before = Page.objects.count()
    with pytest.raises(ParityMissing):
        standard.copy(keep_live=True, update_attrs={"heading_fr": ""})
    assert Page.objects.count() == before
    home.refresh_from_db()
    assert home.numchild == home.get_children().count() == 1


@pytest.mark.sweep
def test_a_copy_of_a_tree_that_is_refused_below_leaves_nothing_behind(home, standard):
    make_standard(standard, "below", url_slug_fr="b" * 80)
    place = make_standard(make_standard(home, "a", url_slug_fr="a" * 80), "c", url_slug_fr="c" * 80)
    before = Page.objects.count()
    with pytest.raises(ValidationError):
        fresh(standard).copy(recursive=True, to=place, keep_live=True)
    assert Page.objects.count() == before
    assert fresh(place).numchild == 0


def test_a_copy_is_a_draft_of_its_own_until_it_is_published(home, dutch):
    copy = dutch.copy(keep_live=True)
    assert is_hidden(copy)
    with pytest.raises(ParityMissing):
        copy.get_latest_revision().publish()
    assert is_hidden(copy)


@pytest.mark.sweep
def test_an_alias_of_a_draft_is_hidden_until_its_source_is_published(publisher, client, home, dutch):
    alias = CreatePageAliasAction(dutch, user=publisher).execute()
    assert is_hidden(alias)
    assert errors_of(publish(client, dutch)).keys() == MISSING
    assert is_hidden(alias)
    assert publish(client, dutch, **texts("dutch", ["fr"])).status_code == 302
    assert fresh(alias).paths() == {"nl": "/nl/dutch-nl-2/", "fr": "/fr/dutch-fr-2/"}


def test_an_alias_may_not_be_made_public_by_itself(dutch):
    alias = fresh(CreatePageAliasAction(dutch).execute())
    alias.live = True
    with pytest.raises(ParityMissing):
        alias.save()
    assert is_hidden(alias)


# --- Moves


def move(client, page, place):
    return client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))


@pytest.mark.sweep
def test_a_draft_that_is_moved_stays_a_draft(publisher, client, home, dutch):
    assert move(client, dutch, make_standard(home)).status_code == 302
    assert is_hidden(dutch)
    with pytest.raises(ParityMissing):
        fresh(dutch).latest_revision.publish()


@pytest.mark.sweep
def test_a_move_to_where_the_slug_is_taken_is_refused_with_a_message(publisher, client, home):
    place = make_standard(home, "place")
    make_standard(place, "other", url_slug_fr="same")
    page = make_standard(home, "page", url_slug_fr="same")
    for response in (move(client, page, place), bulk(client, "move", [page], chooser=place.pk)):
        assert response.status_code == 302
        message = said("Another page has this address in %(language)s already.", "fr", language="fr")
        assert messages_of(response)[-1] == f"page fr: {message}"
        assert fresh(page).get_parent().specific == home
        assert fresh(page).paths()["fr"] == "/fr/same/"


def test_a_move_to_a_slug_of_the_site_itself_is_refused_with_a_message(publisher, client, home):
    page = make_standard(make_standard(home, "place"), "page", url_slug_fr="recherche")
    response = move(client, page, home)
    assert response.status_code == 302
    assert said("This address belongs to the site itself; choose another.", "fr") in messages_of(response)[0]
    assert fresh(page).paths()["fr"] == "/fr/place-fr/recherche/"


@pytest.mark.sweep
def test_pages_that_have_the_same_slug_are_not_moved_together(publisher, client, home):
    place = make_standard(home, "place")
    first = make_standard(make_standard(home, "a"), "first", url_slug_nl="same")
    second = make_standard(make_standard(home, "b"), "second", url_slug_nl="same")
    response = bulk(client, "move", [first, second], chooser=place.pk)
    assert response.status_code == 302 and messages_of(response)
    assert fresh(first).paths()["nl"] == "/nl/a-nl/same/" and fresh(second).paths()["nl"] == "/nl/b-nl/same/"


@pytest.mark.sweep
def test_a_move_that_makes_an_address_too_long_is_refused_with_a_message(publisher, client, home):
    page = make_standard(home, "page", url_slug_fr="p" * 80)
    make_standard(page, "below", url_slug_fr="b" * 80)
    place = make_standard(make_standard(home, "a", url_slug_fr="a" * 80), "c", url_slug_fr="c" * 80)
    for response in (move(client, page, place), bulk(client, "move", [page], chooser=place.pk)):
        assert response.status_code == 302
        assert said("The whole address would be too long; shorten the slug.", "fr") in messages_of(response)[-1]
        assert fresh(page).get_parent().specific == home


def test_another_order_of_pages_changes_no_address(publisher, client, home):
    pages = [make_standard(home, name) for name in ("first", "second")]
    position = reverse("wagtailadmin_pages:set_page_position", args=[pages[1].pk])
    assert client.post(f"{position}?position=0").status_code == 200
    assert list(fresh(home).get_children()) == [Page.objects.get(pk=page.pk) for page in reversed(pages)]
    assert [fresh(page).paths() for page in pages] == [page.paths() for page in pages]
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.sampled(1)
def test_a_move_in_the_shell_to_where_the_slug_is_taken_changes_nothing(plain, home):
    place = make_standard(home, "place")
    make_standard(place, "other", url_slug_fr="same")
    page = make_standard(home, "page", url_slug_fr="same")
    with pytest.raises(ValidationError):
        (Page.objects.get(pk=page.pk) if plain else page).move(fresh(place), pos="last-child")
    assert fresh(page).get_parent().specific == home
    assert fresh(page).paths()["fr"] == "/fr/same/"


# --- In the shell


def test_saving_an_incomplete_page_as_live_is_refused(dutch):
    for page, fields in ((fresh(dutch), None), (fresh(dutch), ["live"]), (Page.objects.get(pk=dutch.pk), None)):
        page.live = True
        for clean in (True, False):
            with pytest.raises(ParityMissing):
                page.save(clean=clean, update_fields=fields)
            assert is_hidden(dutch)


@pytest.mark.parametrize("fields", [["latest_revision"], ["numchild"], ["locked"]])
def test_saving_a_plain_page_without_what_addresses_depend_on_refreshes_nothing(fields, home):
    page = Page.objects.get(pk=make_standard(home).pk)
    with CaptureQueriesContext(connection) as captured:
        page.save(clean=False, update_fields=fields)
    assert not any("advisory" in query["sql"] or "search_entry" in query["sql"] for query in captured)


def test_a_live_page_loses_no_text_by_a_save_of_that_text_alone(standard):
    standard.heading_fr = ""
    with pytest.raises(ParityMissing):
        standard.save(clean=False, update_fields=["heading_fr"])
    assert fresh(standard).heading_fr and fresh(standard).paths()["fr"]


def test_adding_an_incomplete_page_as_live_is_refused(home):
    with pytest.raises(ParityMissing) as refusal:
        home.add_child(instance=StandardPage(live=True, **texts("dutch", ["nl"])))
    assert set(refusal.value.message_dict) == MISSING
    assert not StandardPage.objects.exists()
    assert fresh(home).numchild == 0


def test_publishing_an_incomplete_revision_is_refused(dutch):
    ways = [
        lambda: dutch.latest_revision.publish(),
        lambda: dutch.publish(dutch.latest_revision),
        lambda: PublishPageRevisionAction(dutch.latest_revision).execute(),
    ]
    for way in ways:
        with pytest.raises(ParityMissing):
            way()
        assert is_hidden(dutch)
        assert fresh(dutch).live_revision is None


def test_an_incomplete_revision_may_not_be_scheduled(dutch):
    dutch.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ParityMissing):
        dutch.save_revision().publish()
    assert fresh(dutch).scheduled_revision is None


def test_a_section_and_a_home_page_are_held_to_it_too(db):
    home = make_home()
    for page in (home, make_section(home)):
        page.summary_fr = ""
        with pytest.raises(ParityMissing):
            page.save()
    assert not HomePage.objects.filter(summary_fr="").exists()


def bypasses(source):
    """Return the lines of Python source that make pages live past `save()`, with `update()` or `bulk_update()`."""
    lines = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", "")
        named = {keyword.arg for keyword in call.keywords}
        listed = {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}
        if (name == "update" and "live" in named) or (name == "bulk_update" and "live" in listed):
            lines.append(call.lineno)
    return lines


def test_no_code_of_ours_makes_pages_live_past_the_guarantee():
    apps_of_ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    ours = [path for app in apps_of_ours for path in app.rglob("*.py")]
    assert len(apps_of_ours) > 6 and len(ours) > 60
    assert {str(path): lines for path in ours if (lines := bypasses(path.read_text()))} == {}


@pytest.mark.parametrize(
    "source", ["Page.objects.filter(pk=1).update(live=True)", "pages.update(title='', live=x)", "p.bulk_update(all, ['live'])"]
)
def test_a_way_past_the_guarantee_would_be_found(source):
    assert bypasses(source) == [1]


# --- Addresses follow


def unpublish(client, page, **typed):
    return client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]), typed)


@pytest.mark.sweep
def test_what_is_unpublished_is_gone_for_readers_and_comes_back_at_its_address(publisher, client, standard):
    below = make_standard(standard, "below")
    before = standard.paths(), below.paths()
    assert unpublish(client, standard).status_code == 302
    assert is_hidden(standard) and fresh(below).paths() == {}
    for path in (*before[0].values(), *before[1].values()):
        assert client.get(path).status_code == 404
    assert publish(client, standard).status_code == 302
    assert (fresh(standard).paths(), fresh(below).paths()) == before
    for path in (*before[0].values(), *before[1].values()):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("way", ["bulk", "hour", "shell", "source of an alias"])
@pytest.mark.sampled(1)
def test_whichever_way_a_page_is_unpublished_readers_find_it_no_more(way, publisher, client, home):
    page = make_standard(home)
    paths = page.paths()
    if way == "bulk":
        assert bulk(client, "unpublish", [page]).status_code == 302
    elif way == "hour":
        Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))
        call_command("publish_scheduled")
    elif way == "shell":
        Page.objects.get(pk=page.pk).unpublish()
    else:
        alias = CreatePageAliasAction(page).execute()
        paths = fresh(alias).paths()
        assert unpublish(client, page).status_code == 302
        page = alias
    assert is_hidden(page)
    for path in paths.values():
        assert client.get(path).status_code == 404


@pytest.mark.sweep
def test_a_revision_from_before_a_move_is_published_at_the_place_of_today(publisher, client, home, standard):
    old = standard.latest_revision
    place = make_standard(home, "place")
    assert move(client, standard, place).status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, old.pk])
    assert client.post(url, open_form(client, url) | PUBLISH).status_code == 302
    assert fresh(standard).paths()["fr"] == "/fr/place-fr/standard-fr/"
    moved = client.get("/fr/standard-fr/")
    assert (moved.status_code, moved.url) == (301, "/fr/place-fr/standard-fr/")


@pytest.mark.sweep
def test_a_revision_with_an_older_slug_is_published_at_that_slug_with_a_redirect_from_the_newer(publisher, client, standard):
    old = standard.latest_revision
    assert publish(client, standard, url_slug_fr="newer").status_code == 302
    url = reverse("wagtailadmin_pages:revisions_revert", args=[standard.pk, old.pk])
    assert client.post(url, open_form(client, url) | PUBLISH).status_code == 302
    assert fresh(standard).paths()["fr"] == "/fr/standard-fr/"
    assert client.get("/fr/standard-fr/").status_code == 200
    assert client.get("/fr/newer/").url.endswith("/fr/standard-fr/")


@pytest.mark.sweep
def test_a_schedule_that_was_approved_before_a_move_publishes_at_the_place_of_today(publisher, client, home):
    page, place = make_standard(home, live=False), make_standard(home, "place")
    schedule(client, page)
    assert move(client, page, place).status_code == 302
    let_the_hour_come()
    assert fresh(page).paths()["nl"] == "/nl/place-nl/standard-nl/"


@pytest.mark.sweep
def test_what_somebody_else_moved_meanwhile_is_saved_at_its_new_place(home):
    page, place = make_standard(home), make_standard(home, "place")
    fresh(page).move(place, pos="last-child")
    newcomer = make_standard(home, "newcomer", **{f"url_slug_{code}": f"standard-{code}" for code in LANGUAGES})
    remembered = fresh(page)
    remembered.address_fr = page.address_fr
    remembered.save()
    assert fresh(page).paths()["fr"] == "/fr/place-fr/standard-fr/"
    assert fresh(newcomer).paths()["fr"] == "/fr/standard-fr/"


# --- At the same moment, in two connections


def slugs(slug):
    return {f"url_slug_{code}": slug for code in LANGUAGES}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_siblings_published_at_the_same_moment_with_the_same_slug_one_wins():
    home = make_home()
    for number in range(5):
        same = slugs(f"same-{number}")
        pair = [make_standard(home, f"{name} {number}", live=False, **same) for name in ("one", "another")]
        results = outcomes(*(page.latest_revision.publish for page in pair))
        assert [type(error) for error in results if error] == [ValidationError]
        assert [fresh(page).live for page in pair] == [error is None for error in results]
        assert SitePage.objects.filter(address_fr=f"same-{number}").count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_page_moved_and_a_page_published_at_the_same_moment_do_not_share_an_address():
    home = make_home()
    place = make_standard(home, "place")
    for number in range(3):
        moved = make_standard(home, f"moved {number}", **slugs(f"same-{number}"))
        published = make_standard(place, f"published page {number}", live=False, **slugs(f"same-{number}"))
        results = outcomes(lambda page=moved: page.move(fresh(place), pos="last-child"), published.latest_revision.publish)
        assert [type(error) for error in results if error] == [ValidationError]
        assert SitePage.objects.filter(address_fr=f"place-fr/same-{number}").count() == 1
        assert SitePage.objects.filter(live=True, address_fr=None).count() == 0


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_the_index_of_wagtail_follows_once_a_save_is_committed_and_never_a_save_that_is_not(admin_search):
    key, answers = make_standard(make_home()).pk, []

    def is_found():
        return SitePage.objects.all().search("Xyzzy").count()

    def publish_and(finish):
        with transaction.atomic():
            page = SitePage.objects.get(pk=key).specific
            page.heading_nl = page.heading_fr = page.heading_en = "Xyzzy"
            page.save_revision().publish()
            answers.append(is_found())
            finish()
        answers.append(is_found())

    assert outcomes(lambda: publish_and(lambda: transaction.set_rollback(True))) == [None]
    assert outcomes(lambda: publish_and(bool)) == [None]
    assert answers == [0, 0, 0, 1]


@pytest.mark.parametrize("name", ["save", "delete", "copy"])
def test_no_template_may_change_a_page(name):
    assert getattr(SitePage, name).alters_data
    assert Template("{{ page." + name + " }}").render(Context({"page": StandardPage()})) == ""
