"""Notes for staff: who reads and writes them, and where."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from directory.models import Organisation, Person
from pages.models import SiteSettings, StandardPage
from staff_notes.models import StaffNote
from staff_notes.permissions import visible_to
from staff_notes.shown_notes import notes_url
from tests.building import make_standard, make_user
from tests.editor import edit_url, form_with
from tests.rows import same_again

pytestmark = pytest.mark.django_db


def make_note(carrier, text="Klopt dit wel?", **others):
    note = StaffNote.on(carrier, text_nl=text, **others)
    note.save()
    return note


def body_of(count):
    """Return the stored value of a body of so many texts."""
    return [
        {"type": "text", "value": {"text": {"nl": f"<p>Alinea {number}</p>", "fr": "<p>T</p>"}}, "id": f"block-{number}"}
        for number in range(count)
    ]


@pytest.fixture
def noted_page(home):
    """A page with two blocks."""
    return same_again("noted page", lambda: make_noted_page(home))


def make_noted_page(home):
    page = make_standard(home)
    page.body = body_of(2)
    page.save_revision().publish()
    return StandardPage.objects.get(pk=page.pk)


@pytest.fixture
def editor(client, noted_page):
    user = make_user("Editors")
    client.force_login(user)
    return user


@pytest.mark.parametrize("group", ["Editors", "Translators"])
def test_whoever_may_edit_a_page_adds_changes_settles_and_opens_a_note_again(group, client, noted_page):
    user = make_user(group)
    client.force_login(user)
    url = notes_url(noted_page)
    assert "Alinea 1" in client.get(url).content.decode()  # to choose what it is about
    assert client.post(url, {"about": "body.block-1", "text_nl": "Welk jaar?", "who_fr": "Le service"}).url == url
    note = StaffNote.objects.of(noted_page).get()
    assert (note.text_nl, note.who_fr, note.about, note.author) == ("Welk jaar?", "Le service", "body.block-1", user)

    address = reverse("staff_note", args=[note.pk])
    client.post(address, form_with(client.get(address), "text_nl") | {"about": "", "text_nl": "Welk jaar dan?"})
    note.refresh_from_db()
    assert (note.text_nl, note.about, note.author) == ("Welk jaar dan?", "", user)

    client.post(reverse("staff_note_state", args=[note.pk]), {"settled": "1"})
    note.refresh_from_db()
    assert note.settled_by == user and not StaffNote.objects.open().exists()
    assert "Welk jaar dan?" in client.get(url).content.decode()  # in the history

    client.post(reverse("staff_note_state", args=[note.pk]), {})
    assert StaffNote.objects.open().get() == note


def test_a_note_says_something_in_one_language_at_least(client, editor, noted_page):
    response = client.post(notes_url(noted_page), {"text_nl": " ", "find_out_nl": "Het jaar"})
    assert response.status_code == 200 and response.context["form"].errors.keys() == {"text_nl"}
    assert client.post(notes_url(noted_page), {"text_en": "Which year?"}).status_code == 302
    assert "Which year?" in client.get(edit_url(noted_page)).content.decode()  # as there is no Dutch


def test_the_form_shows_the_open_notes_of_its_page(client, editor, noted_page):
    make_note(noted_page, "Eén twijfel", about="body.block-1", find_out_nl="Navragen")
    make_note(noted_page, "Afgehandelde twijfel", settled_at=timezone.now())
    html = client.get(edit_url(noted_page)).content.decode()
    assert "Eén twijfel" in html and "Navragen" in html and "2 – Alinea 1" in html and "Afgehandelde twijfel" not in html


def test_the_form_shows_the_notes_of_its_entry_or_settings(client, home):
    client.force_login(make_user("Publishers"))
    organisation, person = Organisation.objects.create(name_nl="A", name_fr="A"), Person.objects.create(name="B")
    for carrier, url in (
        (organisation, reverse("wagtailsnippets_directory_organisation:edit", args=[organisation.pk])),
        (person, reverse("wagtailsnippets_directory_person:edit", args=[person.pk])),
        (SiteSettings.load(), reverse("wagtailsettings:edit", args=["pages", "sitesettings", SiteSettings.load().pk])),
    ):
        make_note(carrier, f"Twijfel over {carrier._meta.model_name}")
        html = client.get(url).content.decode()
        assert f"Twijfel over {carrier._meta.model_name}" in html and notes_url(carrier) in html


def test_a_note_on_a_block_that_was_deleted_is_about_the_whole_and_says_so(client, editor, noted_page):
    make_note(noted_page, about="body.block-1")
    noted_page.body = body_of(1)
    noted_page.save_revision()
    shown = client.get(notes_url(noted_page)).context["open_notes"][0]
    assert shown.is_orphan and not shown.url
    assert client.get(reverse("staff_note", args=[shown.pk])).context["form"]["about"].value() == ""


def test_notes_on_the_settings_are_for_anyone_who_may_change_them(client, editor):
    note = make_note(SiteSettings.load())
    for url in (notes_url(SiteSettings.load()), reverse("staff_note", args=[note.pk])):
        response = client.get(url)
        assert response.status_code == 302 and response.url == reverse("wagtailadmin_home")
    client.post(reverse("staff_note_state", args=[note.pk]), {"settled": "1"})
    client.post(notes_url(SiteSettings.load()), {"text_nl": "Van een ander"})
    assert StaffNote.objects.open().get() == note


def test_somebody_with_rights_to_one_section_sees_the_notes_on_that_one_alone(client, home, noted_page):
    other = make_standard(home, "other")
    for page in (noted_page, other):
        make_note(page, page.heading_nl)
    user = make_user("Editors")
    user.groups.get().page_permissions.update(page=Page.objects.get(pk=noted_page.pk))
    client.force_login(user)
    assert client.get(notes_url(noted_page)).status_code == 200
    assert client.get(notes_url(other)).status_code == 302
    assert [note.object_id for note in visible_to(user)] == [noted_page.pk]


@pytest.mark.parametrize("path", ["of/auth/group/1/", "of/pages/standardpage/999999/", "of/no/model/1/", "note/999999/"])
def test_there_are_no_notes_on_what_has_no_texts_or_is_not_there(path, client, editor):
    assert client.get(f"/admin/staff-notes/{path}").status_code == 404


def test_notes_stay_when_their_author_goes_and_go_with_their_page(editor, noted_page):
    make_note(noted_page, author=editor)
    organisation = Organisation.objects.create(
        pk=noted_page.pk, name_nl="A", name_fr="A"
    )  # of another kind with the same number
    kept = make_note(organisation)
    editor.delete()
    assert StaffNote.objects.of(noted_page).get().author is None
    noted_page.delete()
    assert StaffNote.objects.get() == kept
    organisation.delete()
    assert not StaffNote.objects.exists()


def test_a_copy_of_a_page_has_no_notes_and_notes_hold_nothing_back(tasks_at_once, noted_page):
    make_note(noted_page)
    copy = noted_page.copy(update_attrs={f"url_slug_{code}": f"copy-{code}" for code in ("nl", "fr", "en")})
    assert not StaffNote.objects.of(copy).exists()
    assert not ReferenceIndex.objects.filter(base_content_type=ContentType.objects.get_for_model(StaffNote)).exists()


@pytest.mark.parametrize("url_of", [edit_url, notes_url])
def test_queries_do_not_grow_with_notes(url_of, client, editor, noted_page):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url_of(noted_page)).status_code == 200
        return len(captured)

    for number in range(2):
        make_note(noted_page, about=f"body.block-{number}", author=make_user("Editors"))
    queries()
    few = queries()
    for number in range(5):
        make_note(noted_page, f"Nog {number}", about="body.block-1", author=make_user("Editors"))
    assert queries() == few
