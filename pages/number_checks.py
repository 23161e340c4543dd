"""Numbers that were changed in one text of a page while another still says the old one."""

import re

from wagtail import blocks
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.streams import leaves
from languages.texts import rich_lines
from languages.units import stored_stream, units

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?(?!\w)")
THOUSANDS = re.compile(r"[.,\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
YEAR = re.compile(r"(?:19|20)\d\d\Z")  # what happened in one year goes on standing beside what happened in the next


def find_numbers_behind(before, after):
    """Return what two versions of a page say: `[(old number, [(label, language), …])]`, the texts that still hold it.

    A twin of the changed text is not named: that it is behind is said elsewhere.
    """
    old_texts, new_texts = texts_by_place(before), texts_by_place(after)
    numbers_by_place = {place: numbers_in(text) for place, (_label, text) in new_texts.items()}
    behind = []
    for place, (_label, text) in new_texts.items():
        if place not in old_texts or old_texts[place][1] == text:
            continue
        old_numbers, new_numbers = numbers_in(old_texts[place][1]), numbers_by_place[place]
        if old_numbers <= new_numbers or new_numbers <= old_numbers:
            continue
        for number in sorted(old_numbers - new_numbers):
            holders = [
                (other_label, language)
                for (address, language), (other_label, other_text) in new_texts.items()
                if address != place[0]
                and number in numbers_by_place[address, language]
                and old_texts.get((address, language), ("", ""))[1] == other_text
            ]
            if holders:
                behind.append((number, holders))
    return list({number: (number, holders) for number, holders in behind}.values())


def texts_by_place(page):
    """Return every text of a page, and every value that is in no language: `{(address, language): (label, text)}`."""
    texts = {
        (unit.address, code): (unit.label, " ".join(rich_lines(unit.texts[code])) if unit.kind == "rich" else unit.texts[code])
        for unit in units(page)
        if unit.kind in ("plain", "rich")
        for code in unit.languages
    }
    for field in page._meta.get_fields():
        for leaf in (
            leaves(field.stream_block, stored_stream(page, field), (field.name,)) if isinstance(field, StreamField) else ()
        ):
            if isinstance(leaf.block, (blocks.CharBlock, blocks.IntegerBlock)) and not isinstance(leaf.block, TranslatedBlock):
                texts[".".join(map(str, leaf.address)), ""] = (leaf.block.label, str(leaf.raw or ""))
    return texts


def numbers_in(text):
    """Return the numbers in a text, however a language writes them, without years."""
    numbers = {THOUSANDS.sub("", number).replace(",", ".") for number in NUMBER.findall(text)}
    return {number for number in numbers if not YEAR.match(number)}
