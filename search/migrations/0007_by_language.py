"""An index for each language, and narrow rows: what thousands of pages are narrowed down by stands in the row itself, and their
long texts beside it.

Entries are written anew by `rebuild_search --missing`, which every start of the site runs.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

LANGUAGES = ("nl", "fr", "en")


class Migration(migrations.Migration):

    dependencies = [
        ("search", "0006_let_staff_recommend"),
    ]

    operations = [
        migrations.RunSQL("TRUNCATE search_entry", migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="entry", name="search_entry_vector"),
        migrations.AddField(
            model_name="entry",
            name="named",
            field=django.contrib.postgres.search.SearchVectorField(default=""),
            preserve_default=False,
        ),
        migrations.AddField(model_name="entry", name="is_behind", field=models.BooleanField(default=False)),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(condition=models.Q(("is_behind", True)), fields=["page"], name="search_entry_behind"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(models.F("names"), "gin_trgm_ops"), name="search_entry_letters"
            ),
        ),
        *(
            migrations.AddIndex(
                model_name="entry",
                index=django.contrib.postgres.indexes.GinIndex(
                    condition=models.Q(("language", code)), fields=[name], name=f"search_entry_{name}_{code}"
                ),
            )
            for name in ("vector", "named")
            for code in LANGUAGES
        ),
        migrations.AddIndex(
            model_name="word",
            index=models.Index(
                models.F("language"),
                django.contrib.postgres.indexes.OpClass(models.F("folded"), "text_pattern_ops"),
                name="search_word_beginnings",
            ),
        ),
        migrations.RunSQL(
            """
            ALTER TABLE search_entry SET (toast_tuple_target = 256);
            ALTER TABLE search_entry ALTER named SET STORAGE MAIN, ALTER names SET STORAGE MAIN;
            """,
            "ALTER TABLE search_entry RESET (toast_tuple_target)",
        ),
    ]
