"""Caches of tests that do not answer."""

from actiris_site.caches import steady
from tests.ports import free_port


def server_that_is_away():
    """Return the settings of a cache on a server where nobody listens."""
    backend = "django.core.cache.backends.redis.RedisCache"
    return steady({"BACKEND": backend, "LOCATION": f"redis://127.0.0.1:{free_port()}"})


def folder_that_is_away(folder):
    """Return the settings of a cache in a folder that cannot be made, as a file is in its place."""
    folder.write_text("")
    return steady({"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(folder)})
