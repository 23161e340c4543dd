"""Many pages at once, for tests and measurements of scale: rows beside rows, without a thousand saves."""

import uuid

from django.db import connection
from wagtail.models import Page

from languages.codes import LANGUAGES


def multiply(page, number):
    """Give `page` as many siblings like itself as asked for: live, each with its own addresses, after its last sibling."""
    parent = page.get_parent()
    last = parent.get_children().order_by("-path").first()
    first_key = Page.objects.order_by("-pk").first().pk + 1
    paths, path = [], last.path
    for _ in range(number):
        path = next_path(path)
        paths.append(path)
    rows = [(page.pk, first_key + index, paths[index], index) for index in range(number)]
    with connection.cursor() as cursor:
        for model in [*reversed(type(page)._meta.get_parent_list()), type(page)]:
            insert(cursor, model, rows)
        # Never back: other tests repeat what they begin with, with the numbers that it had.
        sequence = "pg_get_serial_sequence('wagtailcore_page', 'id')"
        cursor.execute(f"SELECT setval({sequence}, greatest(nextval({sequence}), (SELECT max(id) FROM wagtailcore_page)))")
    Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + number)


def next_path(path):
    """Return the path of the next sibling in treebeard's alphabet."""
    step = Page._str2int(path[-Page.steplen :]) + 1
    return Page._get_path(path[: -Page.steplen], len(path) // Page.steplen, step)


def insert(cursor, model, rows):
    """Copy the row of one table of a page for each of `rows`: (original key, new key, tree path, index)."""
    key = model._meta.pk.column
    columns = [field.column for field in model._meta.local_concrete_fields]
    changed = {key: "%s", "path": "%s", "slug": "%s", "translation_key": "%s", "url_path": "%s"}
    for code in LANGUAGES:
        changed[f"url_slug_{code}"] = f"url_slug_{code} || %s"
        changed[f"address_{code}"] = f"address_{code} || %s"
    values = [changed.get(column, f'"{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    statement = f'INSERT INTO "{table}" ({names}) SELECT {", ".join(values)} FROM "{table}" WHERE "{key}" = %s'

    def parameters(original, new, path, index):
        translation_key = uuid.uuid4()
        known = {
            key: new,
            "path": path,
            "slug": translation_key.hex[:12],
            "translation_key": translation_key,
            "url_path": f"/{path}/",
        }
        tail = f"-{index}"
        return [known.get(column, tail) for column in columns if column in changed] + [original]

    cursor.executemany(statement, [parameters(*row) for row in rows])
