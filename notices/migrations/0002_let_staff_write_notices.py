"""Let the groups that exist already write notices, and publishers put them on, once."""

from django.db import migrations

NAMES = {verb: f"Can {verb} notice" for verb in ("add", "change", "delete", "view")}
NAMES["publish"] = "Can put notices on the site"
GRANTED = {
    "Editors": ("add", "change", "view"),
    "Publishers": ("add", "change", "view", "delete", "publish"),
    "Translators": ("change", "view"),
}


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="notices", model="notice")
    permissions = apps.get_model("auth", "Permission").objects
    made = {
        verb: permissions.get_or_create(codename=f"{verb}_notice", content_type=content_type, defaults={"name": name})[0]
        for verb, name in NAMES.items()
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(*(made[verb] for verb in GRANTED[group.name]))


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('notices', '0001_notices'),
    ]

    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
