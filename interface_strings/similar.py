"""What a string that has gone from the code may have become."""

from difflib import get_close_matches

from interface_strings.models import InterfaceString

MAX_SIMILAR, MIN_RATIO = 3, 0.6  # how many are offered, and how much alike they are (difflib)


def similar_strings(string):
    """Return the strings of the same part of the site whose source is most like that of one that has gone."""
    others = InterfaceString.objects.filter(is_gone=False, is_ours=string.is_ours, domain=string.domain)
    by_source = {other.msgid: other for other in others.only("msgid")}
    return [by_source[msgid] for msgid in get_close_matches(string.msgid, by_source, MAX_SIMILAR, MIN_RATIO)]
