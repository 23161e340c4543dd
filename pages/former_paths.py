"""The paths of deleted pages: a reader, or a search engine, who still knows one is told that the page is gone for good."""

from django.db import connection

from languages.codes import LANGUAGES
from pages.addresses import tidied
from pages.models.former_path import FormerPath

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


def remember(key):
    """Remember the paths of a page that is about to be deleted, with one query."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, [key])


def forget(paths):
    """Forget paths that pages have now, with one query."""
    FormerPath.objects.filter(path__in=[kept(path) for path in paths]).delete()


def was_deleted(path):
    """Say whether a page stood at a path that readers ask for, and was deleted."""
    return FormerPath.objects.filter(path=kept(path)).exists()


def kept(path):
    return tidied(path).rstrip("/")
