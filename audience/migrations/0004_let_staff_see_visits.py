"""Let the groups that exist already see how often pages are visited, once: see 0002_let_staff_read_feedback."""

from django.db import migrations

GROUPS = ["Editors", "Publishers", "Translators"]


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="audience", model="visit")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        codename="view_visit", content_type=content_type, defaults={"name": "Can view visit"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('audience', '0003_visits'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
