"""Numbers that were changed in one text of a page while another still says the old one."""

import re
from html import unescape

from wagtail import blocks
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.streams import leaves
from languages.texts import TAG
from languages.units import stored_stream, units

NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,\u00a0\u202f\u2009 ]\d{3}(?!\d))*(?:[.,]\d+)?(?!\w)")
THOUSANDS = re.compile(r"[.,\u00a0\u202f\u2009 ](?=\d{3}(?!\d))")
YEAR = re.compile(r"(?:19|20)\d\d\Z")  # what happened in one year goes on standing beside what happened in the next


def left_behind(before, after):
    """Return what two versions of a page say: `[(old number, [(label, language), …])]`, the texts that still hold it.

    A twin of the changed text is not named: that it is behind is said elsewhere.
    """
    old, new = texts(before), texts(after)
    said = {place: numbers(text) for place, (_label, text) in new.items()}
    found = []
    for place, (_label, text) in new.items():
        if place not in old or old[place][1] == text:
            continue
        gone, come = numbers(old[place][1]) - said[place], said[place] - numbers(old[place][1])
        if not gone or not come:
            continue
        for number in sorted(gone):
            holders = [
                (other_label, language)
                for (address, language), (other_label, other) in new.items()
                if address != place[0]
                and number in said[address, language]
                and old.get((address, language), ("", ""))[1] == other
            ]
            if holders:
                found.append((number, holders))
    return list({number: (number, holders) for number, holders in found}.values())


def texts(page):
    """Return every text of a page, and every value that is in no language: `{(address, language): (label, text)}`."""
    found = {
        (unit.address, code): (unit.label, plain(unit.texts[code]))
        for unit in units(page)
        if unit.kind in ("plain", "rich")
        for code in unit.languages
    }
    for field in page._meta.get_fields():
        for leaf in (
            leaves(field.stream_block, stored_stream(page, field), (field.name,)) if isinstance(field, StreamField) else ()
        ):
            if isinstance(leaf.block, (blocks.CharBlock, blocks.IntegerBlock)) and not isinstance(leaf.block, TranslatedBlock):
                found[".".join(map(str, leaf.address)), ""] = (leaf.block.label, str(leaf.raw or ""))
    return found


def plain(text):
    return unescape(TAG.sub(" ", text or ""))


def numbers(text):
    """Return the numbers in a text, however a language writes them, without years."""
    found = {THOUSANDS.sub("", one).replace(",", ".") for one in NUMBER.findall(text)}
    return {one for one in found if not YEAR.match(one)}
