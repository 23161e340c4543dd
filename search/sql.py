"""Queries in SQL: columns in the language of a row, and expressions put in their places."""

from django.db import connection

from languages.codes import LANGUAGES


def by_language(table, name):
    """Return the SQL for a translated column in the language of a row of `ranking`."""
    cases = " ".join(f"WHEN '{code}' THEN {table}.{name}_{code}" for code in LANGUAGES)
    return f"CASE ranking.language {cases} END"


def compile_expressions(expressions):
    """Return `({language: {name: SQL}}, parameters)` for `Expression`s by language and name; None becomes NULL."""
    compiled, parameters = {}, {}
    for code, by_name in expressions.items():
        compiled[code] = {}
        for name, expression in by_name.items():
            sql, values = (expression.sql, expression.values) if expression else ("NULL::tsquery", ())
            names = [f"{name}_{code}_{place}" for place in range(len(values))]
            parameters |= dict(zip(names, values, strict=True))
            compiled[code][name] = sql % tuple(f"%({one})s" for one in names)
    return compiled, parameters


def run_query(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
