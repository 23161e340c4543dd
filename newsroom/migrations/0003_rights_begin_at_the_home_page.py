"""Groups of staff have their rights at the home page instead of the root of the tree, so that the explorer begins there.

Nothing else can stand at the root, so nobody gains or loses a page.
"""

from django.db import migrations


def move(apps, schema_editor, from_depth, to_depth):
    page_model, permission_model = apps.get_model("wagtailcore", "Page"), apps.get_model("wagtailcore", "GroupPagePermission")
    home = page_model.objects.filter(depth=2, content_type__app_label="pages", content_type__model="homepage").first()
    root = page_model.objects.filter(depth=1).first()
    if home is None or root is None:
        return  # a new site: the groups are made after the content
    places = {1: root, 2: home}
    for grant in permission_model.objects.filter(page=places[from_depth], group__name__in=GROUPS):
        permission_model.objects.get_or_create(group=grant.group, page=places[to_depth], permission=grant.permission)
        grant.delete()


GROUPS = ("Editors", "Publishers", "Translators")


def at_home(apps, schema_editor):
    move(apps, schema_editor, 1, 2)


def at_root(apps, schema_editor):
    move(apps, schema_editor, 2, 1)


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0002_columns_shown"),
        ("pages", "0005_memory_of_languages"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [migrations.RunPython(at_home, at_root)]
