from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def note_when_texts_were_taken(apps, schema_editor):
    """Say of each text that was taken over that it was so when its import last took one: nothing else is known."""
    imports = apps.get_model("exchange", "Import").objects.filter(pk=OuterRef("of_id"))
    texts = apps.get_model("exchange", "ImportedText").objects.filter(is_taken=True)
    texts.update(taken_at=Subquery(imports.values("taken_at")))


class Migration(migrations.Migration):

    dependencies = [
        ("exchange", "0009_texts_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="importedtext",
            name="taken_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunPython(note_when_texts_were_taken, migrations.RunPython.noop),
    ]
