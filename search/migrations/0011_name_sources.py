"""Sources are named as such in passages now: entries are indexed anew by `rebuild_search --missing`, which every start runs."""

from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('search', '0010_let_staff_keep_synonyms'),
    ]

    operations = [
        migrations.RunSQL("UPDATE search_entry SET is_behind = true", migrations.RunSQL.noop),
    ]
