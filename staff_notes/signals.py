"""Notes go with what they are about."""

from django.db.models.signals import post_delete
from django.dispatch import receiver
from wagtail.models import Page

from languages.models import AlignedModel
from staff_notes.models import StaffNote, kind_of_carrier


@receiver(post_delete)
def delete_notes(sender, instance, **kwargs):
    """Delete the notes on what was deleted; a page is deleted as `Page`, whatever its type."""
    if sender is Page or (issubclass(sender, AlignedModel) and not issubclass(sender, Page)):
        StaffNote.objects.filter(content_type=kind_of_carrier(sender), object_id=instance.pk).delete()
