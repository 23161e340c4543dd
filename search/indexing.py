"""Keeping the index up to date, in the transaction of whatever changes it, and comparing it with what it should be.

Rows are locked in the order of their pages before any is written, those of `PageBehind` after those of `Entry`, and whoever
changes the directory waits for those who index pages with what it said before: so saves do not deadlock, and none is overtaken.
"""

import json
from itertools import islice

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from languages.codes import LANGUAGES
from monitoring.advisory_locks import AdvisoryLock
from pages.addresses import SECTION_DEPTH, STEPS
from pages.models import SitePage
from search import vocabulary
from search.entries import fresh_entries
from search.models import Entry, PageBehind

BATCH = 100
AT_ONCE = 50  # pages that are indexed while somebody waits, less than a second
MOVED_AT_ONCE = 2_000  # pages that are put into another section meanwhile
COLUMNS = "section_id, heading, summary, passages, names, words, sources, changed_at, named, vector"
# Words as they are written, beside their stems: a word that is only begun may be longer than its stem.
WORDS = "to_tsvector(('search_' || language)::regconfig, {0}) || to_tsvector('search_plain', {0})"
VECTOR = " || ".join(f"setweight({WORDS.format(text)}, '{text.upper()}')" for text in "abcd")
FRESH = f"""
    SELECT page AS page_id, language, section AS section_id, heading, summary, passages, unaccent(names) AS names, words,
        sources, changed_at, {WORDS.format("a")} AS named, {VECTOR} AS vector
    FROM jsonb_to_recordset(%s) AS fresh (
        page integer, language varchar, section integer, heading text, summary text, passages text, names text, words text[],
        sources text[], changed_at timestamptz, a text, b text, c text, d text
    )
"""  # noqa: S608  (constants only)
WRITE = f"""
    INSERT INTO search_entry (page_id, language, {COLUMNS})
    SELECT page_id, language, {COLUMNS} FROM ({FRESH}) AS fresh ORDER BY page_id, language
    ON CONFLICT (page_id, language) DO UPDATE
    SET ({COLUMNS}) = ROW ({", ".join(f"excluded.{name}" for name in COLUMNS.split(", "))})
    WHERE ({", ".join(f"search_entry.{name}" for name in COLUMNS.split(", "))})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in COLUMNS.split(", "))})
"""  # noqa: S608  (constants only)
ADDRESSES = " ".join(f"WHEN '{code}' THEN address_{code}" for code in LANGUAGES)
LOCK_MANY = f"""
    SELECT FROM search_entry AS entry JOIN pages_sitepage ON page_ptr_id = page_id
    JOIN (SELECT unnest(%s::integer[]) AS key, true AS is_now UNION ALL SELECT unnest(%s::integer[]), false) AS wanted
        ON key = page_id
    WHERE is_now OR CASE entry.language {ADDRESSES} END IS NULL
    ORDER BY page_id, language FOR UPDATE OF entry
"""
REMOVE_UNREACHABLE = f"""
    DELETE FROM search_entry AS entry USING pages_sitepage
    WHERE page_ptr_id = page_id AND page_id = ANY(%s) AND CASE entry.language {ADDRESSES} END IS NULL
"""  # noqa: S608  (constants only)
# Whoever indexes such a page meanwhile, without what this transaction changes, waits here or leaves the row.
FALL_BEHIND = """
    INSERT INTO search_pagebehind (page_id)
    SELECT page_ptr_id FROM pages_sitepage WHERE page_ptr_id = ANY(%s) ORDER BY page_ptr_id FOR KEY SHARE
    ON CONFLICT (page_id) DO UPDATE SET since = excluded.since
"""
CATCH_UP = """
    DELETE FROM search_pagebehind
    WHERE page_id IN (SELECT page_id FROM search_pagebehind WHERE page_id = ANY(%s) ORDER BY page_id FOR UPDATE)
"""
DRIFT = f"""
    SELECT coalesce(fresh.page_id, stored.page_id), coalesce(fresh.language, stored.language),
        CASE WHEN stored.page_id IS NULL THEN 'missing' WHEN fresh.page_id IS NULL THEN 'superfluous' ELSE 'behind' END
    FROM (SELECT page_id, language, {COLUMNS} FROM ({FRESH}) AS made) AS fresh
    FULL JOIN (SELECT page_id, language, {COLUMNS} FROM search_entry WHERE page_id = ANY(%s)) AS stored
        USING (page_id, language)
    WHERE fresh IS DISTINCT FROM stored
    ORDER BY 1, 2
"""  # noqa: S608  (constants only)


# Entries below a path that stand in another section than their pages do.
SECTION = "(SELECT id FROM wagtailcore_page WHERE path = %(section)s)"
IS_STRAY = f"""
    page_id IN (SELECT id FROM wagtailcore_page WHERE path LIKE %(below)s) AND section_id IS DISTINCT FROM {SECTION}
"""  # noqa: S608  (constants only)
STRAY = f"SELECT page_id FROM search_entry WHERE {IS_STRAY}"  # noqa: S608  (constants only)
LOCK_SUBTREE = f"""
    SELECT FROM search_entry WHERE page_id IN (SELECT unnest(%(keys)s::integer[]) UNION {STRAY})
    ORDER BY page_id, language FOR UPDATE
"""
# Not by the pages of `STRAY`: before PostgreSQL has counted the rows, it would go through all entries for each entry.
MOVE = f"UPDATE search_entry SET section_id = {SECTION} WHERE {IS_STRAY}"  # noqa: S608  (constants only)


