"""The history of a page leads to every version that content files made.

Wagtail offers a version at the entry that says what was saved, and files left one of its publication only.
"""

from django.db import migrations
from django.db.models import Exists, OuterRef

PUBLISH, EDIT = "wagtail.publish", "wagtail.edit"


def add_entries(apps, schema_editor):
    entries = apps.get_model("wagtailcore", "PageLogEntry").objects
    revisions = apps.get_model("wagtailcore", "Revision").objects
    same = entries.filter(page_id=OuterRef("page_id"), revision_id=OuterRef("revision_id"), content_changed=True)
    publications = entries.filter(~Exists(same.exclude(action=PUBLISH)), action=PUBLISH, user_id=None)
    by_revision = {one.revision_id: one for one in publications}  # some of revisions that are gone
    for revision in revisions.filter(pk__in=by_revision).only("created_at"):
        published = by_revision[revision.pk]
        entries.create(
            action=EDIT,
            content_changed=True,
            content_type_id=published.content_type_id,
            label=published.label,
            page_id=published.page_id,
            revision_id=revision.pk,
            timestamp=revision.created_at,
        )


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0011_languages_of_people")]

    operations = [migrations.RunPython(add_entries, migrations.RunPython.noop)]
