"""Wrong passwords, at whatever door, and resets: logged, and limited.

axes counts wrong passwords for a name and an address together. What is counted here is what it does not see: many names from
one address, and mails that reset a password.
"""

import logging

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.core.exceptions import PermissionDenied
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailsLoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailsResetForm
from wagtail.admin.views.account import PasswordResetView as WagtailsResetView

from delivery.client import client_address, client_network
from delivery.throttle import AttemptCounter
from languages.user_language import mail_language

logger = logging.getLogger("django.security.login")

HOUR = 60 * 60
WRONG_PER_ADDRESS = 30  # wrong passwords in a quarter of an hour, for whatever names
RESETS_PER_PERSON = 3  # mails with a link in an hour
RESETS_PER_ADDRESS = 20  # requests for such mails in an hour
WRONG_PASSWORDS = AttemptCounter("wrong-passwords", HOUR // 4)  # as long as axes locks
LOGINS = AttemptCounter("logins", 7 * 24 * HOUR, windows_kept=2)
RESETS, RESET_REQUESTS = AttemptCounter("resets", HOUR), AttemptCounter("resets-from", HOUR)


class AddressLimit:
    """Refuses passwords from an address that has sent too many wrong ones, and all where local passwords are closed.

    It comes before the other backends.

    Whoever logged in from there in this week or the last is not refused: one person in an office, or behind a proxy that hides
    who is who, would otherwise lock out all others. axes still counts the wrong passwords for each name.
    """

    def authenticate(self, request, username=None, password=None, **credentials):
        if not settings.LOCAL_LOGIN:
            raise PermissionDenied
        if (
            request
            and WRONG_PASSWORDS.count(client_network(request)) >= WRONG_PER_ADDRESS
            and not has_logged_in_here(request, username)
        ):
            request.axes_locked_out = True  # axes' middleware then gives the same answer as to too many for one name
            raise PermissionDenied


def has_logged_in_here(request, username):
    """Say whether somebody logged in from this address in this week or the last."""
    who = f"{client_network(request)} {username}"
    return any(LOGINS.count(who, weeks_ago) for weeks_ago in range(LOGINS.windows_kept))


@receiver(user_logged_in)
def remember_address(sender, request, user, **kwargs):
    LOGINS.add(f"{client_network(request)} {user.get_username()}")


@receiver(user_login_failed)
def note_wrong_password(sender, credentials, request=None, **kwargs):
    """Count and log a wrong password; of names only those of accounts are logged, as people type passwords there too."""
    if request is None:
        return
    WRONG_PASSWORDS.add(client_network(request))
    name = str(credentials.get("username", ""))
    has_account = get_user_model().objects.filter(username=name).exists()
    logger.warning("Wrong password for %s from %s", name if has_account else "an unknown name", client_address(request))


def is_own_password(request, password):
    """Say whether somebody who is logged in typed the right password; a wrong one counts as at the login."""
    checked = request.__dict__.setdefault("passwords_checked", {})
    if password not in checked:
        checked[password] = authenticate(request, username=request.user.get_username(), password=password) == request.user
    return checked[password]


class LoginForm(WagtailsLoginForm):
    """Wagtail's, with a label that is translated: it leaves that of the password to the name of the field."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput({"autocomplete": "current-password"}), strip=False
    )


class PasswordResetForm(WagtailsResetForm):
    """Writes in the language of the person, and to nobody more than three times an hour, without saying so."""

    email = forms.EmailField(label=_("Your email address"), max_length=254, widget=forms.EmailInput({"autocomplete": "email"}))

    def get_users(self, email):
        if RESETS.add(email.casefold()) > RESETS_PER_PERSON:
            logger.warning("Too many requests to reset the password of one email address")
            return []
        return super().get_users(email)

    def send_mail(self, subject_template_name, email_template_name, context, *others, **named):
        with translation.override(mail_language(context["user"])):
            super().send_mail(subject_template_name, email_template_name, context, *others, **named)


class PasswordResetView(WagtailsResetView):
    """Takes no more than some requests an hour from one address, for whatever people, and says so."""

    def form_valid(self, form):
        if RESET_REQUESTS.add(client_network(self.request)) <= RESETS_PER_ADDRESS:
            return super().form_valid(form)
        logger.warning("Too many requests to reset passwords from %s", client_address(self.request))
        form.add_error(None, _("Too many links were asked for from your network. Wait an hour, then try again."))
        response = self.form_invalid(form)
        response.status_code = 429
        return response
