"""Watches every table: whatever writes to one, a form, a command or somebody's SQL, notes so in its own transaction.

Triggers and no signals of Django: `update()`, `bulk_create()` and raw SQL send none. No library does it for tables that are
not ours: django-pgtrigger declares its triggers in the models, and Wagtail's are Wagtail's.
"""

from django.db import connections

# Nothing that readers see is made of them, and each request of staff writes to some.
UNWATCHED = ("page_cache_change", "django_session", "django_migrations")
FUNCTION = "SELECT 1 FROM pg_proc WHERE proname = 'page_cache_note_change' AND pg_function_is_visible(oid)"
TABLES = """
SELECT relname FROM pg_class
WHERE relkind = 'r' AND pg_table_is_visible(oid) AND relnamespace = current_schema()::regnamespace AND relname <> ALL(%s)
    AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'page_cache_note_change')
ORDER BY relname
"""
TRIGGER = """
CREATE TRIGGER page_cache_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {}
FOR EACH STATEMENT EXECUTE FUNCTION page_cache_note_change()
"""


def watch_tables(using="default", **signal):
    """Put the trigger on each table that has none; called after every migration, so that new tables have it too."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        if cursor.fetchone() is None:  # migrated back to before this app
            return
        cursor.execute(TABLES, [list(UNWATCHED)])
        for (table,) in cursor.fetchall():
            cursor.execute(TRIGGER.format(connection.ops.quote_name(table)))
