"""An index for what every 404 asks: Wagtail's own is not used for a comparison that ignores capitals."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0005_memory_of_languages"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE INDEX redirects_whatever_capitals ON wagtailredirects_redirect (UPPER(old_path::text))",
            "DROP INDEX redirects_whatever_capitals",
        ),
    ]
