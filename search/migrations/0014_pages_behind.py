"""Which pages wait for `rebuild_search --missing` stands in narrow rows of its own: to write it into entries, with all their
indexes, took half a minute where a change touched thousands."""

import django.contrib.postgres.functions
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0013_shares_of_counts")]

    operations = [
        migrations.CreateModel(
            name="PageBehind",
            fields=[
                (
                    "page",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="pages.sitepage",
                    ),
                ),
                ("since", models.DateTimeField(db_default=django.contrib.postgres.functions.TransactionNow())),
            ],
            options={"default_permissions": ()},
        ),
        migrations.RunSQL(
            "INSERT INTO search_pagebehind (page_id) SELECT DISTINCT page_id FROM search_entry WHERE is_behind",
            "UPDATE search_entry SET is_behind = true WHERE page_id IN (SELECT page_id FROM search_pagebehind)",
        ),
        migrations.RemoveIndex(model_name="entry", name="search_entry_behind"),
        migrations.RemoveField(model_name="entry", name="is_behind"),
    ]
