"""What each process counted of a question. What was written before is a share of its own, to which new ones are added."""

from django.db import migrations, models

SHARES_OF_BEFORE = """
    INSERT INTO search_searchshare (source, language, week, query, searches, without_result)
    SELECT 'before', language, week, query, searches, without_result
    FROM search_searchcount WHERE week > current_date - 15
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0012_questions_for_the_main_site")]

    operations = [
        migrations.CreateModel(
            name="SearchShare",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=32)),
                ("language", models.CharField(max_length=5)),
                ("week", models.DateField()),
                ("query", models.CharField(max_length=100)),
                ("searches", models.PositiveBigIntegerField()),
                ("without_result", models.PositiveBigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["source", "language", "week", "query"], name="one_share_a_source_and_question"
                    )
                ],
            },
        ),
        migrations.RunSQL(SHARES_OF_BEFORE, migrations.RunSQL.noop),
    ]
