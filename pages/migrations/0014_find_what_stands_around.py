"""Indexes for what every page asks: the home page and the sections, and the pages of the footer, however many others there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0013_help_at_fields"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="sitepage",
            index=models.Index(
                condition=models.Q(("show_in_footer", True)), fields=["page_ptr"], name="pages_in_the_footer"
            ),
        ),
        migrations.RunSQL(
            "CREATE INDEX pages_near_the_top ON wagtailcore_page (depth) WHERE depth <= 3",
            "DROP INDEX pages_near_the_top",
        ),
    ]
