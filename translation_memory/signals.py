"""Fills the memory: with a page when it is published, with anything else when it is saved, which makes it public."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.signals import page_published

from languages.standing_values import standing_models
from translation_memory.remembering import is_public_at_once, remember_when_committed


@receiver(page_published)
def remember_page(instance, **kwargs):
    if type(instance) in standing_models() and not instance.alias_of_id:
        remember_when_committed(instance)


@receiver(post_save)
def remember_entry(sender, instance, raw=False, update_fields=None, **kwargs):
    if not raw and update_fields is None and is_public_at_once(sender):
        remember_when_committed(instance)
