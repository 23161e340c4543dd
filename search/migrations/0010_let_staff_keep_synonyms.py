"""Let the groups that exist already keep the synonyms of the search, once: see 0004_let_staff_see_searches.

A dash stands behind the terms of the glossary now: its page is indexed anew by `rebuild_search --missing`, which every start runs.
"""

from django.db import migrations

GRANTED = {"Editors": ("add", "change", "view"), "Publishers": ("add", "change", "view", "delete")}


def grant(apps, schema_editor):
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="search", model="synonym")
    permissions = apps.get_model("auth", "Permission").objects
    made = {
        verb: permissions.get_or_create(
            codename=f"{verb}_synonym", content_type=content_type, defaults={"name": f"Can {verb} synonyms"}
        )[0]
        for verb in ("add", "change", "delete", "view")
    }
    for group in apps.get_model("auth", "Group").objects.filter(name__in=GRANTED):
        group.permissions.add(*(made[verb] for verb in GRANTED[group.name]))


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
        ('search', '0009_synonyms'),
    ]

    operations = [
        migrations.RunPython(grant, migrations.RunPython.noop),
        migrations.RunSQL("UPDATE search_entry SET is_behind = true WHERE sources @> ARRAY['glossary']", migrations.RunSQL.noop),
    ]
