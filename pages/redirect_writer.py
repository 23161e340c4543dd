"""Redirects from where pages were: written and taken away by lists, however many pages there are."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.contrib.redirects.models import Redirect

from pages import former_paths

# What Wagtail noted of what such a redirect refers to goes along.
DELETE = """
    WITH gone AS (DELETE FROM wagtailredirects_redirect {} RETURNING id)
    DELETE FROM wagtailcore_referenceindex
    WHERE content_type_id = %s AND object_id IN (SELECT id::text FROM gone)
"""
FROM_THESE = "WHERE automatically_created AND old_path = ANY(%s)"
TO_THEMSELVES = """
    USING unnest(%s::text[], %s::integer[]) AS here (path, key)
    WHERE automatically_created AND old_path = here.path AND redirect_page_id = here.key
"""
INSERT = """
    INSERT INTO wagtailredirects_redirect
        (old_path, redirect_page_id, automatically_created, is_permanent, redirect_page_route_path, redirect_link, created_at)
    SELECT path, key, true, true, '', '', now() FROM unnest(%s::text[], %s::integer[]) AS left_path (path, key)
"""


def write_redirects(left_paths, occupied):
    """Redirect the paths at which pages were, as (key, path), for good.

    `occupied` maps the paths of today to the keys of their pages: what answers is not redirected, so redirects from there to
    other pages wait until the path is free or its page is deleted; those to the page itself go. What staff wrote by hand stays,
    but the newest redirect from a path counts.
    """
    keys_by_path = {stored_path(path): key for key, path in left_paths if path not in occupied}
    kind = ContentType.objects.get_for_model(Redirect).pk
    with connection.cursor() as cursor:
        if keys_by_path:
            cursor.execute(DELETE.format(FROM_THESE), [list(keys_by_path), kind])
        if occupied:
            paths = [stored_path(path) for path in occupied]
            cursor.execute(DELETE.format(TO_THEMSELVES), [paths, list(occupied.values()), kind])
            former_paths.forget(paths)
        if keys_by_path:
            cursor.execute(INSERT, [list(keys_by_path), list(keys_by_path.values())])


def stored_path(path):
    """Return a path of ours, such as "/nl/eures/", as redirects hold it: what Wagtail makes of those is the same."""
    return path.rstrip("/")
