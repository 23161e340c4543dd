"""Pictures and documents for templates. No tag makes a query."""

from pathlib import PurePath

from django import template

from languages.codes import current_language
from languages.texts import ShownText
from languages.units import shown_text
from pages import pictures

register = template.Library()


@register.simple_tag
def renditions(image):
    """Return the renditions of a picture by format, smallest first; empty where none were made yet (in a preview)."""
    return pictures.renditions_by_format(image)


@register.simple_tag
def largest_picture(image):
    """Return the rendition that every browser shows, the picture itself where none was made, None where its file is lost."""
    return pictures.largest_rendition(image)


@register.simple_tag
def small_picture(image):
    """Return the rendition of a logo or portrait, None where there is none."""
    return pictures.small_rendition(image)


@register.simple_tag
def alternative(picture):
    """Return the alternative text of a picture block as `ShownText`: its own, else the library's."""
    if picture["decorative"]:
        return ShownText("", current_language())
    own = shown_text(picture["alternative"])
    return own if own.text else shown_text(picture["image"], "alternative")


@register.simple_tag(takes_context=True)
def edition(context, document):
    """Return what a reader gets of a document: address, language ("" when unknown), kind ("PDF") and size in bytes or None.

    In a preview the address is the one for staff, as readers may have none yet, unless the request has one of its own for
    whoever looks (`document_address`).
    """
    file, language = document.for_reader(current_language())
    try:
        size = file.size
    except OSError:
        size = None
    request = context.get("request")
    own_address = getattr(request, "document_address", None)
    is_preview = getattr(request, "is_preview", False)
    address = own_address(document, file) if own_address else file.url if is_preview else document.address_of(file)
    return {"url": address, "language": language, "kind": PurePath(file.name).suffix[1:].upper(), "size": size}
