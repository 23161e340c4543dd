"""Which language the admin speaks: that of the person, or of the browser where nobody is known yet."""

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from wagtail.users.models import UserProfile

from languages.user_language import staff_language


class AdminLanguageMiddleware:
    """Speak the person's language in everything below `/admin/`, and not only in views for people who are logged in.

    Wagtail chooses it inside each view: the login page, mails, refusals and errors would be in the site's first language.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        with translation.override(staff_language(request.user) or requested_language(request)):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
            return response


def requested_language(request):
    """Return the language that the browser asks for, the site's first one where it asks for none of ours."""
    return translation.get_language_from_request(request)


@receiver(user_logged_in)
def remember_language(sender, request, user, **kwargs):
    """Keep the browser's language of somebody who never chose one, so that mails are in it too.

    Of a browser that asks for none of ours nothing is kept: it may ask for one of them another time.
    """
    language, header = requested_language(request), request.headers.get("Accept-Language", "")
    asked_for = {tag.partition("-")[0] for tag, _quality in parse_accept_lang_header(header)}
    if language in asked_for and not staff_language(user):
        profile = UserProfile.get_for_user(user)
        profile.preferred_language = language
        profile.save(update_fields=["preferred_language"])
