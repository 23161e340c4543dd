"""Where answers are kept: Django's cache `pages`, which does not fail (`page_cache.steady`)."""

import logging
from contextlib import suppress
from pathlib import Path
from random import random
from time import time

from django.core.cache import caches
from django.core.cache.backends.filebased import FileBasedCache

logger = logging.getLogger(__name__)


class PageFiles(FileBasedCache):
    """Django's cache in files, for many of them: that one goes through all at each write, lest there be too many.

    This one does so at one write in a thousand, and takes away what has expired, which nobody asks for any more.
    """

    ODDS = 1 / 1000  # by chance, as each thread has an object of its own

    def _cull(self):
        if random() < self.ODDS:  # noqa: S311  (nobody gains by guessing it)
            self.forget_expired()
            super()._cull()

    def forget_expired(self):
        """Delete the files of what was written longer ago than anything is kept."""
        for path in map(Path, self._list_cache_files()):
            with suppress(OSError):  # another process was first
                if time() - path.stat().st_mtime > self.default_timeout:
                    path.unlink()


def read(key):
    """Return what is kept under a key, None where there is nothing."""
    return caches["pages"].get(key)


def forget(key):
    """Keep nothing under a key any more."""
    caches["pages"].delete(key)


def write(key, value):
    """Keep a value, if it can be written down."""
    try:
        caches["pages"].set(key, value)
    except Exception:  # such as a parameter of a question that cannot be pickled: the page is served all the same
        logger.exception("A page cannot be kept.")
