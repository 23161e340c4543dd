"""Which language a reader's browser clearly prefers."""

from django.utils.translation.trans_real import parse_accept_lang_header


def preferred_language(header, available):
    """Return the language among `available` that an `Accept-Language` header clearly prefers, None where it does not.

    Clearly: one of them has a higher quality than every other, and comes as high as anything the reader asked for. A browser
    that puts Dutch and French alike, or German first, gets the choice page, and so does one whose header is malformed.
    """
    qualities = {}
    header = ",".join(part for part in header.split(",") if part.strip())  # empty parts mean nothing (RFC 9110, 5.6.1)
    for tag, quality in parse_accept_lang_header(header):  # the highest qualities first
        qualities.setdefault(tag.partition("-")[0], quality)
    qualities.pop("*", None)
    best = max(qualities.values(), default=0)
    first = [tag for tag, quality in qualities.items() if quality == best > 0]
    return first[0] if len(first) == 1 and first[0] in available else None
