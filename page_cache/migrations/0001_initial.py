from django.db import migrations, models

# With the rights and the schema of whoever migrates: others may write to a table of the site, and a restore knows no schema.
NOTE_CHANGE = """
CREATE FUNCTION page_cache_note_change() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
    -- Of a transaction one mark a table suffices, as others see nothing of it before its end.
    noted text := coalesce(current_setting('page_cache.noted', true), '');
BEGIN
    IF strpos(noted, ' ' || TG_TABLE_NAME || ' ') > 0 THEN
        RETURN NULL;
    END IF;
    PERFORM set_config('page_cache.noted', noted || ' ' || TG_TABLE_NAME || ' ', true);
    -- Marks go together with a new one only: without it, those that are left could be those of an hour ago again.
    DELETE FROM page_cache_change WHERE mark IN (
        SELECT mark FROM page_cache_change
        WHERE "table" = TG_TABLE_NAME AND moment < now() - interval '1 hour' LIMIT 1000 FOR UPDATE SKIP LOCKED
    );
    INSERT INTO page_cache_change (mark, "table", moment)
    VALUES (hashtextextended(gen_random_uuid()::text, 0), TG_TABLE_NAME, now());
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
            ],
            options={
                "default_permissions": (),
                "indexes": [models.Index(fields=["table", "moment"], name="changes_of_a_table")],
            },
        ),
        # The triggers that call it go with it; `page_cache.triggers` puts them on every table after each migration.
        migrations.RunSQL(NOTE_CHANGE, "DROP FUNCTION page_cache_note_change() CASCADE"),
    ]
