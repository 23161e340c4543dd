"""Caches that never fail: while a server of caches, or a folder of theirs, does not answer, each process goes on with a memory
of its own, and says so once.

Limits go on counting there, pages are kept there; whoever asks notices nothing. The server is tried again every few seconds.
"""

import logging
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.utils.functional import cached_property
from django.utils.module_loading import import_string
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
FAILURES = (OSError, RedisError)
PAUSE = 2  # seconds between two tries: whoever tries may wait for as long as the server may be silent
READING = {"get", "get_many", "has_key"}
places = {}


class CachePlace:
    """A server or a folder, whether it answers as this process knows it, and what stands in for it meanwhile."""

    def __init__(self, location):
        self.name = urlsplit(location).hostname or location  # an address may hold a password
        self.memories, self.lock = {}, Lock()
        self.failed = self.since = self.tried_at = None

    def is_to_be_tried(self, operation):
        """Say whether to ask: what has failed is tried again after a pause, by one thread, in the way in which it failed."""
        if self.failed is None:
            return True
        if kind_of(operation) != self.failed:
            return False
        with self.lock:
            if monotonic() - self.tried_at < PAUSE:
                return False
            self.tried_at = monotonic()
            return True

    def note_failure(self, operation, error):
        with self.lock:
            self.tried_at = monotonic()
            if self.failed is None:
                self.failed, self.since = kind_of(operation), self.tried_at
                logger.warning("The cache at %s does not answer; this process uses its own memory: %s", self.name, error)

    def note_answer(self, operation):
        with self.lock:
            if self.failed == kind_of(operation):
                self.failed = None
                logger.warning("The cache at %s answers again, after %d seconds.", self.name, monotonic() - self.since)
                for memory in self.memories.values():
                    memory.clear()


def kind_of(operation):
    """Return what a full disk, which can still be read, tells apart."""
    return "reading" if operation in READING else "writing"


def passed_on(operation):
    """Return a method that passes an operation on to the cache, or to the memory that stands in for it."""

    def method(self, *args, **kwargs):
        if self.place.is_to_be_tried(operation):
            try:
                result = getattr(self.cache, operation)(*args, **kwargs)
            except FAILURES as error:
                self.place.note_failure(operation, error)
            else:
                if self.place.failed is not None:
                    self.place.note_answer(operation)
                return result
        return getattr(self.memory, operation)(*args, **kwargs)

    return method


class SteadyCache(BaseCache):
    """Another cache, `OPTIONS["OF"]`, made steady."""

    def __init__(self, location, params):
        super().__init__(params)
        self.location, self.params = location, params
        self.place = places.setdefault(location, CachePlace(location))
        name = f"{location} {self.key_prefix}"
        few = {"OPTIONS": {"MAX_ENTRIES": 1000}}
        self.memory = self.place.memories.setdefault(name, LocMemCache(name, params | few))

    @cached_property
    def cache(self):
        """The cache itself; one in files makes its folder as it begins, which may fail too."""
        options = dict(self.params["OPTIONS"])
        return import_string(options.pop("OF"))(self.location, self.params | {"OPTIONS": options})

    def get(self, key, default=None, version=None):
        """Return a value. One that cannot be read, such as one that an older release wrote, is forgotten."""
        try:
            return self.read(key, default, version)
        except Exception as error:
            logger.warning("A value in the cache at %s cannot be read: %r", self.place.name, error)
            self.delete(key, version)
            return default

    def get_many(self, keys, version=None):
        """Return the values that there are, by their keys. Where one cannot be read, each is read by itself."""
        keys = list(keys)
        try:
            return self.read_many(keys, version)
        except Exception:
            nothing = object()
            found = {key: self.get(key, nothing, version) for key in keys}
            return {key: value for key, value in found.items() if value is not nothing}

    read, read_many, has_key = passed_on("get"), passed_on("get_many"), passed_on("has_key")
    add, set, set_many = passed_on("add"), passed_on("set"), passed_on("set_many")
    touch, incr = passed_on("touch"), passed_on("incr")
    delete, delete_many, clear = passed_on("delete"), passed_on("delete_many"), passed_on("clear")


def failing_places():
    """Return the names of what does not answer now, once each was asked or a moment after."""
    steady = [cache for cache in caches.all() if isinstance(cache, SteadyCache)]
    for cache in steady:
        cache.get("whether-it-answers")
    return sorted({cache.place.name for cache in steady if cache.place.failed is not None})
