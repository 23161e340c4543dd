"""Keeping every `Standing` true: at most two queries in the transaction of whatever was saved, published or deleted."""

from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page

from languages.standing import Standing
from languages.standing_saving import save_standings
from languages.standing_values import compute_standing, publication_flags, standing_models

FLAGS = {"live", "has_unpublished_changes"}


@receiver(post_save)
def write_standing(sender, instance, raw=False, update_fields=None, **kwargs):
    """Write the standing of what was saved.

    Wagtail saves a page's `latest_revision` when it has made or overwritten a revision of that instance: that is the draft that
    editors mend. Any other save of an object that has drafts, such as its publication, says nothing of its latest one.
    """
    if raw or not (sender is Page or sender in standing_models()):
        return
    if is_latest_draft(instance, update_fields):
        save_standings([compute_standing(instance)])
    elif update_fields is None or FLAGS & set(update_fields):
        standing_row(instance).update(**publication_flags(instance))


def is_latest_draft(instance, update_fields):
    """Say whether an instance that was saved is, whole, what editors will find in its form."""
    if isinstance(instance, Page) and instance.content_type_id != ContentType.objects.get_for_model(instance).pk:
        return False  # a page fetched as its base knows half of its texts
    has_drafts = getattr(instance, "latest_revision_id", None) is not None
    return not has_drafts or "latest_revision" in (update_fields or ())


@receiver(post_delete)
def delete_standing(sender, instance, **kwargs):
    if sender in standing_models():
        # Locked before what refers to it: whoever compares its texts holds the row first, and writes what refers to it then.
        for row in standing_row(instance).select_for_update():
            row.delete()
        if isinstance(instance, Page):  # its aliases are pages of their own from now on
            Standing.objects.filter(mirrors=instance.pk).update(mirrors=None)


def standing_row(instance):
    """Return the queryset of an object's row."""
    kind = getattr(instance, "content_type_id", None) or ContentType.objects.get_for_model(instance).pk
    return Standing.objects.filter(content_type_id=kind, object_id=instance.pk)
