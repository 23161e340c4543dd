import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("exchange", "0005_closing"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedtext",
            name="kept_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="importedtext",
            name="kept_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
