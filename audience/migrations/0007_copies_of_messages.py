from django.db import migrations, models
from django.db.models import F


def note_copies(apps, schema_editor):
    """A copy that is still due will go out; of those that are not, nobody noted whether one went."""
    apps.get_model("audience", "Message").objects.update(has_copy=F("is_copy_due"))


class Migration(migrations.Migration):

    dependencies = [
        ('audience', '0006_let_staff_answer_messages'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='has_copy',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunPython(note_copies, migrations.RunPython.noop),
    ]
