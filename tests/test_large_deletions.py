"""The deletion of very many pages at once: nobody waits, nobody finds them, and they go one by one, each once."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, PageLogEntry, Revision

from pages import address_writer, deletions
from pages.deletions import Deletion
from pages.models import SitePage, StandardPage
from tests.building import make_home, make_standard, make_user, texts
from tests.deleting import delete_page, delete_pages
from tests.editor import PUBLISH, edit_url, open_form, translate
from tests.many import multiply
from tests.racing import outcomes

pytestmark = [pytest.mark.usefixtures("tasks_at_once"), pytest.mark.sweep]


@pytest.fixture(autouse=True)
def four_at_once(monkeypatch):
    monkeypatch.setattr(deletions, "AT_ONCE", 4)


def make_large(home, number=5, name="section"):
    """Return a section with pages below it, one of them below another one."""
    section = make_standard(home, name)
    below = [make_standard(section, f"{name} {one}") for one in range(number - 1)]
    make_standard(StandardPage.objects.get(pk=below[0].pk), f"{name} deep")
    return StandardPage.objects.get(pk=section.pk)


def below(page):
    return Page.objects.filter(path__startswith=page.path)


def statuses(client, paths):
    return {client.get(path).status_code for path in paths}


def test_a_section_is_gone_for_readers_at_once_and_from_the_database_page_by_page(client, home, delete):
    section, other = make_large(home), make_standard(home, "other")
    paths = [page.paths()["nl"] for page in SitePage.objects.filter(path__startswith=section.path)]
    assert len(paths) == 6 and statuses(client, paths) == {200}
    publisher = make_user("Publishers", "fr")
    client.force_login(publisher)
    answer = delete(client, section)
    explorer = client.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()
    assert answer.status_code == 302 and "sont maintenant hors ligne" in explorer
    assert "il reste 6 pages" in explorer
    assert below(section).count() == 6
    assert statuses(client, paths) == {404}
    call_command("delete_pages", limit=4)
    assert below(section).count() == 2 and Page.objects.filter(pk=section.pk).exists()
    client.force_login(make_user())
    report = client.get("/admin/reports/schedule/").content.decode()
    assert translate("Deleting pages of large sections", "nl") in report and ">2<" in "".join(report.split())
    call_command("delete_pages")
    assert not below(section).exists() and not Deletion.objects.exists()
    assert statuses(client, paths) == {410}
    logged = PageLogEntry.objects.filter(action="wagtail.delete", user=publisher)
    assert logged.count() == logged.values("page_id").distinct().count() == 6
    assert client.get(other.paths()["nl"]).status_code == 200
    assert SitePage.objects.get(pk=home.pk).numchild == 1


def test_nobody_does_anything_with_a_page_that_is_being_deleted(client, home):
    section, place = make_large(home), make_standard(home, "place")
    inner = StandardPage.objects.child_of(section).first()
    client.force_login(make_user())
    delete_page(client, section)
    for page in (section, inner):
        assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 302
        for name in ("delete", "unlock", "unpublish"):
            client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
        client.post(reverse("wagtailadmin_pages:move_confirm", args=[page.pk, place.pk]))
    client.post(reverse("wagtailadmin_pages:move_confirm", args=[place.pk, section.pk]))
    added = client.post(reverse("wagtailadmin_pages:add", args=["pages", "standardpage", section.pk]), {})
    assert added.status_code == 410
    assert below(section).count() == 6 and below(section).filter(locked=True).count() == 6
    assert Deletion.objects.count() == 1
    assert Page.objects.get(pk=place.pk).get_parent().pk == home.pk


@pytest.mark.parametrize("press", [{}, PUBLISH])
def test_what_was_typed_into_a_page_that_is_being_deleted_is_given_back(client, home, language, press):
    section = make_large(home)
    inner = StandardPage.objects.child_of(section).first()
    client.force_login(make_user("Editors" if not press else "Publishers", language))
    form = open_form(client, edit_url(inner)) | {"summary_fr": "Un résumé <b>perdu</b>."}
    publisher = make_user("Publishers")
    deletions.order(section, publisher)
    response = client.post(edit_url(inner), form | press)
    said = "‘%(title)s’ was deleted in the meantime by %(who)s, so it could not be saved."
    said = translate(said, language, title=f"section 0 {language}", who=publisher.username)
    text = html.document_fromstring(response.content.decode()).text_content()
    assert response.status_code == 410 and said in text and "Un résumé <b>perdu</b>." in text
    by_itself = client.post(edit_url(inner), form, headers={"Accept": "application/json"})
    assert by_itself.status_code == 400 and by_itself.json()["error_message"].startswith(said)
    assert below(section).count() == 6 and Revision.page_revisions.filter(object_id=inner.pk).count() == 1
    stranger = make_user("Editors")
    stranger.groups.set([Group.objects.create(name="Strangers")])
    client.force_login(stranger)
    assert client.post(edit_url(inner), form).status_code == 302


def test_whoever_saves_while_it_is_being_ordered_gets_it_back_too(client, home, monkeypatch):
    section = make_large(home)
    client.force_login(make_user("Publishers"))
    form = open_form(client, edit_url(section)) | PUBLISH | {"summary_nl": "Getypt."}
    really = address_writer.lock

    def lock_second():
        monkeypatch.setattr(address_writer, "lock", really)
        deletions.order(section, make_user("Publishers"))

    monkeypatch.setattr(address_writer, "lock", lock_second)
    response = client.post(edit_url(section), form)
    assert response.status_code == 410 and "Getypt." in response.content.decode()


@pytest.mark.parametrize("is_gone", [False, True], ids=["going", "gone"])
def test_what_was_typed_into_a_new_page_below_it_is_given_back(client, home, language, is_gone):
    section = make_large(home)
    url = reverse("wagtailadmin_pages:add", args=["pages", "standardpage", section.pk])
    client.force_login(make_user("Editors", language))
    form = open_form(client, url) | {"summary_fr": "Un résumé <b>perdu</b>."}
    publisher = make_user("Publishers")
    deletions.order(section, publisher)
    if is_gone:
        call_command("delete_pages")
    title = "section nl" if is_gone else f"section {language}"  # the log is in one language
    said = "‘%(title)s’ was deleted in the meantime by %(who)s, so no page could be made below it."
    said = translate(said, language, title=title, who=publisher.username)
    number = Page.objects.count()
    response = client.post(url, form)
    text = html.document_fromstring(response.content.decode()).text_content()
    assert response.status_code == 410 and said in text and "Un résumé <b>perdu</b>." in text
    by_itself = client.post(url, form, headers={"Accept": "application/json"})
    assert by_itself.status_code == 400 and by_itself.json()["error_message"].startswith(said)
    stranger = make_user("Editors")
    stranger.groups.set([Group.objects.create(name="Strangers")])
    client.force_login(stranger)
    assert client.post(url, form).status_code == 302
    assert Page.objects.count() == number


@pytest.mark.parametrize("name", ["pages/person", "directory/person", "wagtailcore/page", "nothing/standardpage"])
def test_what_is_no_page_of_the_site_is_not_made(client, home, name):
    client.force_login(make_user("Publishers"))
    assert client.post(f"/admin/pages/add/{name}/{home.pk}/", {}).status_code == 404


@pytest.mark.parametrize("role", ["Translators", "Editors"])
def test_whoever_may_not_delete_a_section_orders_nothing(client, home, delete, role):
    section = make_large(home)
    client.force_login(make_user(role))
    delete(client, section)
    assert not Deletion.objects.exists()
    assert client.get(section.paths()["nl"]).status_code == 200


def test_the_name_of_the_site_is_asked_for_as_before(client, home):
    section = make_large(home)
    client.force_login(make_user("Publishers"))
    client.post(reverse("wagtailadmin_pages:delete", args=[section.pk]), {"confirm_site_name": "another"})
    assert not Deletion.objects.exists() and client.get(section.paths()["nl"]).status_code == 200


def test_of_several_pages_the_small_ones_go_at_once(client, home):
    section, small = make_large(home), make_standard(home, "small")
    client.force_login(make_user("Publishers"))
    delete_pages(client, section, small)
    assert not Page.objects.filter(pk=small.pk).exists()
    assert Deletion.objects.get().page_id == section.pk


def test_what_fails_keeps_its_place_and_the_next_run_goes_on(client, home, monkeypatch):
    section = make_large(home)
    client.force_login(make_user("Publishers"))
    delete_page(client, section)
    really, left = DeletePageAction.execute, iter(range(2))

    def fail(action, *args, **options):
        really(action, *args, **options)
        next(left)

    with monkeypatch.context() as broken, pytest.raises(StopIteration):
        broken.setattr(DeletePageAction, "execute", fail)
        call_command("delete_pages")
    assert below(section).count() == 4
    call_command("delete_pages")
    assert not below(section).exists()


def test_what_is_scheduled_below_does_not_come_back(client, home):
    section = make_large(home)
    draft = section.add_child(instance=StandardPage(live=False, **texts("draft")))
    draft.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1))
    client.force_login(make_user("Publishers"))
    delete_page(client, section)
    assert not Revision.page_revisions.filter(approved_go_live_at__isnull=False).exists()


def test_to_order_a_deletion_asks_as_much_however_many_pages_there_are(client, home):
    def queries_of(section):
        with CaptureQueriesContext(connection) as captured:
            assert delete_page(client, section).status_code == 302
        return len(captured)

    client.force_login(make_user("Publishers"))
    sections = [make_standard(home, name) for name in ("warm", "few", "many")]
    for section, number in zip(sections, (4, 4, 40), strict=True):
        multiply(make_standard(section, f"below {section.slug}"), number)
    _warm, few, many = map(queries_of, sections)
    assert many <= few


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_processes_at_the_same_moment_delete_each_page_once():
    section = make_large(make_home())
    publisher = make_user("Publishers")
    deletions.order(section, publisher)
    assert outcomes(*[partial(call_command, "delete_pages")] * 3) == [None, None, None]
    assert not below(section).exists()
    logged = PageLogEntry.objects.filter(action="wagtail.delete", user=publisher)
    assert logged.count() == logged.values("page_id").distinct().count() == 6
