"""Pictures in the sizes and formats that pages use, made when a page is published and never while one renders."""

import logging
from contextlib import suppress

from django.db import transaction
from wagtail.images import get_image_model

from directory.references import picture_fields, referenced_keys
from page_cache.recording import keep_nothing

logger = logging.getLogger(__name__)
WIDTHS = (480, 960)
FORMATS = ("avif", "webp", "jpeg")  # the best one first; the last one that could be made is for browsers that know no other
SMALL = "max-240x240|format-webp"  # logos and portraits
RENDITIONS = tuple(f"width-{width}|format-{kind}" for kind in FORMATS for width in WIDTHS)


def make_renditions(page):
    """Make every rendition that the pictures of `page` are shown in; what fails is logged, and the page goes without."""
    for image in pictures_of(page):
        try:
            with transaction.atomic():  # of which nothing is left where a file cannot be stored
                image.get_renditions(*RENDITIONS)
        except OSError:
            make_one_by_one(image)


def make_small_renditions(entry):
    """Make what is shown of the logo or portrait of an entry of the directory; what fails is logged."""
    for field in picture_fields(entry):
        image = getattr(entry, field.name)
        try:
            image.get_rendition(SMALL)
        except OSError as error:
            logger.warning("Picture %s (%s) cannot be made into %s: %s", image.pk, image.title, SMALL, error)


def make_one_by_one(image):
    failed, reason = [], None
    for spec in RENDITIONS:
        try:
            image.get_rendition(spec)
        except OSError as error:  # the picture cannot be read, or what is made of it not stored
            failed.append(spec)
            reason = error
    logger.warning("Picture %s (%s) cannot be made into %s: %s", image.pk, image.title, ", ".join(failed), reason)


def pictures_of(page):
    """Return the pictures that `page` shows."""
    model = get_image_model()
    return model.objects.filter(pk__in=referenced_keys(page).get(model, ()))


def incomplete_pictures(page):
    """Return the pictures of `page` of which renditions are missing."""
    return [
        image
        for image in pictures_of(page).prefetch_renditions(*RENDITIONS)
        if len(image.prefetched_renditions) < len(RENDITIONS)
    ]


def renditions_by_format(image):
    """Return the renditions that exist, by format, smallest first: what `<picture>` offers. Writes nothing.

    A picture that is narrower than all `WIDTHS` is the same in each, and is offered once.
    """
    by_spec = {rendition.filter_spec: rendition for rendition in getattr(image, "prefetched_renditions", ()) or ()}
    by_format = {}
    for kind in FORMATS:
        renditions = (by_spec.get(f"width-{width}|format-{kind}") for width in WIDTHS)
        by_format[kind] = list({rendition.width: rendition for rendition in renditions if rendition}.values())
    return {kind: renditions for kind, renditions in by_format.items() if renditions}


def small_rendition(image):
    """Return what is shown of a logo or portrait, None where none could be made."""
    renditions = getattr(image, "prefetched_renditions", ()) or ()
    return next((rendition for rendition in renditions if rendition.filter_spec == SMALL), None)


def largest_rendition(image):
    """Return what every browser shows of a picture: a rendition, else the picture itself (in a preview), else None."""
    for kind in reversed(FORMATS):
        if renditions := renditions_by_format(image).get(kind):
            return renditions[-1]
    with suppress(OSError):
        if image and image.file.storage.exists(image.file.name):
            return image
    keep_nothing()  # the file may come back
    return None
