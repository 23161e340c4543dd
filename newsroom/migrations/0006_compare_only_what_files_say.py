"""Of what content files loaded, a digest of each field.

The way back leaves the column where it is: the release before does not see it, and the next upgrade still knows what staff changed.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0005_accounts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            [
                migrations.RunSQL(
                    "ALTER TABLE newsroom_loadeditem ADD COLUMN IF NOT EXISTS fields jsonb NOT NULL DEFAULT '{}'",
                    migrations.RunSQL.noop,
                )
            ],
            [migrations.AddField("loadeditem", "fields", models.JSONField(default=dict))],
        ),
        migrations.AlterField(
            model_name="loadeditem",
            name="object_digest",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
