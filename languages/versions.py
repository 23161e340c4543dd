"""The saved versions of a page, snippet or setting: its latest revision, or its row where it has no revisions."""

from wagtail.models import Page, RevisionMixin


def version_of(instance):
    """Return what tells a saved version from every other, None for what keeps no versions."""
    revision = getattr(instance, "latest_revision", None)
    return f"{revision.pk} {revision.created_at.isoformat()}" if revision else None


def latest_of(instance, locked=False):
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
