"""Give the groups that exist already, once, what new ones get from newsroom/accounts/roles.py.

A migration runs once, so what an administrator takes away afterwards stays away. Permissions are otherwise made after all
migrations; those made here are the same ones. On a new database the groups are not there yet, or are given all they may do
when they become ours.
"""

from django.db import migrations

PERMISSIONS = {"view_feedback": "Can view feedback", "delete_feedback": "Can delete feedback"}
GRANTED = {
    "Editors": ["view_feedback"],
    "Publishers": ["view_feedback", "delete_feedback"],
    "Translators": ["view_feedback"],
}


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="audience", model="feedback")
    permissions = apps.get_model("auth", "Permission").objects
    made = {
        codename: permissions.get_or_create(codename=codename, content_type=content_type, defaults={"name": name})[0]
        for codename, name in PERMISSIONS.items()
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(*(made[codename] for codename in GRANTED[group.name]))


class Migration(migrations.Migration):

    dependencies = [
        ('audience', '0001_feedback'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
