"""Who may share a draft, see its links and end them: whoever may change the page, in the languages of their account."""

from django.utils.translation import gettext as _
from wagtail.permissions import page_permission_policy

from draft_links.models import SIDE_BY_SIDE, DraftLink
from languages.rights import language_names, languages_to_write, limit_words, writes_all


def may_share(user, page):
    """Say whether somebody may share the draft of a page in some language, and see all links to it."""
    return bool(user and user.is_active and page.permissions_for_user(user).can_edit())


def may_manage(user, link):
    """Say whether somebody may make and end a link to what this one shows, and decide about what was written by it."""
    return may_share(user, link.page) and link.language in languages_to_share(user)


def languages_to_share(user):
    """Return what somebody may share of a draft: their languages, and `SIDE_BY_SIDE` for whoever writes in all of them."""
    return (*languages_to_write(user), *([SIDE_BY_SIDE] if writes_all(user) else []))


def words_on_limits(user):
    """Return why somebody cannot share a draft in every language, "" where they can."""
    codes = languages_to_write(user)
    if writes_all(user):
        return ""
    if not codes:
        return limit_words(user)
    return _("Your account shares drafts in %(languages)s only.") % {"languages": language_names(codes)}


def links_of_pages_to_publish(user):
    """Return the links to all pages that somebody may publish."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "publish")
    return DraftLink.objects.filter(page_id__in=pages.order_by().values("pk"))
