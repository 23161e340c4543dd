"""Markup within strings: templates print translations as they are, so theirs must be exactly that of the source.

A tag of a translation is only accepted when the source holds it, sign for sign: no attribute can be added or changed. Pure.
"""

import re
from collections import Counter

TAG = re.compile(r"<[^<>]*>")
NAME = re.compile(r"</?\s*([a-zA-Z][\w-]*)")
VOID = {"br", "hr", "img", "input", "wbr"}


def tags(text):
    """Return the tags of a text in their order, each as it is written but for its white space."""
    return [" ".join(tag.split()) for tag in TAG.findall(text)]


def without_tags(text):
    return TAG.sub("", text)


def nesting(text):
    """Return how often each element stands within which, as a Counter of tuples; None where tags are not balanced."""
    open_tags, paths = [], Counter()
    for tag in tags(text):
        name = NAME.match(tag)
        if name is None:
            return None
        if tag.startswith("</"):
            if not open_tags or NAME.match(open_tags.pop())[1] != name[1]:
                return None
            continue
        paths[*open_tags, tag] += 1
        if name[1].lower() not in VOID and not tag.endswith("/>"):
            open_tags.append(tag)
    return None if open_tags else paths


def has_other_markup(source, text):
    """Say whether the tags of a text are not those of its source, each within the same ones.

    Where the source's own are not balanced, they must stand in the same order.
    """
    if Counter(tags(source)) != Counter(tags(text)):
        return True
    wanted = nesting(source)
    return tags(source) != tags(text) if wanted is None else nesting(text) != wanted


def stray_signs(source, text):
    """Return the signs that could begin markup or end an attribute, and that a text has more often than its source."""
    outside = Counter(without_tags(source))
    return sorted(sign for sign, number in Counter(without_tags(text)).items() if sign in '<>"`\\' and number > outside[sign])
