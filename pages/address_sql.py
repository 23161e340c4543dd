"""The addresses of a whole subtree, and the redirects from where its pages were: one statement, however many pages there are.

It says what `pages.addresses.compute_addresses` says; `pages.address_checks` compares the two.
"""

from languages.codes import LANGUAGES
from pages.addresses import MAX_ADDRESS_LENGTH, STEPS


def each(text, between=", "):
    """Return a piece of SQL for each language, whose code stands in the place of each "@"."""
    return between.join(text.replace("@", code) for code in LANGUAGES)


# The page at a path with the addresses that it is given, and those below it with what follows: null where one does not exist.
NOW = f"""
    WITH RECURSIVE tree AS (
        SELECT id, path, live, alias_of_id, {each("heading_@, url_slug_@, address_@")}
        FROM pages_sitepage JOIN wagtailcore_page ON id = page_ptr_id WHERE path LIKE %(below)s
    ), now AS (
        SELECT id, path, {each("%(@)s::text AS @")} FROM tree WHERE path = %(path)s
        UNION ALL
        SELECT tree.id, tree.path,
            {each("CASE WHEN live AND heading_@ <> '' AND url_slug_@ <> '' THEN ltrim(now.@ || '/' || url_slug_@, '/') END")}
        FROM now JOIN tree ON now.path = left(tree.path, -{STEPS})
    )
"""  # noqa: S608  (constants only)
# What answers is not redirected, so redirects from there to other pages wait until the path is free or its page is deleted;
# those to the page itself go, with what Wagtail noted of what they refer to. What staff wrote by hand stays, but the newest
# redirect from a path counts. Returned is each page that exists in other languages than before: its key, whether it is an
# alias, and the languages in which it did not exist.
STORE = f"""
    {NOW}, stored AS (
        UPDATE pages_sitepage SET {each("address_@ = now.@")}
        FROM now JOIN tree ON tree.id = now.id
        WHERE page_ptr_id = now.id AND ({each("tree.address_@")}) IS DISTINCT FROM ({each("now.@")})
        RETURNING now.id AS key, now.path, tree.alias_of_id, {each("tree.address_@ AS before_@, now.@ AS after_@")}
    ), here AS (
        {each("SELECT key, rtrim('/@/' || after_@, '/') AS path FROM stored WHERE after_@ IS NOT NULL", " UNION ALL ")}
    ), before AS (
        {each("SELECT key, rtrim('/@/' || before_@, '/') AS path FROM stored WHERE before_@ IS NOT NULL", " UNION ALL ")}
    ), left_path AS (
        SELECT key, path FROM before WHERE NOT EXISTS (SELECT FROM here WHERE here.path = before.path)
    ), gone AS (
        DELETE FROM wagtailredirects_redirect
        USING (SELECT path, key FROM here UNION ALL SELECT path, NULL FROM left_path) AS known
        WHERE automatically_created AND old_path = known.path AND (known.key IS NULL OR redirect_page_id = known.key)
        RETURNING id
    ), gone_references AS (
        DELETE FROM wagtailcore_referenceindex
        WHERE content_type_id = %(redirects)s AND object_id IN (SELECT id::text FROM gone)
    ), gone_former_paths AS (
        DELETE FROM pages_formerpath WHERE path IN (SELECT path FROM here)
    ), written AS (
        INSERT INTO wagtailredirects_redirect
            (old_path, redirect_page_id, redirect_page_route_path, redirect_link, automatically_created, is_permanent,
            created_at)
        SELECT path, key, '', '', true, true, now() FROM left_path
    )
    SELECT key, alias_of_id IS NOT NULL,
        array_remove(ARRAY[{each("CASE WHEN before_@ IS NULL AND after_@ IS NOT NULL THEN '@' END")}], NULL)
    FROM stored WHERE {each("(before_@ IS NULL) <> (after_@ IS NULL)", " OR ")} ORDER BY path
"""  # noqa: S608  (constants only)
TOO_LONG = f"""
    {NOW} SELECT {each(f"coalesce(max(length(@)) > {MAX_ADDRESS_LENGTH}, false)")} FROM now
"""  # noqa: S608  (constants only)
