"""Uploads in a storage that speaks S3: as in a folder, nothing public that must not be, nothing lost while it is away."""

import io
from functools import partial
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from actiris_site.uploads import build_storage
from assets.stored_pictures import strip_pictures
from newsroom.backups import making, restoring
from newsroom.backups.archive import DATABASE, ArchiveWriter
from pages.pictures import RENDITIONS
from tests.buckets import keys_in, storage_away
from tests.building import make_standard, make_user
from tests.editor import block, edit_url, open_form, publish, translate
from tests.racing import outcomes
from tests.uploads import PDF, SECRET, photograph, picture, upload, with_files

SEPARATE = pytest.mark.parametrize(
    ("public_bucket", "public_url"), [("public", ""), ("", "https://example.org"), ("one", "https://example.org")]
)
FILES = {"image": ("een.png", picture()), "document": ("een.pdf", PDF)}
ADD = {"image": "wagtailimages:add", "document": "wagtaildocs:add"}
ADD_MANY = {"image": "wagtailimages:add_multiple", "document": "wagtaildocs:add_multiple"}
NOT_STORED = "The file cannot be stored now. Choose it again in a few minutes; save the rest without it if you can."


def models():
    return get_image_model(), get_document_model()


def log_in_publisher(client, language="nl"):
    client.force_login(with_files(make_user("Publishers", language)))


def with_picture(home, image):
    value = {"image": image.pk, "alternative": {"nl": "Meer", "fr": "Lac", "en": "Lake"}, "caption": {}, "decorative": False}
    return make_standard(home, body=[block("picture", **value, only_in=[])])


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


# --- Settings


@SEPARATE
def test_what_would_make_documents_public_is_refused(public_bucket, public_url):
    with pytest.raises(ImproperlyConfigured):
        build_storage("one", public_bucket, public_url)


# --- While it is away


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("kind", FILES)
def test_an_upload_is_refused_at_its_field_and_what_was_typed_stays(client, db, language, kind):
    log_in_publisher(client, language)
    word = translate(NOT_STORED, language)
    with storage_away():
        answer = client.post(reverse(ADD[kind]), {"title": "Mijn naam", "file": upload(*FILES[kind])})
        page = BeautifulSoup(answer.content, "lxml")
        assert word in page.select_one("#panel-child-content-file-errors, [id$=file-errors], .error-message").get_text()
        assert page.select_one("[name=title]")["value"] == "Mijn naam"
        for title in ("Mijn naam", "too long" * 40):
            sent = {"title": title, "files[]": upload(*FILES[kind])}
            many = client.post(reverse(ADD_MANY[kind]), sent, headers={"X-Requested-With": "XMLHttpRequest"})
            assert word in many.json()["error_message"]
    assert not any(model.objects.exists() for model in models())


def test_pages_with_pictures_are_served_saved_and_published(client, home, caplog):
    with storage_away():
        image = get_image_model()(title="Meer", width=100, height=50)
        image.file.name = "original_images/meer.png"
        image.save()
        page = with_picture(home, image)
        log_in_publisher(client)
        publish(client, page)
        page.refresh_from_db()
        assert page.live and client.get(page.paths()["nl"]).status_code == 200
        form = open_form(client, edit_url(page))
        assert client.post(edit_url(page), form | {"heading_nl": "Nieuw"}).status_code == 302
        assert client.get(f"/media/{image.file.name}").status_code == 503
    assert "Traceback" not in caplog.text


# --- While it is there


