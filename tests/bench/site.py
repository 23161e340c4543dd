"""The site that is measured: the starting content and a mandate many times over, in a database that lasts for the run."""

import os
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from tests.databases import drop_database
from tests.migrated import migrated_database

LANGUAGE = "nl"
KEYS = {"home": "home", "index": "mandates", "mandate": "youth-guarantee", "network": "pes-network"}
# A page of every template: what a first visit to it costs is measured in each language.
TEMPLATES = KEYS | {
    "agreement": "socieux-plus",
    "standard": "about",
    "glossary": "glossary",
    "contact": "contact",
    "accessibility": "accessibility",
}
# What has no page of its own, by template and language: a line each. "mul" is for several languages at once.
OTHERS = {
    ("choice", "mul"): "/",
    ("not found", "nl"): "/nl/niets/",
    ("not found", "fr"): "/fr/rien/",
    ("not found", "en"): "/en/nothing/",
}


@contextmanager
def throwaway_database():
    """Make a database beside the one of DATABASE_URL, and lead this process and those that it starts to it.

    What a killed run left behind goes first; a run that goes on keeps its own, and this one ends with PostgreSQL's error.
    """
    original = connection.settings_dict["NAME"]
    name = connection.ops.quote_name(f"bench_{original}")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name}")
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {migrated_database()}")
        lead_to(f"bench_{original}")
        call_command("migrate", verbosity=0)  # to what only a benchmark has
        from tests.bench.stock import MODELS  # here, because models need the settings

        with connection.schema_editor() as schema:
            for model in MODELS:
                schema.create_model(model)
        yield
    finally:
        lead_to(original)
        with connection.cursor() as cursor:
            drop_database(cursor, name)


def lead_to(name):
    """Use the database `name` of the same server from now on."""
    connection.close()
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def fill(number):
    """Load the starting content and multiply one mandate until there are `number` pages.

    Returns the paths to measure: {"home": "/nl/", …, "sitemap": "/sitemap.xml"}; and those of first visits, by template and
    language: {("home", "nl"): "/nl/", …}.
    """
    from audience.paths import feedback_path
    from newsroom.content.loading import load  # here, because models need the settings
    from newsroom.models import LoadedItem
    from pages.models import SitePage
    from tests.many import multiply

    load(settings.BASE_DIR / "content")
    pages = {
        name: SitePage.objects.get(pk=LoadedItem.objects.get(key=f"pages/{key}").object_id) for name, key in TEMPLATES.items()
    }
    multiply(pages["mandate"].specific, number - SitePage.objects.count())
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # which PostgreSQL does by itself, but later
    paths = {name: pages[name].paths()[LANGUAGE] for name in KEYS} | {"sitemap": "/sitemap.xml"}
    visited = {(name, code): path for name, page in pages.items() for code, path in page.paths().items()}
    visited |= {("feedback", code): feedback_path(code, pages["mandate"].slug) for code in pages["mandate"].paths()}
    return paths, visited | OTHERS
