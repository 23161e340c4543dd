"""Let the publishers that exist already take texts out of the translation memory, once."""

from django.db import migrations


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="translation_memory", model="rememberedunit"
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        codename="change_rememberedunit", content_type=content_type, defaults={"name": "Can change translation memory"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name="Publishers"):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('translation_memory', '0002_what_is_gone'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
