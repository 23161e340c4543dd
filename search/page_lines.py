"""What a page says to readers of one language, a line a paragraph: from its units, and from what its streams name or count."""

import re
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.fields import StreamField

from directory import dates
from directory.fields import PartialDateBlock, PartialDateField
from directory.models import Organisation, Person
from directory.references import entry_fields
from languages.blocks import TranslatedBlock
from languages.streams import leaves
from languages.texts import rich_lines
from languages.units import field_texts, kind_of, stored_stream, translated_fields
from pages.date_phrases import phrase

NAMES = ("heading", "abbreviation", "full_name")
APART = {*NAMES, "summary", "opening"}  # weighted by themselves
FOR_STAFF = {"change_note", "meta_title", "meta_description"}  # or for machines
ENTRIES = (Organisation, Person)
SENTENCE_END = re.compile(r"[.!?…:]\Z")
GAP = " … "  # as in a passage, between a name and the sentence that stands below it
SOURCE = "source"  # the leaf of a block that says where it comes from
YEARS = ("from_year", "until_year")  # the leaves of a block that say about which years it is
PERIOD = ("from_date", "until")  # those that say from when to when somebody held an office
ELECTED = "elected_on"
FIRST = {"terms"}  # fields of which a page says the newest in its first lines: who holds an office


def lines_of(page, code, names):
    """Yield the texts of a page in a language, what it begins with first, without names, summary and opening. No query.

    `names` maps `(model, primary key)` of an organisation or person to its name by language.
    """
    translated = set(translated_fields(type(page)))
    for field in sorted(page._meta.get_fields(), key=lambda field: field.name not in FIRST):
        if isinstance(field, StreamField):
            yield from stream_lines(field, page, code, names)
        elif field.name in translated and field.name not in APART | FOR_STAFF:
            yield from text_lines(kind_of(field), field_texts(page, field.name)[code])
        elif isinstance(field, PartialDateField):
            yield from filter(None, [written_date(field.value_from_object(page), code)])
    for field in entry_fields(page):
        yield from filter(None, [names.get((field.related_model, getattr(page, field.attname)), {}).get(code)])


def stream_lines(field, page, code, names):
    """Yield the lines of a stream: what stands in one block beside each other is one line, such as a figure with its year.

    Blocks that run from a day to another come with the newest first, as a page shows them.
    """
    blocks_of_leaves = [
        list(group) for _block, group in groupby(public_leaves(field, page), key=lambda leaf: leaf.address[:-1])
    ]
    for group in sorted(blocks_of_leaves, key=beginning, reverse=True):
        line, years, period, source = [], [], {}, ""
        for leaf in group:
            if code not in leaf.languages:
                continue
            if getattr(leaf.block, "kind", "") == "rich":
                yield from text_lines("rich", leaf.block.texts(leaf.raw).get(code))
            elif leaf.address[-1] in YEARS:
                years += filter(None, [leaf.raw])
            elif leaf.address[-1] in PERIOD:
                period[leaf.address[-1]] = leaf.raw
                line += filter(None, [written_period(period, code)]) if leaf.address[-1] == PERIOD[-1] else []
            elif leaf.address[-1] == ELECTED:
                line += [written_phrase("elected", leaf.raw, code)] if leaf.raw else []
            elif leaf.address[-1] == SOURCE:
                source = leaf_text(leaf, code, names)
            else:
                line += filter(None, [leaf_text(leaf, code, names)])
        if line or source:
            yield with_source(with_years(join_texts(line), years), source, code)


def join_texts(texts):
    """Return as one line the texts of one block: a comma joins what is no sentence, such as "85, members"."""
    line = ""
    for text in texts:
        is_sentence = SENTENCE_END.search(text) and text[0].isupper()
        line += (" " if SENTENCE_END.search(line) else GAP if is_sentence else ", ") if line else ""
        line += text
    return line


def beginning(group):
    """Return the day from which a block runs, as it is stored; "" where it has none."""
    return next((leaf.raw or "" for leaf in group if leaf.address[-1] == PERIOD[0]), "")


def written_period(period, code):
    """Return from when to when somebody held an office, in words that stay true: "from July 2025 to June 2027"."""
    wordings = zip(("past from", "past to") if all(map(period.get, PERIOD)) else ("since", "until"), PERIOD, strict=True)
    return " ".join(written_phrase(wording, period[name], code) for wording, name in wordings if period.get(name))


def written_phrase(wording, date, code):
    with translation.override(code):
        return phrase(wording, date)


def with_years(line, years):
    """Return a line with the years that it is about behind it: without them a passage would say it of today."""
    period = "–".join(str(year) for year in dict.fromkeys(years))
    return f"{line.removesuffix('.')} ({period})." if line and period else line


def with_source(line, source, code):
    """Return a line with its source behind it, named as such: "85 members, 2023. Source: Actiris"."""
    if not source:
        return line
    with translation.override(code):
        named = f"{gettext('Source:')} {source}"
    return f"{line.removesuffix('.')}. {named}" if line else named


def public_leaves(field, page):
    """Return the leaves of a stream without those of blocks that wait for a confirmation and that readers do not see."""
    all_leaves = list(leaves(field.stream_block, stored_stream(page, field), (field.name,)))
    waiting = {
        leaf.address[:-1] for leaf in all_leaves if (leaf.address[-1] == "to_confirm" and leaf.raw) or leaf.raw == "to_confirm"
    }
    sourced = {leaf.address[:-1] for leaf in all_leaves if leaf.address[-1] == SOURCE and any((leaf.raw or {}).values())}
    return [leaf for leaf in all_leaves if leaf.address[:-1] not in waiting - sourced]


def leaf_text(leaf, code, names):
    """Return what a leaf, unless it is a rich text, says to readers of a language; "" for choices, addresses and pictures."""
    if isinstance(leaf.block, TranslatedBlock):
        return "" if leaf.block.kind == "url" else one_line(leaf.block.texts(leaf.raw).get(code))
    if isinstance(leaf.block, ChooserBlock):
        return names.get((leaf.block.model_class, leaf.raw), {}).get(code, "")
    if isinstance(leaf.block, PartialDateBlock):
        return written_date(leaf.raw, code)
    return one_line(leaf.raw) if isinstance(leaf.block, blocks.CharBlock) else ""


def text_lines(kind, text):
    """Yield the lines of a text, plain or rich."""
    if kind == "rich":
        yield from rich_lines(text)
    elif kind == "plain" and one_line(text):
        yield one_line(text)


def one_line(text):
    return " ".join((text or "").split())


def written_date(date, code):
    return dates.format_partial_date(date, code) if date else ""


def named_entries(page):
    """Return the `(model, primary key)` of the organisations and people that a page names to readers."""
    from_streams = {
        (leaf.block.model_class, leaf.raw)
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for leaf in public_leaves(field, page)
        if isinstance(leaf.block, ChooserBlock) and leaf.raw and leaf.block.model_class in ENTRIES
    }
    return from_streams | {(field.related_model, getattr(page, field.attname)) for field in entry_fields(page)}
