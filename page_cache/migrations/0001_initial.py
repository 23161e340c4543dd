from django.db import migrations, models

NOTE_CHANGE = """
CREATE FUNCTION page_cache_note_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Marks go together with a new one only: without it, those that are left could be those of an hour ago again.
    -- Of a transaction the last mark suffices, as others see nothing of it before its end.
    DELETE FROM page_cache_change WHERE mark IN (
        SELECT mark FROM page_cache_change
        WHERE "table" = TG_TABLE_NAME
            AND (moment < now() - interval '1 hour' OR transaction = pg_current_xact_id()::text::bigint)
        FOR UPDATE SKIP LOCKED
    );
    INSERT INTO page_cache_change (mark, "table", moment, transaction)
    VALUES (hashtextextended(gen_random_uuid()::text, 0), TG_TABLE_NAME, now(), pg_current_xact_id()::text::bigint);
    RETURN NULL;
END
$$
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("mark", models.BigIntegerField(primary_key=True, serialize=False)),
                ("table", models.CharField(max_length=63)),
                ("moment", models.DateTimeField()),
                ("transaction", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["table", "moment"], name="changes_of_a_table")],
            },
        ),
        # The triggers that call it go with it; `page_cache.triggers` puts them on every table after each migration.
        migrations.RunSQL(NOTE_CHANGE, "DROP FUNCTION page_cache_note_change() CASCADE"),
    ]
