"""Whether a machine may draft texts of a page for somebody: for whoever may write them, where the page may be sent."""

from django.utils.translation import gettext as _

from languages.rights import languages_to_write
from pages.models import SitePage


def why_not(user, latest, language):
    """Return why a machine drafts nothing of the latest version of a page for somebody who may edit it; "" where it may."""
    if language not in languages_to_write(user):
        return _("Your account does not write in this language.")
    return why_for_nobody(user, latest)


def why_for_nobody(user, latest):
    """Return why a machine drafts nothing of a page in any language, in words; "" where it may."""
    if stays_in_house(latest):
        return _("No text of this page is sent to the translation service: the settings of the page say so.")
    if latest.alias_of_id:
        return _("This page shows another one again: its texts are drafted there.")
    if latest.permissions_for_user(user).page_locked():
        return _("This page is locked: nothing of it can be changed now.")
    return ""


def stays_in_house(latest):
    """Say whether a page is marked so, in its latest draft or as it is public: to allow it takes a publication."""
    return latest.stays_in_house or SitePage.objects.filter(pk=latest.pk, stays_in_house=True).exists()
