"""Let the groups that exist already see what readers search for, once: what an administrator takes away stays away.

Permissions are otherwise made after all migrations; the one made here is the same. New groups get it from newsroom/accounts/roles.py.
"""

from django.db import migrations

GROUPS = ["Editors", "Publishers", "Translators"]


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="search", model="searchcount")
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        codename="view_searchcount", content_type=content_type, defaults={"name": "Can view search count"}
    )
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GROUPS):
        group.permissions.add(permission)


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('search', '0003_counts'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
