"""Pictures and documents that staff upload: opened once, converted where they can be, refused at their field where not."""

import json
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from PIL import Image, ImageChops
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from assets import documents, pictures
from assets.pictures import PictureField, is_bare
from pages.pictures import RENDITIONS
from tests.building import make_user
from tests.editor import form_with
from tests.uploads import (
    PDF,
    SECRET,
    SHEET,
    SLIDES,
    WORD,
    archive,
    bomb,
    moving,
    noise,
    office,
    open_document,
    photograph,
    picture,
    turned_photograph,
    upload,
    with_files,
)

CONVERTED = {
    "16 bits of grey": ("scan.png", picture("I;16", colour=40_000), "L", (60, 40)),
    "CMYK": ("print.jpg", picture("CMYK", "JPEG"), "RGB", (60, 40)),
    "palette": ("few.png", picture("P"), "RGB", (60, 40)),
    "transparent palette": ("few.png", picture("P", transparency=0), "RGBA", (60, 40)),
    "black and white": ("fax.png", picture("1"), "RGB", (60, 40)),
    "transparent grey": ("grey.png", picture("LA"), "RGBA", (60, 40)),
    "on its side": ("phone.jpg", turned_photograph(), "RGB", (40, 60)),
    "moving": ("wink.webp", moving(), "RGB", (60, 40)),
}
REFUSED = {
    "half a JPEG": ("half.jpg", noise("JPEG")[: len(noise("JPEG")) // 2]),
    "half a PNG": ("half.png", noise("PNG")[: len(noise("PNG")) // 2]),
    "half a WebP": ("half.webp", noise("WEBP")[: len(noise("WEBP")) // 2]),
    "half an AVIF": ("half.avif", noise("AVIF")[: len(noise("AVIF")) // 2]),
    "a bomb": ("bomb.png", bomb(20_000, 20_000)),
    "too many pixels": ("large.png", bomb(9_000, 9_000)),
    "a text": ("text.png", b"no picture"),
    "another format": ("photo.png", picture(kind="JPEG")),
    "a format that is not taken": ("photo.gif", picture(kind="GIF")),
    "nothing": ("empty.png", b""),
}
KINDS = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
SOUND_DOCUMENTS = {
    "a.pdf": PDF,
    "a.docx": office(WORD),
    "a.xlsx": office(SHEET),
    "a.pptx": office(SLIDES),
    "a.odt": open_document("text"),
    "a.ods": open_document("spreadsheet"),
    "a.txt": "Één tekst".encode("cp1252"),
    "a.csv": "één;twee".encode("utf-16"),
}
BROKEN_DOCUMENTS = {
    "a picture": ("a.pdf", picture(), documents.NOT_ITS_NAME),
    "half a PDF": ("a.pdf", PDF[:30], documents.INCOMPLETE),
    "a workbook": ("a.docx", office(SHEET), documents.NOT_ITS_NAME),
    "a page": ("a.docx", b"<html>", documents.NOT_ITS_NAME),
    "half an archive": ("a.xlsx", office(SHEET)[:-40], documents.NOT_ITS_NAME),
    "any archive": ("a.odt", archive(some="thing"), documents.NOT_ITS_NAME),
    "macros by name": ("a.docx", office(WORD, word_IN_vbaProject_DOT_bin="x"), documents.MACROS),
    "macros by type": ("a.docx", office(WORD + "macroEnabled"), documents.MACROS),
    "macros of an open document": ("a.odt", open_document("text", Basic_IN_script="x"), documents.MACROS),
    "a program": ("a.txt", b"MZ\0\0\0", documents.NOT_ITS_NAME),
}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def editor(client, db):
    """Return a client at which an editor who works in French is logged in."""
    client.force_login(with_files(make_user("Editors", "fr")))
    return client


def library(kind):
    return (get_image_model() if kind == "image" else get_document_model()).objects


def add(client, kind, file, **typed):
    """Send the form that adds one picture or document."""
    return client.post(
        reverse(f"wagtail{kind}s:add" if kind == "image" else "wagtaildocs:add"), {"title": "Naam", "file": file, **typed}
    )


def add_many(client, kind, file):
    """Send what the upload of many sends for each file."""
    address = "wagtailimages:add_multiple" if kind == "image" else "wagtaildocs:add_multiple"
    return client.post(reverse(address), {"title": "Naam", "files[]": file}, headers={"X-Requested-With": "XMLHttpRequest"})


def add_while_choosing(client, kind, file):
    address = "wagtailimages_chooser:create" if kind == "image" else "wagtaildocs_chooser:create"
    prefix = f"{kind}-chooser-upload"
    return client.post(reverse(address), {f"{prefix}-title": "Naam", f"{prefix}-file": file})


WAYS = (add, add_many, add_while_choosing)


@pytest.mark.parametrize("case", CONVERTED)
def test_an_odd_picture_is_converted_once(case):
    name, content, mode, size = CONVERTED[case]
    with Image.open(PictureField().clean(upload(name, content))) as image:
        image.load()
        assert (image.mode, image.size, getattr(image, "n_frames", 1)) == (mode, size, 1)


def test_16_bits_of_grey_keep_their_brightness():
    with Image.open(PictureField().clean(upload("scan.png", picture("I;16", colour=40_000)))) as image:
        assert image.getpixel((0, 0)) == 156


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_a_plain_picture_is_kept_byte_by_byte(mode):
    content = picture(mode)
    assert PictureField().clean(upload("plain.png", content)).read() == content


@pytest.mark.parametrize("kind", KINDS)
def test_a_photograph_is_kept_without_what_its_camera_noted(kind):
    content = photograph(kind)
    assert SECRET in content
    kept = PictureField().clean(upload(f"phone.{KINDS[kind]}", content))
    stripped = kept.read()
    with Image.open(BytesIO(content)) as before, Image.open(BytesIO(stripped)) as after:
        assert SECRET not in stripped and not after.getexif() and is_bare(after, BytesIO(stripped))
        assert after.info["icc_profile"] == before.info["icc_profile"]
        assert (after.format, after.size) == (before.format, before.size)
        difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
        assert max(most for _least, most in difference.getextrema()) <= {"JPEG": 3, "PNG": 0}.get(kind, 12)
        if kind == "JPEG":
            assert after.quantization == before.quantization
    assert PictureField().clean(upload(f"phone.{KINDS[kind]}", stripped)).read() == stripped


def test_what_stands_behind_the_end_of_a_picture_is_not_kept():
    assert SECRET not in PictureField().clean(upload("phone.png", picture() + SECRET * 3)).read()


def test_of_segments_that_no_program_of_ours_knows_none_is_kept():
    content = picture(kind="JPEG", extra=b"\xff\xeb" + (2 + len(SECRET)).to_bytes(2) + SECRET)
    assert SECRET in content
    assert SECRET not in PictureField().clean(upload("phone.jpg", content)).read()


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_picture_is_refused_at_its_field(case):
    with pytest.raises(ValidationError):
        PictureField().clean(upload(*REFUSED[case]))


@pytest.mark.parametrize("case", CONVERTED)
def test_every_rendition_can_be_made_of_what_was_converted(case, db):
    name, content, _mode, _size = CONVERTED[case]
    image = library("image").create(title=case, file=PictureField().clean(upload(name, content)))
    assert len(image.get_renditions(*RENDITIONS)) == len(RENDITIONS)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_uploading_converts_a_picture(editor, way):
    response = way(editor, "image", upload("scan.png", picture("I;16", colour=40_000)))
    assert response.status_code in (200, 302)
    with library("image").get().file.open() as file, Image.open(file) as image:
        assert image.mode == "L"


@pytest.mark.parametrize("case", ["half a JPEG", "a bomb"])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.sampled(3)
def test_each_way_of_uploading_refuses_a_broken_picture_in_the_language_of_the_editor(editor, way, case):
    response = way(editor, "image", upload(*REFUSED[case]))
    message = {"half a JPEG": pictures.DAMAGED, "a bomb": pictures.TOO_MANY_PIXELS}[case]
    assert response.status_code == 200 and not library("image").exists()
    with translation.override("fr"):
        assert str(message) in response_text(response)


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_uploading_opens_a_document(editor, way):
    response = way(editor, "document", upload("a.docx", office(SHEET)))
    assert response.status_code == 200 and not library("document").exists()
    with translation.override("fr"):
        assert str(documents.NOT_ITS_NAME) in response_text(response)
    way(editor, "document", upload("a.docx", office(WORD)))
    assert library("document").count() == 1


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_file_among_many_whose_title_is_refused_waits_with_the_error_at_its_field(editor, kind):
    content = picture("I;16", colour=40_000) if kind == "image" else office(WORD)
    name = "scan.png" if kind == "image" else "a.docx"
    address = "wagtailimages:add_multiple" if kind == "image" else "wagtaildocs:add_multiple"
    typed = {"title": "x" * 256, "files[]": upload(name, content)}
    answer = editor.post(reverse(address), typed, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert answer["success"] and not library(kind).exists()
    form = BeautifulSoup(answer["form"], "html.parser").form
    title = form.select_one("[name$=-title]")
    assert title["value"] == "x" * 256
    assert "(actuellement 256)" in title.find_parent(class_="w-field--error").get_text()
    sent = {one["name"]: one.get("value", "") for one in form.select("input[name]:not([type=file])")}
    again = editor.post(form["action"], sent | {title["name"]: ""}).json()
    assert not again["success"] and "w-field--error" in again["form"]
    assert editor.post(form["action"], sent | {title["name"]: "Scan"}).json()["success"]
    taken = library(kind).get()
    assert taken.title == "Scan" and taken.uploaded_by_user.groups.filter(name="Editors").exists()
    if kind == "image":
        with taken.file.open() as file, Image.open(file) as image:
            assert image.mode == "L", "It is converted like every picture."


def response_text(response):
    """Return the text of a response, of JSON as well as HTML."""
    if response.headers["Content-Type"].startswith("application/json"):
        return json.dumps(response.json(), ensure_ascii=False)
    return response.content.decode()


def test_an_alternative_text_is_kept_in_one_line(editor):
    add(editor, "image", upload("sound.png", picture()))
    image = library("image").get()
    typed = {"title": "Lac", "alternative_fr": "Un lac\r\n et   des arbres", "collection": image.collection_id}
    assert editor.post(reverse("wagtailimages:edit", args=[image.pk]), typed).status_code == 302
    image.refresh_from_db()
    assert image.alternative_fr == "Un lac et des arbres"


def test_a_broken_file_does_not_take_the_place_of_a_sound_one_and_nothing_typed_is_lost(editor):
    add(editor, "image", upload("sound.png", picture()))
    image = library("image").get()
    address = reverse("wagtailimages:edit", args=[image.pk])
    typed = {"title": "Anders", "alternative_fr": "Un lac", "file": upload(*REFUSED["half a PNG"])}
    response = editor.post(address, typed)
    assert form_with(response, "title")["alternative_fr"] == "Un lac"
    with translation.override("fr"):
        assert response.context["form"].errors == {"file": [str(pictures.DAMAGED)]}
    image.refresh_from_db()
    assert image.title == "Naam" and image.file.storage.exists(image.file.name)


def test_an_edition_is_opened_like_the_file(editor):
    response = add(editor, "document", upload("a.pdf", PDF), edition_fr=upload("b.pdf", picture()))
    with translation.override("fr"):
        assert response.context["form"].errors == {"edition_fr": [str(documents.NOT_ITS_NAME)]}


@pytest.mark.parametrize("name", SOUND_DOCUMENTS)
def test_a_sound_document_is_taken(name):
    documents.check_document(upload(name, SOUND_DOCUMENTS[name]))


@pytest.mark.parametrize("case", BROKEN_DOCUMENTS)
def test_a_document_that_is_not_what_it_should_be_is_refused(case):
    name, content, message = BROKEN_DOCUMENTS[case]
    with pytest.raises(ValidationError) as caught:
        documents.check_document(upload(name, content))
    assert caught.value.messages == [str(message)]


def test_an_archive_that_grows_when_unpacked_is_refused_before_it_is_unpacked(monkeypatch):
    monkeypatch.setattr("zipfile.ZipFile.testzip", lambda archive: pytest.fail("unpacked"))
    monkeypatch.setattr(documents, "UNPACKED", 1_000_000)
    with pytest.raises(ValidationError) as caught:
        documents.check_document(upload("a.docx", office(WORD, large="0" * 1_000_001)))
    assert caught.value.messages == [str(documents.TOO_LARGE)]
