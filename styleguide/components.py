"""The components of the design system: what each is called, and how it is drawn in one of its states."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import ListBlock, StructBlock

from languages.codes import LANGUAGES

GROUPS = {
    "text": _("Text"),
    "ways": _("Finding your way"),
    "lists": _("Cards and lists"),
    "facts": _("Facts and figures"),
    "blocks": _("Blocks within the text"),
    "pictures": _("Drawings"),
    "forms": _("Forms"),
    "notices": _("Notices and errors"),
}


@dataclass(frozen=True, slots=True)
class Component:
    """A component in one state: its group (a key of `GROUPS`), its name for staff, its template, and what makes its context."""

    group: str
    name: str
    template: str
    context: Callable[[], dict] = field(default=dict)

    def render(self, page_context, anchor):
        """Return the component as HTML; `page_context` is the context of the page it stands on, `anchor` an id of its own."""
        return mark_safe(render_to_string(self.template, {**page_context, "anchor": anchor, **self.context()}))  # noqa: S308  (a template made it)


def block_value(block, value):
    """Return the value of a block from a plain one in which whatever has a default may be left out."""
    if isinstance(block, StructBlock):
        parts = {name: block_value(child, value[name]) for name, child in block.child_blocks.items() if name in value}
        return block.normalize({name: parts.get(name, child.get_default()) for name, child in block.child_blocks.items()})
    if isinstance(block, ListBlock):
        return block.normalize([block_value(block.child_block, item) for item in value])
    return block.normalize(value)


def trilingual(nl, fr, en):
    """Return a text in three languages; "" where a language is to fall back, and in any other."""
    return dict.fromkeys(LANGUAGES, "") | {"nl": nl, "fr": fr, "en": en}


def with_texts(instance, **texts):
    """Set translated fields of an unsaved object, each a text in three languages; return the object."""
    for name, text in texts.items():
        for code in LANGUAGES:
            setattr(instance, f"{name}_{code}", text[code])
    return instance
