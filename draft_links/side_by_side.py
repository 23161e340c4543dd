"""The texts of a draft for readers, in the order of its form, which is that of the page, with their languages side by side."""

from dataclasses import dataclass, replace
from itertools import groupby

from django.utils import translation
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from languages.codes import LANGUAGES
from languages.streams import items
from languages.templatetags.languages import reader_html
from languages.texts import is_filled
from languages.typesetting import keep_together
from languages.units import stored_stream, units
from pages.templatetags.page_texts import UNSEEN_FIELDS, UNSEEN_KINDS


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in a language: its HTML, "" where it is missing, and whether it is meant for the language at all."""

    language: str
    html: str
    is_meant: bool


@dataclass(frozen=True, slots=True)
class TextRow:
    """A text in all languages, with its label; a heading stands out as one."""

    label: str
    cells: tuple
    is_heading: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The texts of a field of the page."""

    name: str
    label: str
    rows: list


def sections(page):
    """Return the `Section`s of a page that hold a text in any language. Makes no query beside those for links to pages."""
    order = {name: number for number, name in enumerate(field_names(page.content_panels))}
    texts = [unit for unit in units(page) if is_for_readers(unit) and field_of(unit) in order]
    texts.sort(key=lambda unit: order[field_of(unit)])
    return [
        Section(name, capfirst(page._meta.get_field(name).verbose_name), rows_of(page, name, list(group)))
        for name, group in groupby(texts, key=field_of)
    ]


def is_for_readers(unit):
    is_seen = unit.kind not in UNSEEN_KINDS and unit.address not in UNSEEN_FIELDS
    return is_seen and any(is_filled(text) for text in unit.texts.values())


def field_of(unit):
    return unit.address.partition(".")[0]


def field_names(panels):
    """Yield the names of the fields that panels show, in their order; of a translated one its own name."""
    for panel in panels:
        if name := getattr(panel, "field_name", None):
            yield name
        else:
            yield from field_names(getattr(panel, "children", ()))


def rows_of(page, name, texts):
    """Return the rows of one field; where it has texts of several kinds, each says which it is."""
    blocks = blocks_by_id(page, name)
    rows = [row_of(unit, blocks.get(unit.address.partition(".")[2].partition(".")[0])) for unit in texts]
    return rows if len({row.label for row in rows}) > 1 else [replace(row, label="") for row in rows]


def row_of(unit, block):
    """Return the row of a text that stands in an item of a stream, of the kind `block`, or, where that is None, in a field."""
    leaf = str(unit.label).rpartition(" – ")[2]  # behind the label of the field
    label = " – ".join(dict.fromkeys([str(block.label), leaf])) if block else ""
    return TextRow(label, tuple(cell_of(unit, code) for code in LANGUAGES), bool(block and block.name == "heading"))


def blocks_by_id(page, name):
    """Return the blocks of the items of a stream by their ids; nothing where a field is none."""
    field = page._meta.get_field(name)
    block = getattr(field, "stream_block", None)
    return {item["id"]: child for child, item in items(block, stored_stream(page, field))} if block else {}


def cell_of(unit, language):
    """Return the cell of a text in a language, with its links as readers of that language get them."""
    text = unit.texts[language]
    if not is_filled(text):
        return Cell(language, "", language in unit.languages)
    with translation.override(language):
        html = reader_html(text) if unit.kind == "rich" else linebreaks(text, autoescape=True)
        return Cell(language, mark_safe(keep_together(html)), language in unit.languages)  # noqa: S308  (as in the page)
