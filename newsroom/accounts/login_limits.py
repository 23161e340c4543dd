"""Wrong passwords, at whatever door, and resets: logged, and limited.

axes counts wrong passwords for a name and an address together. What is counted here is what it does not see: many names from
one address, and mails that reset a password.
"""

import logging

from django import forms
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailsLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailsResetForm
from wagtail.admin.views.account import PasswordResetView as WagtailsResetView

from delivery.client import address
from delivery.throttle import count_so_far, counted, household, key, window
from languages.people import mail_language

logger = logging.getLogger("django.security.login")

QUARTER = 15 * 60  # seconds, as long as axes locks
HOUR = 60 * 60
WEEK = 7 * 24 * HOUR
AN_ADDRESS = 30  # wrong passwords in a quarter of an hour, for whatever names
A_PERSON = 3  # mails with a link in an hour
A_CLIENT = 20  # requests for such mails from an address in an hour


class AddressLimit:
    """Refuses passwords from an address that has sent too many wrong ones; it comes before the other backends.

    Whoever logged in from there in this week or the last is not refused: one person in an office, or behind a proxy that hides
    who is who, would otherwise lock out all others. axes still counts the wrong passwords for each name.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        if request and count_so_far(wrong_passwords(request)[0]) >= AN_ADDRESS and not is_known_here(request, username):
            request.axes_locked_out = True  # axes' middleware then gives the same answer as to too many for one name
            raise PermissionDenied


def logins_here(request, username, weeks_ago=0):
    """Return under which key it is kept that somebody logged in from an address in a week, and how long that week still is."""
    number, left = window(WEEK)
    return key("logins", f"{household(address(request))} {username}", number - weeks_ago), left


def is_known_here(request, username):
    return any(count_so_far(logins_here(request, username, weeks_ago)[0]) for weeks_ago in (0, 1))


@receiver(user_logged_in)
def remember_where(sender, request, user, **kwargs):
    name, left = logins_here(request, user.get_username())
    counted(name, left + WEEK)


def wrong_passwords(request):
    """Return under which key the wrong passwords from an address are counted, and for how many seconds still."""
    number, left = window(QUARTER)
    return key("wrong-passwords", household(address(request)), number), left


@receiver(user_login_failed)
def note_wrong_password(sender, credentials, request=None, **kwargs):
    """Count and log a wrong password; of names only those of accounts are logged, as people type passwords there too."""
    if request is None:
        return
    counted(*wrong_passwords(request))
    name = str(credentials.get("username", ""))
    known = get_user_model().objects.filter(username=name).exists()
    logger.warning("Wrong password for %s from %s", name if known else "an unknown name", address(request))


def is_own_password(request, password):
    """Say whether somebody who is logged in typed the right password; a wrong one counts as at the login."""
    known = request.__dict__.setdefault("passwords_checked", {})
    if password not in known:
        known[password] = authenticate(request, username=request.user.get_username(), password=password) == request.user
    return known[password]


class LoginForm(WagtailsLoginForm):
    """Wagtail's, with a label that is translated: it leaves that of the password to the name of the field."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False
    )


class PasswordResetForm(WagtailsResetForm):
    """Writes in the language of the person, and to nobody more than three times an hour, without saying so."""

    email = forms.EmailField(label=_("Your email address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))

    def get_users(self, email):
        number, left = window(HOUR)
        if counted(key("resets", email.casefold(), number), left) > A_PERSON:
            logger.warning("Too many requests to reset the password of one email address")
            return []
        return super().get_users(email)

    def send_mail(self, subject_template_name, email_template_name, context, *others, **named):
        with translation.override(mail_language(context["user"])):
            super().send_mail(subject_template_name, email_template_name, context, *others, **named)


class PasswordResetView(WagtailsResetView):
    """Takes no more than some requests an hour from one address, for whatever people, and says so."""

    def form_valid(self, form):
        number, left = window(HOUR)
        if counted(key("resets-from", household(address(self.request)), number), left) <= A_CLIENT:
            return super().form_valid(form)
        logger.warning("Too many requests to reset passwords from %s", address(self.request))
        form.add_error(None, _("Too many links were asked for from your network. Wait an hour, then try again."))
        response = self.form_invalid(form)
        response.status_code = 429
        return response
