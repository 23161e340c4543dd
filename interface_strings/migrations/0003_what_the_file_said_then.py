"""An edit keeps what the catalogue said then; what it says now stands at the string."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("interface_strings", "0002_let_staff_mend_strings")]

    operations = [
        migrations.RenameField("stringedit", "filed", "filed_then"),
    ]
