"""Where answers are kept: Django's cache `pages`. One that fails costs the time to make answers anew, and nothing else."""

import logging

from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)


class PageFiles(FileBasedCache):
    """Django's cache in files, for many of them: that one goes through all at each write, lest there be too many."""

    WRITES = 1000  # between two such looks

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.writes = 0

    def _cull(self):
        self.writes += 1
        if self.writes % self.WRITES == 0:
            super()._cull()


def read(key):
    """Return what is kept under a key, None where there is nothing or the cache fails."""
    try:
        return caches["pages"].get(key)
    except Exception:  # each kind of cache fails in its own way
        logger.exception("Kept pages cannot be read.")
        return None


def write(key, value):
    """Keep a value, if the cache can."""
    try:
        caches["pages"].set(key, value)
    except Exception:
        logger.exception("A page cannot be kept.")
