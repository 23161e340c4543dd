"""Call what is above all pages and all collections "Actiris", in whatever language one reads: Wagtail calls both "Root"."""

from django.db import migrations

OLD, NEW = "Root", "Actiris"


def rename(old, new):
    def change(apps, schema_editor):
        pages = apps.get_model("wagtailcore", "Page").objects.filter(depth=1)
        pages.filter(title=old).update(title=new)
        pages.filter(draft_title=old).update(draft_title=new)
        apps.get_model("wagtailcore", "Collection").objects.filter(depth=1, name=old).update(name=new)

    return change


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0007_name_the_workflow"), ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes")]

    operations = [migrations.RunPython(rename(OLD, NEW), rename(NEW, OLD))]
