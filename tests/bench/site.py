"""The site that is measured: the starting content and a mandate many times over, in a database that lasts as long as the run."""

from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases

PAGES = 3000
LANGUAGE = "nl"
KEYS = {"home": "home", "index": "mandates", "mandate": "youth-guarantee", "network": "pes-network"}


@contextmanager
def site_of_many_pages():
    """Make the database and collect the static files; yield the paths to measure: {"home": "/nl/", …, "sitemap": …}."""
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        call_command("collectstatic", interactive=False, verbosity=0)
        yield fill()
    finally:
        teardown_databases(databases, verbosity=0)


def fill():
    """Load the starting content and multiply one mandate until there are `PAGES` pages; return the paths."""
    from newsroom.loading import load  # here, because models need the settings
    from newsroom.models import LoadedItem
    from pages.models import SitePage
    from tests.many import multiply

    load(settings.BASE_DIR / "content")
    keys = {name: LoadedItem.objects.get(key=f"pages/{key}").object_id for name, key in KEYS.items()}
    multiply(SitePage.objects.get(pk=keys["mandate"]).specific, PAGES - SitePage.objects.count())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which PostgreSQL does by itself, but later
    return {name: SitePage.objects.get(pk=key).paths()[LANGUAGE] for name, key in keys.items()} | {"sitemap": "/sitemap.xml"}
