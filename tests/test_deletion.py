"""Who may delete what, and what is said before: as each role, singly and in bulk."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, ReferenceIndex

from directory.models import Organisation
from directory.references import referenced_keys
from newsroom.editing import deletion
from pages.models import StandardPage
from tests.building import make_section, make_standard, make_user
from tests.editor import block

pytestmark = pytest.mark.usefixtures("tasks_at_once")

ROLES = ("Translators", "Editors", "Publishers")


def draft(home, name="Draft", **others):
    """Return a page that was never published."""
    return home.add_child(instance=StandardPage(heading_nl=name, live=False, **others))


def exists(instance):
    return type(instance).objects.filter(pk=instance.pk).exists()


@pytest.mark.parametrize("role", ["Translators", "Editors"])
def test_drafts_of_others_stay(client, home, delete, role):
    page = draft(home, owner=make_user("Editors"))
    client.force_login(make_user(role))
    delete(client, page)
    assert exists(page)


def test_translators_delete_not_even_what_they_own(client, home, delete):
    translator = make_user("Translators")
    client.force_login(translator)
    page = draft(home, owner=translator)
    delete(client, page)
    assert exists(page)


def test_editors_delete_their_own_drafts(client, home, delete):
    editor = make_user("Editors")
    client.force_login(editor)
    page = draft(home, owner=editor)
    delete(client, page)
    assert not exists(page)


@pytest.mark.parametrize("is_scheduled", [True, False])
def test_editors_keep_what_is_scheduled_or_was_public(client, home, delete, is_scheduled):
    editor = make_user("Editors")
    client.force_login(editor)
    page = draft(home, owner=editor)
    tomorrow = timezone.now() + timedelta(days=1)
    if is_scheduled:
        page.save_revision(approved_go_live_at=tomorrow)
    else:
        Page.objects.filter(pk=page.pk).update(first_published_at=tomorrow)
    delete(client, page)
    assert exists(page)


@pytest.mark.sampled(1)
def test_publishers_delete_what_they_may_publish(client, standard, delete):
    client.force_login(make_user("Publishers"))
    delete(client, standard)
    assert not exists(standard)


def test_deleting_is_offered_only_to_those_who_may(client, home):
    page = draft(home, owner=make_user("Publishers"))
    url = reverse("wagtailadmin_pages:delete", args=[page.pk])
    offered = {}
    for role in ROLES:
        client.force_login(make_user(role))
        offered[role] = url in client.get(reverse("wagtailadmin_explore", args=[home.pk])).content.decode()
    assert offered == {"Translators": False, "Editors": False, "Publishers": True}


# --- What goes along


@pytest.mark.sweep
def test_aliases_elsewhere_and_addresses_are_named_before_deleting_and_unpublishing(client, home):
    page = make_standard(home, "Zorg")
    section = make_section(home)
    alias = page.create_alias(parent=section, update_slug="zorg-alias")
    client.force_login(make_user("Publishers"))
    singly = [reverse(f"wagtailadmin_pages:{action}", args=[page.pk]) for action in ("delete", "unpublish")]
    in_bulk = [
        reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?id={page.pk}"
        for action in ("delete", "unpublish")
    ]
    for url in (*singly, *in_bulk):
        html = client.get(url).content.decode()
        assert reverse("wagtailadmin_pages:edit", args=[alias.pk]) in html
        assert page.paths()["nl"] in html


# --- Entries and files in use


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(key="vdab", name_nl="VDAB", name_fr="VDAB", name_en="VDAB")


def show(home, instance, **value):
    """Return a live page that refers to `instance`."""
    page = make_standard(home, "Gebruiker", body=[block(**value)])
    ReferenceIndex.create_or_update_for_object(page)
    assert ReferenceIndex.get_references_to(instance).exists()
    return page


def relations(page, organisation):
    words = {"nl": "werkt met", "fr": "travaille avec", "en": "works with"}
    related = {"page": page.pk, "relation": words, "target": None, "organisation": organisation.pk}
    return {
        "title": {"nl": "Verbanden", "fr": "Liens", "en": "Relations"},
        "intro": {},
        "pages": [],
        "relations": [{"type": "item", "value": related, "id": "1"}],
    }


def delete_entry(client, entry):
    return client.post(reverse(entry.snippet_viewset.get_url_name("delete"), args=[entry.pk]), follow=True)


def delete_entries(client, *entries):
    url = reverse("wagtail_bulk_action", args=["directory", "organisation", "delete"])
    return client.post(url + "?next=/admin/&" + "&".join(f"id={entry.pk}" for entry in entries), follow=True)


@pytest.mark.parametrize("delete", [delete_entry, delete_entries])
@pytest.mark.sampled(1)
def test_an_entry_in_use_is_kept_and_the_page_that_uses_it_named(client, home, organisation, delete):
    page = show(home, organisation, kind="relations", **relations(home, organisation))
    client.force_login(make_user("Publishers"))
    html = delete(client, organisation).content.decode()
    assert exists(organisation)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "Gebruiker" in html
    page.delete()
    ReferenceIndex.objects.all().delete()
    delete(client, organisation)
    assert not exists(organisation)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", ["Translators", "Editors"])
def test_entries_are_not_deleted_by_anyone_who_may_only_change_them(client, home, organisation, role):
    client.force_login(make_user(role))
    delete_entry(client, organisation)
    delete_entries(client, organisation)
    assert exists(organisation)


def make_image():
    return get_image_model().objects.create(title="Picture", file=get_test_image_file())


def make_document():
    return get_document_model().objects.create(title="Document", file=ContentFile(b"text", "document.txt"))


FILES = {
    "image": (make_image, "wagtailimages:delete", ("assets", "siteimage")),
    "document": (make_document, "wagtaildocs:delete", ("assets", "sitedocument")),
}


@pytest.fixture(params=FILES)
def kind(request, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return FILES[request.param]


@pytest.mark.parametrize(
    ("role", "is_own", "remains"),
    [
        ("Translators", False, True),
        ("Editors", False, True),
        ("Editors", True, False),
        ("Publishers", False, False),
    ],
)
@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.sampled(4)
def test_files_are_deleted_by_publishers_and_by_who_uploaded_them(client, home, kind, role, is_own, remains, in_bulk):
    make, url, names = kind
    user = make_user(role)
    file = make()
    type(file).objects.filter(pk=file.pk).update(uploaded_by_user=user if is_own else make_user("Editors"))
    client.force_login(user)
    bulk = reverse("wagtail_bulk_action", args=[*names, "delete"]) + f"?id={file.pk}"
    client.post(bulk if in_bulk else reverse(url, args=[file.pk]))
    assert exists(file) is remains


@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.sampled(1)
def test_a_picture_that_a_page_shows_is_kept_and_the_page_named(client, home, settings, tmp_path, in_bulk):
    settings.MEDIA_ROOT = tmp_path
    image = make_image()
    page = show(home, image, kind="picture", image=image.pk, alternative={}, caption={})
    client.force_login(make_user("Publishers"))
    url = reverse("wagtail_bulk_action", args=["assets", "siteimage", "delete"]) + f"?id={image.pk}&next=/admin/images/"
    html = client.post(url if in_bulk else reverse("wagtailimages:delete", args=[image.pk]), follow=True).content.decode()
    assert exists(image)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html


def picture_block(image):
    return block("picture", image=image.pk, alternative={}, caption={})


@pytest.mark.parametrize("is_scheduled", [False, True])
@pytest.mark.parametrize("in_bulk", [False, True])
@pytest.mark.sampled(1)
def test_a_picture_that_only_a_draft_or_scheduled_version_shows_is_kept(
    client, home, settings, tmp_path, in_bulk, is_scheduled
):
    settings.MEDIA_ROOT = tmp_path
    image, other = make_image(), make_image()
    page = make_standard(home, "Gebruiker")
    page.body = [picture_block(image)]
    page.save_revision(approved_go_live_at=timezone.now() + timedelta(days=1) if is_scheduled else None)
    if is_scheduled:
        page.body = []
        page.save_revision()  # a later draft without it
    ReferenceIndex.create_or_update_for_object(page.specific_class.objects.get(pk=page.pk))
    assert not ReferenceIndex.get_references_to(image).exists()
    client.force_login(make_user("Publishers"))
    bulk = reverse("wagtail_bulk_action", args=["assets", "siteimage", "delete"]) + f"?id={image.pk}&id={other.pk}"
    response = client.post(
        bulk + "&next=/admin/images/" if in_bulk else reverse("wagtailimages:delete", args=[image.pk]), follow=True
    )
    assert exists(image)
    assert exists(other) is not in_bulk, "What nothing uses goes all the same."
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()


def test_in_bulk_entries_in_use_are_left_out_and_the_others_deleted(client, home, organisation):
    page = make_standard(home, "Gebruiker")
    page.body = [block("relations", **relations(home, organisation))]
    page.save_revision()
    other = Organisation.objects.create(key="forem", name_nl="Forem", name_fr="Forem", name_en="Forem")
    client.force_login(make_user("Publishers"))
    html = delete_entries(client, organisation, other).content.decode()
    assert exists(organisation) and not exists(other)
    assert html.count(reverse("wagtailadmin_pages:edit", args=[page.pk])) == 1, "It is said once."


def test_only_drafts_that_may_refer_to_what_is_deleted_are_read(home, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    image = make_image()
    for name, shown in (("Gebruiker", [picture_block(image)]), ("Ander", [])):
        page = make_standard(home, name)
        page.body = shown
        page.save_revision()
    read = []
    monkeypatch.setattr(deletion, "referenced_keys", lambda page: read.append(page.heading_nl) or referenced_keys(page))
    image.pk, key = 987_654_321, image.pk
    assert deletion.objects_using([image]) == {} and read == []
    image.pk = key
    assert [page.heading_nl for page in deletion.objects_using([image])[key]] == ["Gebruiker nl"]
