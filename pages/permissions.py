"""Who may do what with a page, where Wagtail's own rules are wider than this site's."""

from django.contrib.auth.models import AnonymousUser
from wagtail.models import PagePermissionTester, Revision

from pages.deletions import deletion_of


class SitePagePermissionTester(PagePermissionTester):
    """Wagtail's rules, but whoever may change a page may not therefore delete it.

    Publishers delete what they may publish; others only their own drafts, never published and not scheduled, and only if they
    may make pages at all. Moving asks for the same right, as in Wagtail. Nobody does anything with a page
    that is being deleted.
    """

    def __init__(self, user, page):
        super().__init__(user, page)
        if deletion_of(page):
            self.user, self.permissions = AnonymousUser(), set()

    def can_move_to(self, destination):
        return super().can_move_to(destination) and not deletion_of(destination)

    def can_delete(self, ignore_bulk=False):
        if self.user.is_superuser or "publish" in self.permissions:
            return super().can_delete(ignore_bulk)
        if "add" not in self.permissions or self.page.owner_id != self.user.pk:  # no query: lists ask it of every row
            return False
        if not super().can_delete(ignore_bulk):
            return False
        pages = self.page.get_descendants(inclusive=True)
        drafts = {"owner": self.user, "live": False, "first_published_at": None}
        return not pages.exclude(**drafts).exists() and not is_any_scheduled(pages)

    def can_set_view_restrictions(self):
        """Pages are public or drafts: cookies, by which readers would be known, end at the admin."""
        return False


def is_any_scheduled(pages):
    """Say whether a revision of one of `pages` is to be published by the hour."""
    keys = [str(key) for key in pages.values_list("pk", flat=True)]
    return Revision.page_revisions.filter(object_id__in=keys, approved_go_live_at__isnull=False).exists()
