"""The page at an address, as a page of its own type, and the part of it if it is a list: with two queries."""

import json
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import F

from directory.gathering import Gathering, given_value
from page_cache.replica import connection_to_read
from pages.list_parts import split_part
from pages.models import SitePage

UNSEEN = "alignment"  # the memory of what agreed is as large as all that readers see


def find_page(language, address):
    """Return the page that has this address in this language, None where there is none, and the number of the part of it.

    The address of a part that no page has leads to the list, which may have fewer parts.
    """
    list_address, number = split_part(language, address) or (address, 1)
    found = json.loads(kind_query(language).fetch(address=address, list_address=list_address)["kinds"])
    pages = {one["place"]: (ContentType.objects.get_for_id(one["kind"]).model_class(), one["key"]) for one in found}
    # Asked for by its own type at once: Wagtail's `specific()` would fetch the base page's columns twice.
    if address in pages:
        return read_page(*pages[address]), 1
    is_part = list_address in pages and pages[list_address][0].is_list
    return (read_page(*pages[list_address]), number) if is_part else (None, 1)


@cache
def kind_query(language):
    """Return the query for the key, the type and the address of the pages at two given addresses in a language."""
    name = f"address_{language}"
    given = [given_value(one, SitePage._meta.get_field(name)) for one in ("address", "list_address")]
    here = SitePage.objects.filter(**{f"{name}__in": given})
    return Gathering(kinds=here.order_by().values(key=F("pk"), kind=F("content_type"), place=F(name)))


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
