"""Words that are written in parts are found as one, and numbers with decimals; aliases leave the index.

Entries are written anew by `rebuild_search --missing`, which every start of the site runs.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("search", "0007_by_language")]

    operations = [migrations.RunSQL("UPDATE search_entry SET is_behind = true", migrations.RunSQL.noop)]
