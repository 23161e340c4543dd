from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklists", "0002_daily_mail")]

    operations = [migrations.AddField("dailymail", "left", models.JSONField(default=list))]
