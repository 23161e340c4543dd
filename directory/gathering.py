"""Objects of several models with one query, whose SQL is written once a process.

What a page shows stands in a dozen tables. To write, send and read a query for each took a third of the time of a page.
"""

import json
import re

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from page_cache.replica import alias_to_read, connection_to_read

PARAMETER = re.compile(r"%(?:\((\w+)\))?s")


def given_value(name, field):
    """Return the value that `Gathering.fetch` is given by this name, for a column like `field`."""
    return RawSQL(f"%({name})s", [], field)  # noqa: S611  (a name of ours)


def is_given(column, name):
    """Return the condition that a column (of one table of the query only) has one of the values given by this name."""
    return RawSQL(f'"{column}" = ANY(%({name})s)', [], BooleanField())  # noqa: S611  (names of ours)


class Gathering:
    """Querysets asked for as one, by name. They may hold conditions by `is_given` and leave columns out, but not join any."""

    def __init__(self, **querysets):
        self.names, self.parameters = list(querysets), []
        written = map(self.write, querysets.values())
        rows = (f"(SELECT json_agg(row)::text FROM ({sql}) AS row)" for sql in written)  # noqa: S608  (Django wrote it)
        self.sql = f"SELECT {', '.join(rows)}"

    def write(self, queryset):
        """Return the SQL of a queryset, after noting its parameters: each a constant, or the name of a given value."""
        sql, constants = queryset.query.sql_with_params()
        remaining = iter(constants)
        self.parameters += [(name or None, None if name else next(remaining)) for name in PARAMETER.findall(sql)]
        return PARAMETER.sub("%s", sql)

    def fetch(self, **given):
        """Return what was found as JSON, by the names of the querysets; `given` are values, or lists of keys for `is_given`."""
        values = {name: as_array(value) if isinstance(value, list) else value for name, value in given.items()}
        with connection_to_read().cursor() as cursor:
            cursor.execute(self.sql, [values[name] if name else constant for name, constant in self.parameters])
            return {name: found or "[]" for name, found in zip(self.names, cursor.fetchone(), strict=True)}


def as_array(keys):
    """Return keys, or places in a tree, as PostgreSQL writes an array: whoever notes what was asked can hash no list."""
    return "{" + ",".join(map(str, keys)) + "}"


def objects_in(model, found):
    """Return the objects of a model in what `Gathering.fetch` found, in the order of the query."""
    rows = json.loads(found)
    if not rows:
        return []
    fields = [field for field in model._meta.concrete_fields if field.column in rows[0]]
    alias, names = alias_to_read(), {field.attname for field in fields}
    return [model.from_db(alias, names, [field.to_python(row[field.column]) for field in fields]) for row in rows]