def lock_directory(is_for_directory=False):
    """Let nobody change what the directory says until the end of the transaction; `is_for_directory` is who does so."""
    AdvisoryLock.DIRECTORY.wait(shared=not is_for_directory)


@transaction.atomic(savepoint=False)
def update_entries(keys, moved=()):
    """Bring the entries of pages up to date, in this order; of very many pages the first ones now and the others soon.

    Those wait for `rebuild_search --missing`; but what readers cannot reach any more is not found from now on. `moved` are
    further ones that wait, which exist in the languages in which they did.
    """
    now, later = keys[:AT_ONCE], keys[AT_ONCE:]
    if later or moved:
        lock_directory()
        with connection.cursor() as cursor:
            cursor.execute(LOCK_MANY, [now, later])
            cursor.execute(REMOVE_UNREACHABLE, [later])
            cursor.execute(FALL_BEHIND, [[*later, *moved]])
    refresh_entries(now)


@transaction.atomic(savepoint=False)
def update_subtree(page, keys):
    """Bring the entries of pages up to date, as `update_entries` does, and let those below `page` stand in their section.

    Nothing else in an entry depends on where its page stands. `page` is where it stands: its path, and its depth. Very many
    that stand in another section now are brought up to date soon.
    """
    moved = []
    if page.depth >= SECTION_DEPTH:
        place = {"keys": keys, "below": f"{page.path}%", "section": page.path[: SECTION_DEPTH * STEPS]}
        lock_directory()
        with connection.cursor() as cursor:
            cursor.execute(STRAY, place)
            strays = {key for (key,) in cursor.fetchall()}
            if len(strays) > MOVED_AT_ONCE:
                moved = sorted(strays.difference(keys))
            else:
                cursor.execute(LOCK_SUBTREE, place)
                cursor.execute(MOVE, place)
    update_entries(keys, moved)


def lock_entries(keys):
    """Let nobody else write the entries of these pages until the end of the transaction; always in the same order."""
    list(Entry.objects.filter(page__in=keys).order_by("page", "language").select_for_update().values_list("pk"))


@transaction.atomic(savepoint=False)
def refresh_entries(keys):
    """Bring the entries of the pages with these primary keys up to date. The number of queries grows by batches only."""
    keys = sorted(keys)
    lock_directory()
    lock_entries(keys)
    with connection.cursor() as cursor:
        cursor.execute(CATCH_UP, [keys])  # before anything is read of the pages
    indexed = []
    for batch in batches(keys):
        fresh = entries_of(batch)
        remove_entries(batch, keeping={(entry["page"], entry["language"]) for entry in fresh})
        if fresh:
            with connection.cursor() as cursor:
                cursor.execute(WRITE, [json.dumps(fresh)])
            indexed += batch
    if indexed:
        vocabulary.add_words_of(indexed)


def entries_of(keys):
    """Return the fresh entries of pages by primary key; none of those that exist in no language, and none of aliases."""
    pages = SitePage.objects.existing().filter(pk__in=keys, alias_of=None).specific()
    return fresh_entries(sorted(pages, key=lambda page: page.pk))


def remove_entries(keys, keeping):
    """Delete the entries of pages, but for those in `keeping`, as (page, language)."""
    gone = [
        pk
        for pk, *identity in Entry.objects.filter(page__in=keys).values_list("pk", "page", "language")
        if tuple(identity) not in keeping
    ]
    if gone:
        Entry.objects.filter(pk__in=gone).delete()


def page_keys(only_missing=False):
    """Return the primary keys of all pages, in order, or of those that lack a correct entry in a language they exist in."""
    pages = SitePage.objects.order_by("pk")
    if only_missing:
        lacking = Q(Exists(PageBehind.objects.filter(page=OuterRef("pk"))))
        for code in LANGUAGES:
            has_entry = Exists(Entry.objects.filter(page=OuterRef("pk"), language=code))
            lacking |= Q(**{f"address_{code}__isnull": False}, alias_of=None) & ~has_entry
        pages = pages.filter(lacking)
    return pages.values_list("pk", flat=True)


def number_behind(**conditions):
    """Return how many pages wait for `rebuild_search --missing`."""
    return PageBehind.objects.filter(**conditions).count()


def batches(keys):
    """Yield lists of a batch each from any iterable of keys."""
    keys = iter(keys)
    while batch := list(islice(keys, BATCH)):
        yield batch


def drift(keys):
    """Return `(page, language, "missing" | "behind" | "superfluous")` for each entry of these pages that is wrong."""
    with connection.cursor() as cursor:
        cursor.execute(DRIFT, [json.dumps(entries_of(keys)), keys])
        return cursor.fetchall()
