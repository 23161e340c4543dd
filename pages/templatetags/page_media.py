"""Pictures and documents for templates. No tag makes a query."""

from functools import cache
from pathlib import PurePath

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from languages.codes import current_language
from languages.templatetags.languages import text
from languages.texts import ShownText
from languages.units import shown_text
from page_cache.recording import keep_nothing
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
def topic_picture(page, sizes, alternative=None):
    """Print the photograph of a page, else the drawing that stands for it. It says nothing new beside a heading."""
    if not page.photograph:
        template_name = page.illustration_template
        return drawing(template_name) if template_name else ""
    if not (largest := pictures.largest_rendition(page.photograph)):
        return ""
    sources = "".join(
        format_html('<source type="image/{}" srcset="{}" sizes="{}">', kind, source_set(renditions), sizes)
        for kind, renditions in pictures.renditions_by_format(page.photograph).items()
        if kind != "jpeg"
    )
    said = alternative or ShownText("", current_language())
    language = f' lang="{said.language}"' if said.fell_back else ""
    return format_html(
        '\n<picture class="photograph">\n{}\n<img src="{}" width="{}" height="{}" alt="{}"{} decoding="async">\n</picture>\n',
        mark_safe(sources),  # noqa: S308  (just escaped)
        largest.file.url,
        largest.width,
        largest.height,
        said.text,
        mark_safe(language),  # noqa: S308  (a code)
    )


def source_set(renditions):
    """Return renditions as an attribute of `<source>` lists them."""
    return ", ".join(f"{rendition.url} {rendition.width}w" for rendition in renditions)


@cache
def drawing(template_name):
    """Return a drawing as HTML: it is the same wherever it stands."""
    return mark_safe(f"\n{render_to_string(template_name)}\n")  # noqa: S308  (a template made it)


@register.simple_tag
def card(page, level=2, anchor=""):
    """Print a page as a card in a list, with a heading of this level."""
    summary = text(page, "summary")
    lines = [
        format_html('<li class="card" id="{}">', anchor) if anchor else '<li class="card">',
        topic_picture(page, "4rem").strip(),
        format_html('<h{0}><a href="{1}">{2}</a></h{0}>', level, page.path_for(current_language())[0], text(page, "heading")),
        format_html("<p>{}</p>", summary) if summary else "",
        "</li>",
    ]
    return mark_safe("\n" + "\n".join(filter(None, lines)) + "\n")  # noqa: S308  (escaped)


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
        keep_nothing()  # the file may come back
    request = context.get("request")
    own_address = getattr(request, "document_address", None)
    is_preview = getattr(request, "is_preview", False)
    address = own_address(document, file) if own_address else file.url if is_preview else document.address_of(file)
    return {"url": address, "language": language, "kind": PurePath(file.name).suffix[1:].upper(), "size": size}
