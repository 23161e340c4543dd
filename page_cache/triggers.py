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
WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND pg_table_is_visible(oid)
    AND has_table_privilege(oid, 'TRIGGER') AND relname <> ALL(%s)
    AND NOT EXISTS (
        SELECT 1 FROM pg_trigger WHERE tgrelid = pg_class.oid AND tgname = 'page_cache_note_change' AND tgenabled <> 'D'
    )
ORDER BY relname
"""
TRIGGER = """
CREATE OR REPLACE TRIGGER page_cache_note_change AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {}
FOR EACH STATEMENT EXECUTE FUNCTION page_cache_note_change()
"""

MARK = """
INSERT INTO page_cache_change (mark, "table", moment) VALUES (hashtextextended(gen_random_uuid()::text, 0), %s, now())
"""


def watch_tables(using="default", **signal):
    """Put the trigger on each table of ours that has none, and note it as changed; called after every migration.

    What was kept of a table before it was watched is asked again.
    """
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        if cursor.fetchone() is None:  # migrated back to before this app
            return
        cursor.execute(TABLES, [list(UNWATCHED)])
        for (table,) in cursor.fetchall():
            cursor.execute(TRIGGER.format(connection.ops.quote_name(table)))
            cursor.execute(MARK, [table])
