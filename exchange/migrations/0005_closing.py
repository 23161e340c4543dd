import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone


def close_what_is_back(apps, schema_editor):
    """Expect nothing more of the packages of which everything has come back already."""
    packages, texts = (apps.get_model("exchange", name) for name in ("SentPackage", "SentText"))
    imported = apps.get_model("exchange", "ImportedText").objects.filter(sent=models.OuterRef("pk"))
    out = texts.objects.filter(~models.Exists(imported.exclude(verdict="unchanged")), is_context=False)
    back = packages.objects.filter(~models.Exists(out.filter(package=models.OuterRef("pk"))), ready_at__isnull=False)
    back.update(closed_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("exchange", "0004_verdicts"),
    ]

    operations = [
        migrations.AddField(
            model_name="sentpackage",
            name="closed_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="sentpackage",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(close_what_is_back, migrations.RunPython.noop, elidable=True),
    ]
