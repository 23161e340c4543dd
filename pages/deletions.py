"""The deletion of a page with very many below it: at once for everybody, and row by row by `manage.py delete_pages`.

Wagtail asks for each page what refers to it, logs it and tells all who listen, which takes minutes for thousands.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, Revision

from pages import address_writer
from pages.addresses import STEPS

AT_ONCE = 50  # pages that are deleted while somebody waits, a second or two


class Deletion(models.Model):
    """A page that somebody deleted with all below it. The row goes with the page, which is the last of them to go."""

    page = models.OneToOneField("pages.SitePage", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ordered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        default_permissions = ()
        ordering = ["ordered_at", "pk"]

    def __str__(self):
        return str(self.page)

    @property
    def pages(self):
        """The pages that are left, itself included, as a queryset."""
        return Page.objects.filter(path__startswith=self.page.path)


def is_large(page):
    """Say whether too many pages go with a page for somebody to wait."""
    return page.numchild > 0 and page.get_descendant_count() >= AT_ONCE


@transaction.atomic
def order(page, user):
    """Take a page offline with all below it, let nobody change any of them, and let `manage.py delete_pages` delete them.

    The number of statements does not depend on how many pages there are.
    """
    address_writer.lock()
    page = Page.objects.get(pk=page.pk).specific
    if page.live:
        page.unpublish(user=user)
    Deletion.objects.get_or_create(page_id=page.pk, defaults={"user": user})
    pages = Page.objects.filter(path__startswith=page.path)
    keys = pages.annotate(key=Cast("pk", models.CharField())).values("key")
    Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__isnull=False).update(approved_go_live_at=None)
    pages.update(locked=True, locked_by=user, locked_at=timezone.now())


def deletion_of(page):
    """Return the `Deletion` by which a page goes, None where it stays; only a page that is locked may go, and costs a query."""
    if not page.locked:
        return None
    above = [page.path[:length] for length in range(STEPS, len(page.path) + 1, STEPS)]
    return Deletion.objects.filter(page__path__in=above).select_related("page", "user").first()


def number_left():
    """Return how many pages are still to be deleted."""
    return sum(deletion.pages.count() for deletion in Deletion.objects.select_related("page"))


@transaction.atomic
def delete_next():
    """Delete the last page of the oldest deletion, which has none below it; return whether there was one."""
    address_writer.lock()  # before the place of anything is read
    deletion = Deletion.objects.select_related("page", "user").first()
    if deletion:
        action = DeletePageAction(deletion.pages.order_by("-path").first(), deletion.user)
        action.execute(skip_permission_checks=True)  # they were made when it was ordered; by now nobody may
    return deletion is not None
