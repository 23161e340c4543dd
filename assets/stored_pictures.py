"""Takes from stored pictures, and from what was made of them, what cameras and programs noted beside the picture."""

import logging
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

from django.apps import apps
from django.db.models import ImageField
from PIL import Image

from assets.models import Rendition, SiteImage
from assets.pictures import is_bare, make_showable

logger = logging.getLogger(__name__)


def strip_pictures(limit=None):
    """Strip stored pictures, `limit` at most; return how many were, and whether others are left.

    Whether one has to be is read from the head of its file. What was made of a picture goes first: where the picture itself
    holds nothing any more, neither does what was made of it, however the last run ended.
    """
    count = 0
    for file, image in stored_files():
        if not holds_notes(file):
            continue
        if count == limit:
            return count, True
        if image is not None:
            for rendition in image.renditions.all():
                strip(rendition.file)
        count += strip(file)
        if image is not None:
            note_file(image)
    return count, False


def stored_files():
    """Yield each picture that somebody uploaded, as its file and its `SiteImage`, None for others such as a portrait."""
    for model in apps.get_models():
        if model is Rendition:
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, ImageField):
                for item in model._default_manager.exclude(**{field.name: ""}).order_by("pk").iterator():
                    yield getattr(item, field.name), item if model is SiteImage else None


def holds_notes(file):
    """Say whether a stored picture holds more than the picture. One that cannot be opened is logged, and left as it is."""
    try:
        with file.storage.open(file.name) as content, Image.open(content) as image:
            return not is_bare(image, content)
    except Exception as error:  # decoders raise whatever a broken file leads them to
        logger.warning("Picture %s cannot be opened: %s", file.name, error)
    return False


def strip(file):
    """Write a stored picture without notes in the place of its file, at once; say whether that was done."""
    if not holds_notes(file):
        return False
    try:
        with file.storage.open(file.name) as content:
            put_in_place(file, make_showable(content))
    except Exception as error:
        logger.error("Picture %s could not be stripped of what its camera noted: %s", file.name, error)
        return False
    return True


def put_in_place(file, content):
    """Store something else under the name of a file, at once: whoever reads has the one or the other."""
    if hasattr(file.storage, "overwrite"):
        file.storage.overwrite(file.name, content)
        return
    place = Path(file.path)
    draft = place.with_name(f".{secrets.token_hex(8)}")  # two hosts may start at the same moment
    try:
        draft.write_bytes(content.read())
        shutil.copymode(place, draft)
        draft.replace(place)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def note_file(image):
    """Store what the library knows of a file that has changed: its size, its hash and how wide and high it is."""
    image = SiteImage.objects.get(pk=image.pk)
    with image.file.storage.open(image.file.name) as content, Image.open(content) as opened:
        width, height = opened.size
    image.file_hash = ""
    image.get_file_hash()  # computes and stores it
    SiteImage.objects.filter(pk=image.pk).update(file_size=image.file.size, width=width, height=height)
