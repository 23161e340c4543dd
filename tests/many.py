"""Many pages at once, for tests and measurements of scale: rows beside rows, without a thousand saves."""

import uuid

from django.db import connection
from wagtail.models import Page, ReferenceIndex

from languages.codes import LANGUAGES
from languages.standing import Standing
from pages.history import PublicChange
from search.models import Entry

NEW = ""  # of a key that the database gives
# The pages that are made, as a table: key, place in the tree, key for translations, and a number from 1 on.
MADE = "unnest(%s::integer[], %s::text[], %s::uuid[]) WITH ORDINALITY AS made (key, path, translation_key, number)"


def multiply(page, number):
    """Give `page` as many siblings like itself as asked for: live, each with its own addresses, after its last sibling.

    Returns their primary keys.
    """
    parent = page.get_parent()
    last = parent.get_children().order_by("-path").first()
    first_key = Page.objects.order_by("-pk").first().pk + 1
    paths, path = [], last.path
    for _ in range(number):
        path = next_path(path)
        paths.append(path)
    keys = list(range(first_key, first_key + number))
    made = [keys, paths, [uuid.uuid4() for _ in keys]]
    with connection.cursor() as cursor:
        for model in [*reversed(type(page)._meta.get_parent_list()), type(page)]:
            insert(cursor, model, page, made)
        # Never back: other tests repeat what they begin with, with the numbers that it had.
        sequence = "pg_get_serial_sequence('wagtailcore_page', 'id')"
        cursor.execute(f"SELECT setval({sequence}, greatest(nextval({sequence}), (SELECT max(id) FROM wagtailcore_page)))")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)
    return keys


def next_path(path):
    """Return the path of the next sibling in treebeard's alphabet."""
    step = Page._str2int(path[-Page.steplen :]) + 1
    return Page._get_path(path[: -Page.steplen], len(path) // Page.steplen, step)


def insert(cursor, model, page, made):
    """Copy the row of one table of `page` for each page that is `made`."""
    key = model._meta.pk.column
    changed = {
        key: "made.key",
        "path": "made.path",
        "slug": "left(replace(made.translation_key::text, '-', ''), 12)",
        "translation_key": "made.translation_key",
        "url_path": "'/' || made.path || '/'",
    }
    for code in LANGUAGES:
        changed[f"url_slug_{code}"] = f"url_slug_{code} || '-' || (made.number - 1)"
        changed[f"address_{code}"] = f"address_{code} || '-' || (made.number - 1)"
    copy_rows(cursor, model, changed, {key: page.pk}, made)


def copy_rows(cursor, model, changed, owned, made):
    """Copy rows of a table for each page that is `made`: those that hold the values `owned`. `changed` is SQL by column."""
    columns = [field.column for field in model._meta.local_concrete_fields if changed.get(field.column) != NEW]
    values = ", ".join(changed.get(column, f'old."{column}"') for column in columns)
    names, table = ", ".join(f'"{column}"' for column in columns), model._meta.db_table
    condition = " AND ".join(f'old."{column}" = %s' for column in owned)
    statement = f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" AS old, {MADE} WHERE {condition}'
    cursor.execute(statement, [*made, *owned.values()])


def copy_surroundings(page, keys):
    """Give pages made by `multiply` what saves write beside a page: standing, history, entries of the search, references."""
    made = [keys, [""] * len(keys), [uuid.uuid4() for _ in keys]]
    kind = {"content_type_id": page.content_type_id}
    beside = [
        (Standing, {"object_id": page.pk} | kind, "made.key"),
        (PublicChange, {"page_id": page.pk}, "made.key"),
        (Entry, {"page_id": page.pk}, "made.key"),
        (ReferenceIndex, {"object_id": str(page.pk)} | kind, "made.key::text"),
    ]
    with connection.cursor() as cursor:
        for model, owned, key in beside:
            copy_rows(cursor, model, {"id": NEW, next(iter(owned)): key}, owned, made)
