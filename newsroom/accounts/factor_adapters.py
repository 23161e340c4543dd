"""What allauth asks the site about second factors: how secrets are kept, who confirms how, and what is said and written."""

import base64
import hashlib
import logging
import secrets
import time
from contextlib import suppress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_used
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.core.mail import send_mail
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delivery.client import client_address
from languages.user_language import mail_language
from newsroom.accounts import second_factor
from newsroom.accounts.sessions import BEGAN

logger = logging.getLogger("django.security.login")

MINUTES_CONFIRMED = 5  # after the password nobody is asked for it again
# What allauth says and writes goes by the names of its templates; these are their last parts.
SAID = {
    "totp_activated": gettext_lazy("The app is set up."),
    "totp_deactivated": gettext_lazy("The app is removed."),
    "webauthn_added": gettext_lazy("The key is added."),
    "webauthn_removed": gettext_lazy("The key is removed."),
    "recovery_codes_generated": gettext_lazy("You have new recovery codes."),
}
WRITTEN = {
    "totp_activated": gettext_lazy("An app was set up with which you log in to %(site)s in two steps."),
    "totp_deactivated": gettext_lazy("The app with which you log in to %(site)s in two steps was removed."),
    "webauthn_added": gettext_lazy("A security key was added with which you log in to %(site)s in two steps."),
    "webauthn_removed": gettext_lazy("A security key with which you log in to %(site)s in two steps was removed."),
    "recovery_codes_generated": gettext_lazy("New recovery codes were made for your account on %(site)s."),
    "reset": gettext_lazy(
        "An administrator took away the second step of your account on %(site)s, as it was lost. "
        "Set up a new one when you log in."
    ),
    "wrong_codes": gettext_lazy("Somebody knows your password on %(site)s and typed several wrong codes."),
}
# What to do about it; `reset` is done by somebody else.
ASKED = {
    "reset": gettext_lazy("Did you not ask for this? Tell an administrator at once."),
    "wrong_codes": gettext_lazy("Was it not you? Change your password at once, and tell an administrator."),
}
NOT_DONE_BY_YOU = gettext_lazy("Did you not do this yourself? Tell an administrator at once.")


def write_about_factor(user, event):
    """Write to somebody, in their language, what happened to their second factor; `event` is a key of WRITTEN."""
    if not user.email:
        return
    with translation.override(mail_language(user)):
        name = _("Your account: %(name)s") % {"name": user.get_username()}
        text = f"{WRITTEN[event] % {'site': settings.SITE_URL}}\n\n{name}\n\n{ASKED.get(event, NOT_DONE_BY_YOU)}"
        send_mail(_("Logging in in two steps"), text, None, [user.email], fail_silently=True)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, no addresses and no login of allauth's own: Wagtail has them."""

    def is_open_for_signup(self, request):
        return False

    def get_login_stages(self):
        return []  # the session is asked at every request instead

    def get_client_ip(self, request):
        return client_address(request)

    def is_reauthentication_required(self, *, app, **kwargs):
        """Ask nobody again who has just logged in."""
        began = self.request.session.get(BEGAN, 0)
        return time.time() - began > MINUTES_CONFIRMED * 60

    def get_reauthentication_methods(self, user):
        """Return how somebody can confirm that it is they; whoever still has to show a factor, by that alone."""
        methods = super().get_reauthentication_methods(user)
        if not settings.LOCAL_LOGIN:
            methods = [method for method in methods if method["id"] != "reauthenticate"]
        if settings.OIDC_ISSUER and SocialAccount.objects.filter(user_id=user.pk).exists():
            methods.append({"id": "sign_on", "url": reverse("openid_connect_login"), "description": ""})
        if second_factor.missing_step(self.request) == second_factor.TO_SHOW:
            return [method for method in methods if method["id"].startswith("mfa_reauthenticate")]
        return methods

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        if text := message or SAID.get(name_of(message_template)):
            messages.add_message(request, level, text, extra_tags=extra_tags)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        write_about_factor(user, name_of(template_prefix))


def name_of(template):
    return template.rpartition("/")[2].partition(".")[0]


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": gettext_lazy("This code is not right, or was used before."),
        "cannot_delete_authenticator": gettext_lazy(
            "Your role needs a second step. Add another one before you remove this one."
        ),
        "cannot_generate_recovery_codes": gettext_lazy("Set up an app or a key first."),
    }

    def get_totp_label(self, user):
        return user.get_username()

    def generate_authenticator_name(self, user, type):
        return _("Key %(number)d") % {"number": second_factor.factors(user).filter(type=type).count() + 1}

    def can_delete_authenticator(self, authenticator):
        """Keep the last factor of whoever needs one."""
        others = second_factor.factors(authenticator.user).exclude(pk=authenticator.pk)
        return others.exists() or not second_factor.needs_factor(authenticator.user)

    def encrypt(self, text):
        return keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        """Return the secret; where another SECRET_KEY wrote it, one that no code fits."""
        try:
            return keys().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            logger.error("A second factor was kept under another SECRET_KEY: its owner has to set it up anew.")
            return base64.b32encode(secrets.token_bytes(20)).decode()


@receiver(authenticator_used)
def renew_secrets(sender, user, **kwargs):
    """Write the secrets of somebody anew with the present key, where there are earlier ones."""
    for one in Authenticator.objects.select_for_update().filter(user=user) if settings.SECRET_KEY_FALLBACKS else ():
        for name in {"secret", "seed"} & one.data.keys():
            with suppress(InvalidToken):
                one.data[name] = keys().rotate(one.data[name].encode()).decode()
                one.save(update_fields=["data"])


def keys():
    """Return what encrypts secrets: a dump of the database alone tells no code."""
    digests = (
        hashlib.sha256(f"second factor:{key}".encode()).digest()
        for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
