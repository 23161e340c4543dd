"""Pictures and documents as the roles use them: the library, the form, and both choosers with their upload."""

import json
from importlib import import_module

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, GroupCollectionPermission

from tests.building import make_user

WHO_ADDS = ("Editors", "Publishers")
WHO_CHOOSES = (*WHO_ADDS, "Translators")


def picture():
    return SimpleUploadedFile("foto.png", get_test_image_file().file.getvalue(), "image/png")


def text():
    return SimpleUploadedFile("verslag.txt", b"Verslag", "text/plain")


KINDS = {
    "wagtailimages": (get_image_model, picture, "wagtailimages_chooser"),
    "wagtaildocs": (get_document_model, text, "wagtaildocs_chooser"),
}


@pytest.fixture(params=KINDS)
def kind(request, settings, tmp_path, home):
    settings.MEDIA_ROOT = tmp_path
    return request.param


def count(kind):
    return KINDS[kind][0]().objects.count()


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", WHO_CHOOSES)
def test_every_role_finds_the_library_and_can_choose(client, kind, role):
    client.force_login(make_user(role))
    index = reverse(f"{kind}:index")
    assert f'"{index}"' in client.get(reverse("wagtailadmin_home")).content.decode()
    assert client.get(index).status_code == 200
    assert client.get(reverse(f"{KINDS[kind][2]}:choose")).status_code == 200


@pytest.mark.sampled(2)
@pytest.mark.parametrize("role", WHO_CHOOSES)
def test_an_empty_library_says_so_and_offers_to_upload_only_to_those_who_may(client, kind, role):
    client.force_login(make_user(role, "fr"))
    html = client.get(reverse(f"{kind}:index")).content.decode()
    assert "Il n’y a pas encore " in html
    assert ("En transférer maintenant" in html) == (role in WHO_ADDS)
    choosing = client.get(reverse(f"{KINDS[kind][2]}:choose")).json()["html"]
    assert "Il n’y a pas encore " in choosing


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", WHO_ADDS)
def test_editors_and_publishers_upload_from_the_library(client, kind, role):
    client.force_login(make_user(role))
    url = reverse(f"{kind}:add")
    assert client.get(url).status_code == 200
    response = client.post(url, {"title": "Nieuw", "file": KINDS[kind][1]()})
    assert response.status_code == 302, response.context["form"].errors
    assert count(kind) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", WHO_ADDS)
def test_editors_and_publishers_upload_from_the_chooser(client, kind, role):
    client.force_login(make_user(role))
    chooser = KINDS[kind][2]
    assert 'type="file"' in json.loads(client.get(reverse(f"{chooser}:choose")).content)["html"]
    prefix = "image-chooser-upload" if kind == "wagtailimages" else "document-chooser-upload"
    fields = {f"{prefix}-title": "Nieuw", f"{prefix}-file": KINDS[kind][1]()}
    response = client.post(reverse(f"{chooser}:create"), fields)
    assert json.loads(response.content)["step"] == "chosen"
    assert count(kind) == 1


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("language", "words"), [("nl", ["Zoeken", "Uploaden"]), ("fr", ["Recherche", "Transférer"])])
def test_the_chooser_speaks_the_language_of_the_editor(client, kind, language, words):
    client.force_login(make_user("Editors", language))
    html = json.loads(client.get(reverse(f"{KINDS[kind][2]}:choose")).content)["html"]
    assert [
        tab.get_text(strip=True).removesuffix("()") for tab in BeautifulSoup(html, "html.parser").select("[role=tab]")
    ] == words


def test_translators_add_nothing(client, kind):
    client.force_login(make_user("Translators"))
    client.post(reverse(f"{kind}:add"), {"title": "Nieuw", "file": KINDS[kind][1]()})
    assert count(kind) == 0
    assert 'type="file"' not in json.loads(client.get(reverse(f"{KINDS[kind][2]}:choose")).content)["html"]


def test_groups_that_exist_keep_what_they_were_given(home):
    give_rights = import_module("newsroom.migrations.0004_rights_to_files").give_rights
    group, root = Group.objects.create(name="Interns"), Collection.get_first_root_node()
    for verb in ("change", "delete"):
        permission = Permission.objects.get(content_type__app_label="assets", codename=f"{verb}_siteimage")
        GroupCollectionPermission.objects.create(group=group, collection=root, permission=permission)
    give_rights(apps, None)
    rights = group.collection_permissions.values_list("permission__content_type__app_label", "permission__codename")
    assert set(rights) == {("wagtailimages", "change_image"), ("wagtailimages", "choose_image")}
    assert list(group.permissions.values_list("codename", flat=True)) == ["delete_siteimage"]
