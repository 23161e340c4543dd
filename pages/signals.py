"""What follows from something that happens to a page."""

from django.dispatch import receiver
from wagtail.signals import page_published, post_page_move

from pages import addresses
from pages.models import SitePage
from pages.pictures import make_renditions


@receiver(post_page_move)
def follow_the_move(instance, **kwargs):
    """A move calls no `save()` of ours; the addresses of the whole subtree follow it here."""
    page = SitePage.objects.filter(pk=instance.pk).first()
    if page:
        addresses.refresh(page)


@receiver(page_published)
def prepare_pictures(instance, **kwargs):
    """Renditions are made now, so that nothing is written while a page renders."""
    if isinstance(instance, SitePage):
        make_renditions(instance)
