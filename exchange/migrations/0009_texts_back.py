from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q

UNUSABLE = ("too_long", "broken")


def note_what_is_back(apps, schema_editor):
    """Say of each text that was answered that it is back, as its verdict and findings tell."""
    imported = apps.get_model("exchange", "ImportedText").objects.filter(sent=OuterRef("pk"))
    answered = imported.exclude(verdict__in=("unchanged", *UNUSABLE))
    called_right = imported.filter(findings__contains=[["still_right", 0, ""]])
    unchanged = Q(Exists(imported.filter(verdict="unchanged")), state="fine")
    texts = apps.get_model("exchange", "SentText").objects.filter(is_context=False)
    texts.filter(Q(Exists(answered)) | Q(Exists(called_right)) | unchanged).update(is_back=True)


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0008_brought_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="senttext",
            name="is_back",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(note_what_is_back, migrations.RunPython.noop),
    ]
