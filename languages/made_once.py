"""What a process makes once, as it is the same wherever the same stands in it: the foot of every page, the map of a network.

It is found again by all that it is made of, so nothing has to be told when something changes: what is made of other rows, or
with other words, is another.
"""

from weakref import WeakKeyDictionary

from django.utils.translation import trans_real

MOST = 200  # of a language: more than a site needs, and some megabytes
made = WeakKeyDictionary()  # by the catalogue whose words they hold, and no longer than it


def made_once(key, make):
    """Return `make()`, as it was made the first time for this key in the words of the active language.

    The key holds all that it is made of. It must ask neither the database nor the clock: whoever keeps a page is not told.
    """
    parts = made.setdefault(trans_real.catalog(), {})
    part = parts.get(key)
    if part is None:
        part = make()
        if len(parts) >= MOST:
            parts.clear()
        parts[key] = part
    return part
