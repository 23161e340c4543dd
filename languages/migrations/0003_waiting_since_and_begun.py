"""Says of every row since when something waits, as far as is known: since the object was changed last, or now.

Nothing is in translation yet that was not counted so before this release; `rebuild_standing` says by whom.
"""

from django.db import migrations, models

DATE = """
    UPDATE languages_standing
    SET waiting_since = dated.since
    FROM (
        SELECT id, jsonb_object_agg(
            key, to_char(COALESCE(changed_at, now()) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
        ) AS since
        FROM languages_standing, jsonb_each(languages)
        WHERE (value ->> 'missing')::int + (value ->> 'behind')::int > 0
        GROUP BY id
    ) AS dated
    WHERE languages_standing.id = dated.id
"""


class Migration(migrations.Migration):
    dependencies = [("languages", "0002_count_texts_in_translation")]

    operations = [
        migrations.AddField("standing", "waiting_since", models.JSONField(default=dict)),
        migrations.AddField("standing", "begun", models.JSONField(default=list)),
        migrations.RunSQL(DATE, migrations.RunSQL.noop),
    ]
