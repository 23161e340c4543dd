"""Pictures that were stored with what their cameras noted: they lose it, and nothing else."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from PIL import Image
from wagtail.users.models import UserProfile

from assets.models import SiteImage
from assets.stored_pictures import strip_pictures
from pages.pictures import RENDITIONS
from tests.building import make_user
from tests.uploads import SECRET, photograph, picture


@pytest.fixture(autouse=True)
def media(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(name="phone.jpg", content=None):
    """Store a picture as it was before uploads lost what cameras note."""
    content = photograph() if content is None else content
    return SiteImage.objects.create(title="Photo", file=ContentFile(content, name))


def files_that_tell(folder):
    """Return the names of the files in which something is left of what a camera noted."""
    return [path.name for path in folder.rglob("*") if path.is_file() and SECRET in path.read_bytes()]


def test_a_stored_picture_and_what_was_made_of_it_lose_what_the_camera_noted_and_nothing_else(media):
    image = store()
    image.get_renditions(*RENDITIONS)
    made = {path: Image.open(path).size for path in media.rglob("*") if path.is_file()}
    image.get_file_hash()
    assert len(files_that_tell(media)) > 1
    assert strip_pictures() == (1, False)
    assert files_that_tell(media) == []
    assert {path: Image.open(path).size for path in media.rglob("*") if path.is_file()} == made
    stored = SiteImage.objects.get()
    assert Image.open(stored.file.path).info["icc_profile"]
    assert stored.file_size == Path(stored.file.path).stat().st_size
    assert stored.file_hash != image.file_hash


def test_a_second_run_leaves_every_file_as_it_is(media):
    store()
    store("mail.png", photograph("PNG"))
    assert strip_pictures() == (2, False)
    before = {path: path.read_bytes() for path in media.rglob("*.*")}
    assert strip_pictures() == (0, False)
    assert {path: path.read_bytes() for path in media.rglob("*.*")} == before


def test_what_is_too_much_for_one_run_waits_for_the_next(media):
    for _number in range(3):
        store()
    said = StringIO()
    call_command("strip_pictures", limit=2, stdout=said)
    assert "Others are left" in said.getvalue() and len(files_that_tell(media)) == 1
    assert strip_pictures(2) == (1, False)


def test_a_portrait_of_staff_is_stripped_too(media):
    profile = UserProfile.get_for_user(make_user("Editors"))
    profile.avatar.save("me.jpg", ContentFile(photograph()))
    assert strip_pictures() == (1, False) and files_that_tell(media) == []


def test_a_broken_picture_is_left_and_logged_and_the_others_are_stripped(media, caplog):
    broken = store("lost.jpg", picture(kind="JPEG"))
    Path(broken.file.path).write_bytes(b"no picture")
    half = store("half.jpg", photograph(size=(600, 400)))
    Path(half.file.path).write_bytes(photograph(size=(600, 400))[:-300])
    store()
    assert strip_pictures() == (1, False)
    assert "lost.jpg" in caplog.text and "half.jpg" in caplog.text
    assert Path(broken.file.path).read_bytes() == b"no picture"
    assert sorted(path.suffix for path in media.rglob("*.*")) == [".jpg"] * 3
