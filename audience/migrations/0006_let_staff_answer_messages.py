"""Let the groups that exist already read and answer messages, once: see 0002_let_staff_read_feedback."""

from django.db import migrations

GRANTED = {"Editors": ("view", "change"), "Publishers": ("view", "change", "delete")}


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="audience", model="message")
    permissions = apps.get_model("auth", "Permission").objects
    made = {
        verb: permissions.get_or_create(
            codename=f"{verb}_message", content_type=content_type, defaults={"name": f"Can {verb} message"}
        )[0]
        for verb in ("view", "change", "delete")
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(*(made[verb] for verb in GRANTED[group.name]))


class Migration(migrations.Migration):

    dependencies = [
        ('audience', '0005_messages'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
