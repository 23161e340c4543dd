"""The rows of the whole database, out and in again: the quickest way to a site that another test has built already."""

from django.conf import settings
from django.db import connection, transaction

from page_cache.models import Change

remembered = {}  # what `same_again` repeats: (what was made, the rows before it, what happened) by name


def all_rows():
    """Return the rows of every table as PostgreSQL copies them, as bytes by table; not the notes of what changed."""
    return rows_of(sorted(set(connection.introspection.table_names()) - {Change._meta.db_table}))


def rows_of(tables):
    with connection.cursor() as cursor:
        return {table: b"".join(read(cursor, table)) for table in tables}


def read(cursor, table):
    with cursor.copy(f"COPY {quote_name(table)} TO STDOUT") as copy:
        yield from map(bytes, copy)


def fill(rows):
    """Make `rows` all that there is. To be called in a transaction that is taken back; what is numbered goes on from there."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(quote_name, rows))}")
        for table, data in rows.items():
            with cursor.copy(f"COPY {quote_name(table)} FROM STDIN") as copy:
                copy.write(data)


def put_back(rows):
    """Make `rows` all that there is. In a transaction of its own: what refers to what is checked at its end.

    Only the tables that hold something else are written, row by row: to empty all of them takes half a second.
    """
    others = [table for table, there in rows_of(rows).items() if there != rows[table]]
    with connection.cursor() as cursor:
        for table in [*others, Change._meta.db_table]:
            cursor.execute(f"DELETE FROM {quote_name(table)}")
        for table in others:
            with cursor.copy(f"COPY {quote_name(table)} FROM STDIN") as copy:
                copy.write(rows[table])


def difference(before, after):
    """Return by table what happened between two copies of all rows: the name of its key, the keys gone, and the rows new.

    A row that changed is among both.
    """
    changes = {}
    for table, rows in after.items():
        if rows != before[table]:
            old, new = (set(copy.splitlines(keepends=True)) for copy in (before[table], rows))
            key, place = key_of(table)
            gone = [row.rstrip(b"\n").split(b"\t")[place].decode() for row in old - new]
            changes[table] = key, gone, b"".join(sorted(new - old))
    return changes


def key_of(table):
    """Return the name of a table's key, and its place among the columns."""
    with connection.cursor() as cursor:
        key = connection.introspection.get_primary_key_column(cursor, table)
        return key, [column.name for column in connection.introspection.get_table_description(cursor, table)].index(key)


def repeat(difference):
    """Let happen again what a `difference` says; whatever else there is stays."""
    with connection.cursor() as cursor:
        for table, (key, gone, new) in difference.items():
            if gone:
                cursor.execute(f"DELETE FROM {quote_name(table)} WHERE {quote_name(key)}::text = ANY(%s)", [gone])
            with cursor.copy(f"COPY {quote_name(table)} FROM STDIN") as copy:
                copy.write(new)


def same_again(name, make):
    """Return what `make` makes: where it did so before, of the very same rows, by repeating what happened.

    That is an object, a list of objects, or nothing. For what many tests begin with. Nothing but rows may come of it.
    """
    name = name, settings.TASKS["default"]["BACKEND"]  # which may leave rows for after a commit
    if name not in remembered:
        before = all_rows()
        made = make()
        happened = difference(before, all_rows())
        remembered[name] = made, {table: before[table] for table in happened}, happened
        return made
    made, before, happened = remembered[name]
    if rows_of(before) != before:
        return make()
    with transaction.atomic():  # a test with real transactions has none yet, in which keys may wait for their rows
        repeat(happened)
    return [fetch_again(one) for one in made] if isinstance(made, list) else made and fetch_again(made)


def fetch_again(made):
    return type(made).objects.get(pk=made.pk)


def check_constraints():
    """Check now what waits for the end of the transaction; Django would let all other constraints wait from then on, too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE condeferred")
        deferred = ", ".join(quote_name(name) for (name,) in cursor.fetchall())
        cursor.execute(f"SET CONSTRAINTS {deferred} IMMEDIATE")
        cursor.execute(f"SET CONSTRAINTS {deferred} DEFERRED")


def quote_name(table):
    return connection.ops.quote_name(table)


def is_transactional(item):
    """Say whether a test has real transactions, after which there are no rows."""
    database = item.get_closest_marker("django_db")
    return bool(database and database.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ())
