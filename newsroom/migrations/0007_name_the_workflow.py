"""The workflow that Wagtail brings along, and its step, are named in all three languages: one name is all that either can have."""

from django.db import migrations

OLD, NEW = "Moderators approval", "Goedkeuring / Approbation / Approval"


def rename(apps, before, after):
    for model in ("Workflow", "Task"):
        apps.get_model("wagtailcore", model).objects.filter(name=before).update(name=after)


def in_three_languages(apps, schema_editor):
    rename(apps, OLD, NEW)


def in_english(apps, schema_editor):
    rename(apps, NEW, OLD)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0006_compare_only_what_files_say"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(in_three_languages, in_english)]
