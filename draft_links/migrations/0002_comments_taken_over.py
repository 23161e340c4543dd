"""A comment is taken over, in code as on screens."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("draft_links", "0001_draft_links")]

    operations = [
        migrations.RenameField("draftcomment", "accepted_at", "taken_over_at"),
        migrations.RenameField("draftcomment", "accepted_by", "taken_over_by"),
    ]
