"""Django's caches: the same server for all, or folders of this host."""

from django.core.exceptions import ImproperlyConfigured
from redis.backoff import NoBackoff
from redis.retry import Retry

SECONDS = 0.5  # that nobody waits longer for a server that does not answer
WEEK = 7 * 24 * 60 * 60
OWN_SPACE = ("FileBasedCache", "LocMemCache")  # which hold each cache in a folder, or a memory, of its own


def build_caches(shared, pages):
    """Return `CACHES` for where most is kept, and for where pages are, each as django-environ reads an address.

    What was searched for waits in a cache for a week, and counts of attempts wait in one too. Django's file and memory caches
    drop a random third once they hold 300 entries; these must survive that, so they have large caches of their own. Answers to
    readers are in as many files as pages in three languages take; what nobody asked for in a week goes.
    """
    return {
        "default": steady(shared),
        "searches": steady(give_room(shared, "searches", 10_000)),
        "throttles": steady(give_room(shared, "throttles", 10_000)),
        "pages": steady(give_room(pages, "pages", 200_000) | {"TIMEOUT": WEEK}),
        # What Wagtail remembers of pictures is asked of the database, which all hosts share: one that has it from a cache of
        # its own would go on showing a file that another one replaced.
        "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
    }


def give_room(cache, name, entries):
    """Return a cache with room of its own for so many entries; servers are large enough, and tell keys apart."""
    if cache["BACKEND"].endswith(OWN_SPACE):
        options = cache.get("OPTIONS", {}) | {"MAX_ENTRIES": entries}
        return cache | {"LOCATION": f"{cache['LOCATION']}/{name}", "OPTIONS": options}
    return cache | {"KEY_PREFIX": name}


def steady(cache):
    """Return a cache that goes on when its server, or its folder, does not answer. Raises ImproperlyConfigured."""
    backend, options = cache["BACKEND"], cache.get("OPTIONS", {})
    if backend.endswith("RedisCache"):
        if not isinstance(cache["LOCATION"], str):  # a primary and those that follow it: reads could be older than writes
            raise ImproperlyConfigured("CACHE_URL and PAGES_CACHE_URL name one server each, such as rediscache://host:6379/0.")
        # A connection that a server forgot, as it started anew, is opened again; more often nobody tries.
        patience = {"socket_connect_timeout": SECONDS, "socket_timeout": SECONDS, "retry": Retry(NoBackoff(), 1)}
        options = patience | options
    elif backend.endswith("FileBasedCache"):
        if cache["LOCATION"].endswith("/pages"):
            backend = "page_cache.store.PageFiles"
    else:
        return cache
    return cache | {"BACKEND": "page_cache.steady.SteadyCache", "OPTIONS": options | {"OF": backend}}
