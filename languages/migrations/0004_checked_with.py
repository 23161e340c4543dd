"""No text has been through the checks across languages yet: `rebuild_differences --missing`, a job, does so bit by bit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("languages", "0003_waiting_since_and_begun")]

    operations = [migrations.AddField("standing", "checked_with", models.CharField(max_length=40, blank=True, default=""))]
