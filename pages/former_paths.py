"""The paths of deleted pages, at which readers and search engines are told that the page is gone for good (410)."""

from django.db import connection, models

from languages.codes import LANGUAGES
from languages.paths import path_of, split_path
from pages.addresses import tidy_path
from pages.list_parts import split_part

# Today's addresses, those that redirected to the page, and its neutral one; not of what never was public, nor of an alias,
# whose source is still there.
OWN = " UNION ".join(
    f"SELECT rtrim('/{code}/' || address_{code}, '/') FROM gone WHERE address_{code} IS NOT NULL"  # noqa: S608  (constants)
    for code in LANGUAGES
)
REMEMBER = f"""
    WITH gone AS (
        SELECT * FROM pages_sitepage JOIN wagtailcore_page ON id = page_ptr_id
        WHERE id = %s AND alias_of_id IS NULL AND first_published_at IS NOT NULL
    )
    INSERT INTO pages_formerpath (path)
    {OWN}
    UNION SELECT lower(old_path) FROM gone JOIN wagtailredirects_redirect ON redirect_page_id = gone.id
    UNION SELECT '/p/' || slug FROM gone
    ON CONFLICT DO NOTHING
"""  # noqa: S608  (constants only)


class FormerPath(models.Model):
    """A path at which readers found a page that was deleted, in small letters and without its last slash.

    Written by this module and never by hand. A page that takes the path lets it be forgotten.
    """

    path = models.CharField(max_length=255, primary_key=True)

    def __str__(self):
        return self.path


def remember(key):
    """Remember the paths of a page that is about to be deleted, with one query."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [key])


def forget(paths):
    """Forget paths that pages have now, without their last slashes, with one query."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pages_formerpath WHERE path = ANY(%s)", [paths])


def was_deleted(path):
    """Say whether a page stood at a path that readers ask for, or a list of which it is a part, and was deleted."""
    tidied = tidy_path(path)
    language, address = split_path(tidied)
    part = split_part(language, address)
    paths = [tidied, path_of(language, part[0])] if part else [tidied]
    return FormerPath.objects.filter(path__in=[one.rstrip("/") for one in paths]).exists()
