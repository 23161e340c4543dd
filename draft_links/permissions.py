"""Who may share a draft, see its links and end them: whoever may change the page."""

from wagtail.permissions import page_permission_policy

from draft_links.models import SIDE_BY_SIDE, DraftLink
from languages.codes import LANGUAGES


def may_share(user, page):
    """Say whether somebody may share the draft of a page."""
    return bool(user and user.is_active and page.permissions_for_user(user).can_edit())


def languages_to_share(user):
    """Return what somebody may share of a draft: languages, and `SIDE_BY_SIDE` for all of them."""
    return (*LANGUAGES, SIDE_BY_SIDE)


def links_of_pages_to_publish(user):
    """Return the links to all pages that somebody may publish."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return DraftLink.objects.filter(page_id__in=pages.order_by().values("pk"))
