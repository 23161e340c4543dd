"""What a reader's browser asks for, as a pure function (RFC 9110, section 12.5.4)."""

import re

ENTRY = re.compile(r"^\s*(?P<tag>[A-Za-z]{1,8})(-[A-Za-z0-9]{1,8})*\s*(;\s*[qQ]\s*=\s*(?P<quality>[01](\.\d{0,3})?)\s*)?$")
LONGEST = 500


def preferred_language(header, available):
    """Return the language among `available` that an `Accept-Language` header clearly prefers, None where it does not.

    Clearly: one of them has a higher quality than every other, and comes as high as anything the reader asked for. A browser
    that puts Dutch and French alike, or German first, gets the choice page.
    """
    wishes = {}
    for part in header[:LONGEST].split(","):
        match = ENTRY.match(part)
        if match:
            tag, quality = match["tag"].lower(), float(match["quality"] or 1)
            wishes[tag] = max(quality, wishes.get(tag, 0))
    if not wishes:
        return None
    best = max(wishes.values())
    first = [tag for tag, quality in wishes.items() if quality == best and quality > 0]
    return first[0] if len(first) == 1 and first[0] in available else None
