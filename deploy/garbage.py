"""How seldom a process of the site looks for garbage: what a page makes goes by itself, and what was loaded stays."""

import gc

OBJECTS = 20_000  # that come to stay before anybody looks whether they are of use; Python's own 700 cost a page a millisecond


def look_seldom():
    """Let this process, and those that it is forked into, look seldom, and never at what there is now."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OBJECTS)
