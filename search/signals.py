"""Keeps the index up to date, in the transaction of whatever was saved, published, moved or deleted.

A page that is deleted takes its entries with it: they refer to it.
"""

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from directory.models import GlossaryTerm, Organisation, Person
from pages.address_writer import addresses_refreshed
from pages.models import SitePage
from search.indexing import update_entries, update_subtree
from search.indexing_directory import index_pages_naming


@receiver(addresses_refreshed)
def index_pages(page, keys, **kwargs):
    update_subtree(page, keys)


@receiver(post_save)
def index_former_alias(instance, update_fields=None, **kwargs):
    """Index an alias that became a page of its own; Wagtail saves only `alias_of`."""
    if isinstance(instance, SitePage) and {"alias_of", "alias_of_id"}.intersection(update_fields or ()):
        update_entries([instance.pk])


@receiver([post_save, post_delete])
def index_pages_that_name_it(sender, instance, raw=False, **kwargs):
    if sender in (GlossaryTerm, Organisation, Person) and not raw:
        index_pages_naming(instance)
