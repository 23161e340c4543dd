import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

PERSON = {"blank": True, "null": True, "on_delete": django.db.models.deletion.SET_NULL, "related_name": "+"}


class Migration(migrations.Migration):
    dependencies = [
        ("worklists", "0001_requests"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("translationrequest", "given_by", models.ForeignKey(to=settings.AUTH_USER_MODEL, **PERSON)),
        migrations.CreateModel(
            name="DailyMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "is_wanted",
                    models.BooleanField(
                        default=True,
                        help_text="Once a day at most, and only where something is new or a deadline is near.",
                        verbose_name="A mail a day about what waits for me",
                    ),
                ),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
    ]
