"""The language of a person: that in which they use the admin, and in which the site writes to them."""

from django.conf import settings
from django.utils import translation

from languages.codes import LANGUAGES


def staff_language(user):
    """Return the language that somebody chose for the admin, "" where nobody did."""
    profile = getattr(user, "wagtail_userprofile", None)
    language = profile.preferred_language if profile else ""
    return language if language in LANGUAGES else ""


def mail_language(user):
    """Return the language in which to write to somebody.

    It is that of their admin; for whoever chose none the first in which they write; else the active one.
    """
    own = next((code for code in LANGUAGES if code in user.languages), "")
    return staff_language(user) or own or translation.get_language() or settings.LANGUAGE_CODE
