"""The page at an address, as a page of its own type, with two queries."""

import json
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from directory.gathering import Gathering, given_value
from page_cache.replica import connection_to_read
from pages.models import SitePage

UNSEEN = "alignment"  # the memory of what agreed is as large as all that readers see


def find_page(language, address):
    """Return the page that has this address in this language, None where there is none."""
    found = json.loads(kind_query(language).fetch(address=address)["kinds"])
    # Asked for by its own type at once: Wagtail's `specific()` would fetch the base page's columns twice.
    return read_page(ContentType.objects.get_for_id(found[0]["kind"]).model_class(), found[0]["key"]) if found else None


@cache
def kind_query(language):
    """Return the query for the key and the type of the page at a given address in a language."""
    here = SitePage.objects.filter(**{f"address_{language}": given_value("address", SitePage._meta.get_field("address"))})
    return Gathering(kinds=here.order_by().values(key=F("pk"), kind=F("content_type")))


def read_page(model, key):
    """Return the page of this type with this primary key, None where there is none (any more).

    Its row has hundreds of columns: writing the query anew and choosing how to read each would take longer than all else.
    """
    sql, names, converters = row_reading(model)
    connection = connection_to_read()
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row = cursor.fetchone()
    if row is None:
        return None
    values = list(row)
    for index, convert in converters:
        values[index] = convert(values[index], None, connection)
    return model.from_db(connection.alias, names, values)


@cache
def row_reading(model):
    """Return the SQL for a page's row by its primary key, the names of its columns, and `(index, from_db_value)` of some."""
    sql, _parameters = model.objects.order_by().filter(pk=0).defer(UNSEEN).query.sql_with_params()
    fields = [field for field in model._meta.concrete_fields if field.name != UNSEEN]
    converters = [(index, field.from_db_value) for index, field in enumerate(fields) if hasattr(field, "from_db_value")]
    return sql, {field.attname for field in fields}, converters
