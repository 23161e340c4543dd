"""What follows from something that happens to a page, where no `save()` of ours is called.

Wagtail moves pages as plain `Page`s, and unpublishes them so by the hour, in bulk and with the source of an alias.
"""

from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_published, pre_page_move

from directory.models import Organisation, Person
from languages.parity import require_publishable
from pages import address_writer, former_paths, history, lag_log
from pages.models import SitePage
from pages.pictures import make_renditions, make_small_renditions

TREE = ("path", "depth", "numchild")


def may_change_addresses(raw, update_fields):
    """Say whether saving a plain page may give it addresses or take them: its texts stand in another table."""
    return not raw and (update_fields is None or "live" in update_fields)


@receiver(pre_save, sender=Page)
def keep_the_place_of_plain_pages(instance, raw=False, update_fields=None, **kwargs):
    """Wait for whoever changes addresses, and save at the place of now, as `SitePage.save()` does."""
    if not instance.pk or not may_change_addresses(raw, update_fields):
        return
    address_writer.lock()
    place = Page.objects.filter(pk=instance.pk).values(*TREE).first()
    for name, value in (place or {}).items():
        setattr(instance, name, value)
    if place:  # the row of a page that is being moved says where it was
        instance.set_url_path(instance.get_parent(update=True))


@receiver(pre_page_move)
def move_from_the_place_of_now(instance, parent_page_after, **kwargs):
    """Read the places anew once nobody else changes the tree: Wagtail moves plain `Page`s, read before anybody could wait."""
    address_writer.lock()
    for page in (instance, parent_page_after):
        page.refresh_from_db(fields=[*TREE, "url_path"])
    if parent_page_after.path.startswith(instance.path):
        raise ValidationError(_("A page cannot be moved below itself."))


@receiver(pre_delete, sender=SitePage)
def remember_the_paths_of_deleted_pages(instance, **kwargs):
    """Keep the paths before any page of a subtree is deleted: redirects go along with their pages."""
    former_paths.remember(instance.pk)


@receiver(post_delete, sender=SitePage)
def forget_redirects_of_deleted_pages(instance, **kwargs):
    """Delete what redirects to an alias: taking it offline wrote that, also while it is deleted along with its source."""
    Redirect.objects.filter(redirect_page=instance.pk).delete()


@receiver(pre_save, sender=Page)
def refuse_plain_pages_that_are_not_ready(instance, raw=False, **kwargs):
    """Refuse to make a plain page live, as `SitePage.save()` does, by `languages/parity.py`."""
    page = SitePage.objects.filter(pk=instance.pk, live=False).first() if instance.live and not raw else None
    if page:
        require_publishable(page.specific)


@receiver(post_save, sender=Page)
def refresh_addresses_of_plain_pages(instance, raw=False, update_fields=None, **kwargs):
    """Let the addresses of a page and its subtree follow a move, and go when it is unpublished."""
    page = SitePage.objects.filter(pk=instance.pk).first() if may_change_addresses(raw, update_fields) else None
    if page:
        history.record_appearances(address_writer.refresh_addresses(page), timezone.now().replace(microsecond=0))


@receiver(page_published)
def keep_why_it_is_published_behind(instance, revision=None, **kwargs):
    if isinstance(instance, SitePage) and not instance.alias_of_id:
        lag_log.record(instance, revision)


@receiver(page_published)
def prepare_pictures(instance, **kwargs):
    """Make the renditions now, so that nothing is written while a page renders."""
    if isinstance(instance, SitePage):
        make_renditions(instance)


@receiver(post_save, sender=Organisation)
@receiver(post_save, sender=Person)
def prepare_logos_and_portraits(instance, raw=False, **kwargs):
    if not raw:
        make_small_renditions(instance)
