"""Let the groups that exist already mend the strings of the interface, once."""

from django.db import migrations

GRANTED = ("Publishers", "Translators")


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="interface_strings", model="interfacestring"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        codename="change_interfacestring", content_type=content_type, defaults={"name": "Can change interface string"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('interface_strings', '0001_strings'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
