"""The forms of the second factor: a code counts once, wrong ones are limited and logged, and a password can be asked for."""

import logging

from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from delivery.client import client_address
from delivery.throttle import AttemptCounter
from newsroom.accounts.account_page import WRONG_PASSWORD
from newsroom.accounts.factor_adapters import write_about_factor
from newsroom.accounts.login_limits import is_own_password
from newsroom.accounts.second_factor import plain_code

logger = logging.getLogger("django.security.login")

WRONG_PER_PERSON = 8  # codes in a quarter of an hour, as many as passwords
WRONG_CODES = AttemptCounter("wrong-codes", 15 * 60)
USED_KEPT = 4  # codes of an app: more than are valid at one moment


def code_field(label):
    widget = forms.TextInput({"autocomplete": "one-time-code", "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=label, max_length=40, widget=widget)


class CodeForm(ReauthenticateForm):
    """A code of the app, or one of recovery."""

    code = code_field(_("Code of your app, or a recovery code"))

    def clean_code(self):
        """Check the code; attempts of one person come one after the other, whatever process they reach."""
        list(Authenticator.objects.select_for_update().filter(user=self.user))
        if WRONG_CODES.count(self.user.pk) >= WRONG_PER_PERSON:
            raise ValidationError(_("Too many wrong codes. Wait a quarter of an hour, then try again."))
        code = self.cleaned_data["code"] = plain_code(self.cleaned_data["code"])
        try:
            self.refuse_used(code)
            super().clean_code()
        except ValidationError:
            self.note_wrong_code()
            raise
        if self.authenticator.type == Authenticator.Type.TOTP:
            used = self.authenticator.data.get("used_codes", [])
            self.authenticator.data["used_codes"] = [*used, code][-USED_KEPT:]
            self.authenticator.save(update_fields=["data"])
        return code

    def refuse_used(self, code):
        """Refuse a code of the app that was used: allauth remembers it in a cache, which may forget it."""
        app = Authenticator.objects.filter(user=self.user, type=Authenticator.Type.TOTP).first()
        if app and code in app.data.get("used_codes", ()):
            raise get_adapter().validation_error("incorrect_code")

    def note_wrong_code(self):
        logger.warning("Wrong code for %s from %s", self.user, client_address(context.request))
        if WRONG_CODES.add(self.user.pk) == WRONG_PER_PERSON:
            write_about_factor(self.user, "wrong_codes")


class NewAppForm(ActivateTOTPForm):
    code = code_field(_("Code that the app shows"))


class NewKeyForm(AddWebAuthnForm):
    name = forms.CharField(label=_("Name of the key"), required=False, max_length=60)


class PasswordAgainForm(forms.Form):
    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)

    def clean_password(self):
        """Check the password; a wrong one counts as at the login."""
        password = self.cleaned_data["password"]
        if not is_own_password(context.request, password):
            raise ValidationError(WRONG_PASSWORD)
        return password
