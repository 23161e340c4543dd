"""A system check: PostgreSQL knows how to read every language of the site."""

from django.core import checks

from languages.checks import migrated_connections
from languages.codes import LANGUAGES
from search.tsquery import configuration

HINT = "Write a migration for it, as search/migrations/0001_text_search.py does for the others."


@checks.register("search", checks.Tags.database)
def every_language_can_be_searched(app_configs=None, databases=None, **kwargs):
    """Return an error for each language that has no text search configuration in a database."""
    errors = []
    for connection in migrated_connections(databases):
        with connection.cursor() as cursor:
            cursor.execute("SELECT cfgname FROM pg_ts_config")
            names = {name for (name,) in cursor.fetchall()}
        errors += [
            checks.Error(f"PostgreSQL has no text search configuration {name}.", hint=HINT, id="search.E001")
            for name in map(configuration, LANGUAGES)
            if name not in names
        ]
    return errors
