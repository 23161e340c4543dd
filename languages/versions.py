"""The saved versions of a page, snippet or setting: its latest revision, or its row where it has no revisions."""

from wagtail.models import Page, RevisionMixin


def version_of(instance):
    """Return what tells a saved version from every other, None for what keeps no versions."""
    revision = getattr(instance, "latest_revision", None)
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else None


def read_latest_version(instance, locked=False):
    """Return the latest version of an instance, draft or not, read anew.

    `locked` keeps others from saving until the transaction ends. The lock lets rows that refer to the object, such as answers
    of readers, come in all the same. Raises DoesNotExist when it has been deleted.
    """
    model = Page if isinstance(instance, Page) else type(instance)
    rows = model._base_manager.select_for_update(no_key=True) if locked else model._base_manager
    row = rows.get(pk=instance.pk)
    return latest_version(row)


def latest_version(instance):
    """Return the latest version of an instance that was just read: itself, where it keeps no versions."""
    return instance.get_latest_revision_as_object() if isinstance(instance, RevisionMixin) else instance


def latest_draft(instance):
    """Return an object as its latest revision has it, None where it has no revisions. Makes no query, unlike `as_object()`."""
    revision = instance.latest_revision if getattr(instance, "latest_revision_id", None) else None
    return type(instance).from_serializable_data(revision.content, check_fks=False) if revision else None


def latest_versions(model, keys):
    """Return `{key: latest version}` of those objects of a model that are there, with one query; fit to be read only."""
    objects = model._default_manager.filter(pk__in=keys)
    if hasattr(model, "latest_revision"):
        objects = objects.select_related("latest_revision")
    return {one.pk: latest_draft(one) or one for one in objects}