@pytest.mark.sweep
def test_pictures_are_public_and_documents_are_not(client, home, buckets, django_capture_on_commit_callbacks):
    log_in_publisher(client)
    for kind, file in FILES.items():
        client.post(reverse(ADD[kind]), {"title": "Naam", "file": upload(*file)})
        client.post(reverse(ADD[kind]), {"title": "Naam", "file": upload(*file)})
    (image, _twin), (document, other) = (model.objects.order_by("pk") for model in models())
    page = with_picture(home, image)
    publish(client, page)
    renditions = list(image.renditions.all())
    assert {one.filter_spec for one in renditions} >= set(RENDITIONS)
    assert {key.split("/")[0] for key in keys_in(buckets, "public")} == {"images", "original_images"}
    assert set(keys_in(buckets, "private")) == {document.file.name, other.file.name}, "two files of one name are two"
    shown = client.get(page.paths()["nl"])
    source = BeautifulSoup(shown.content, "lxml").select_one(".picture img")["src"]
    assert urlopen(source).read() == renditions[0].image.renditions.get(file=source.split("/public/")[1]).file.read()
    with pytest.raises(HTTPError, match="403"):
        urlopen(source.replace("/public/", "/private/").rsplit("/", 2)[0] + f"/{document.file.name}")
    address = document.address_of(document.file)
    assert client.get(address).status_code == 404, "No page shows it."
    assert body(client.get(document.url)) == PDF, "Staff open it."
    client.logout()
    assert client.get(document.url).status_code == 302
    roundabout = ("../documents", "images/../documents", "./documents", "images\\..\\documents", "/documents", "..%5Cdocuments")
    for path in ("documents/een.pdf", "wagtail_uploads/x.png", "no.png", *(f"{folder}/een.pdf" for folder in roundabout)):
        assert client.get(f"/media/{path}", follow=True).status_code == 404, path
    picture_here = client.get(f"/media/{image.file.name}")
    assert body(picture_here) == FILES["image"][1] and picture_here["Content-Type"] == "image/png"
    again = client.get(f"/media/{image.file.name}", headers={"If-Modified-Since": picture_here["Last-Modified"]})
    assert again.status_code == 304
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert image.file.name not in keys_in(buckets, "public")


@pytest.mark.sweep
@pytest.mark.usefixtures("buckets")
def test_of_two_uploads_of_one_name_in_the_same_moment_none_is_lost(monkeypatch):
    monkeypatch.setattr("assets.storage.Uploads.exists", lambda self, name: False)  # as each of the two finds
    names = []

    def save(text):
        names.append(default_storage.save("documents/a.txt", ContentFile(text)))

    assert outcomes(partial(save, b"1"), partial(save, b"2")) == [None, None]
    assert sorted(default_storage.open(name).read() for name in names) == [b"1", b"2"]


@pytest.mark.sweep
@pytest.mark.usefixtures("buckets")
def test_a_storage_that_cannot_tell_whether_a_name_is_free_takes_uploads_as_ever(monkeypatch):
    monkeypatch.setattr("assets.storage.TAKEN", ())
    monkeypatch.setattr("assets.storage.NOT_OFFERED", (412,))  # as another one answers 501
    monkeypatch.setattr("assets.storage.Uploads.exists", lambda self, name: False)
    for text in (b"1", b"2"):
        assert default_storage.save("documents/a.txt", ContentFile(text)) == "documents/a.txt"


@pytest.mark.sweep
@pytest.mark.usefixtures("buckets")
def test_what_a_camera_noted_is_taken_from_what_is_there(db):
    image = get_image_model().objects.create(title="Foto", file=upload("foto.jpg", photograph()))
    assert SECRET in image.file.open().read()
    assert strip_pictures() == (1, False)
    image = get_image_model().objects.get()
    with image.file.storage.open(image.file.name) as file:
        assert SECRET not in file.read()


@pytest.mark.sweep
def test_a_backup_holds_both_buckets_and_is_restored_into_them(buckets, tmp_path):
    names = {"images/a b/één.png": b"one", "documents/two.pdf": b"two" * 100_000, "original_images/c.jpg": b"c"}
    for name, content in names.items():
        assert default_storage.save(name, ContentFile(content)) == name
    with (tmp_path / "site.tar").open("wb") as file:
        writer = ArchiveWriter(file)
        writer.add(DATABASE, io.BytesIO(b"dump"), 4)
        making.add_files(writer)
        writer.finish({"release": "1", "made_at": "", "postgresql": 18, "migrations": []})
    restoring.delete_files()
    assert not list(making.stored_files())
    with (tmp_path / "site.tar").open("rb") as file:
        restoring.restore_files(file)
    assert {name: default_storage.open(name).read() for name in making.stored_files()} == names
    assert keys_in(buckets, "private") == ["documents/two.pdf"]
