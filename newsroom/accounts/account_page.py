"""One's own account: an email address that is not changed without the password, and sessions elsewhere."""

from django import forms
from django.conf import settings
from django.core.mail import send_mail
from django.template.response import TemplateResponse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm as WagtailsPasswordForm
from wagtail.admin.views import account
from wagtail.admin.views.account import BaseSettingsPanel, ChangePasswordPanel
from wagtail.users.models import UserProfile

from languages.user_language import mail_language
from newsroom.accounts import second_factor
from newsroom.accounts.login_limits import is_own_password
from newsroom.accounts.portrait import PortraitPanel
from newsroom.accounts.sessions import session_description, sessions_of
from newsroom.models import User

WRONG_PASSWORD = gettext_lazy("This is not your password.")


class EmailForm(forms.ModelForm):
    """The address to which links are sent that open the account: the password is asked for, and the old address is told."""

    email = forms.EmailField(label=gettext_lazy("Email"), widget=forms.EmailInput({"autocomplete": "email"}))
    current_password = forms.CharField(
        label=gettext_lazy("Your password"),
        help_text=gettext_lazy("Only to change your email address."),
        required=False,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ["email"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].required = bool(self.instance.email)  # whoever has none may save the rest of the page
        # The page makes the form twice when something is wrong, and the first one has put what was typed into the object.
        self.initial["email"] = User.objects.values_list("email", flat=True).get(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        if "email" in self.changed_data and not is_own_password(self.request, cleaned.get("current_password") or ""):
            self.add_error("current_password", WRONG_PASSWORD)
        return cleaned

    def save(self, commit=True):
        user = super().save(commit)
        if "email" in self.changed_data:
            notify_old_address(user, self.initial["email"])
        return user


def notify_old_address(user, address):
    """Write to the address that was replaced, so that nobody takes an account over unnoticed."""
    if not address:
        return
    with translation.override(mail_language(user)):
        text = _(
            "The email address of your account %(name)s on %(site)s was changed. From now on we write to the new address.\n\n"
            "Did you not do this yourself? Tell an administrator at once."
        )
        subject = _("Your email address was changed")
        send_mail(subject, text % {"name": user.get_username(), "site": settings.SITE_URL}, None, [address], fail_silently=True)


class NameForm(NameEmailForm):
    """Wagtail's, for an account without names too, which goes by its user name: nothing else on the page waits for them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = False


class NamePanel(account.NameEmailSettingsPanel):
    form_class = NameForm


class PasswordAskingMixin:
    """Gives a form the request, from which it counts wrong passwords."""

    def get_form(self):
        form = super().get_form()
        form.request = self.request
        return form


class EmailPanel(PasswordAskingMixin, BaseSettingsPanel):
    name = "email"
    title = gettext_lazy("Email")
    order = 110
    form_class = EmailForm


class PasswordForm(WagtailsPasswordForm):
    """Counts a wrong old password as the login does."""

    def clean_old_password(self):
        old = self.cleaned_data["old_password"]
        if not is_own_password(self.request, old):
            raise forms.ValidationError(WRONG_PASSWORD)
        return old


class PasswordPanel(PasswordAskingMixin, ChangePasswordPanel):
    form_class = PasswordForm

    def is_active(self):
        return settings.LOCAL_LOGIN and self.user.has_usable_password()


class SessionsForm(forms.ModelForm):
    to_end = forms.MultipleChoiceField(
        label=gettext_lazy("Also logged in elsewhere"),
        help_text=gettext_lazy("Tick where you no longer want to be logged in."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    elsewhere = forms.BooleanField(
        label=gettext_lazy("Log me out everywhere else"),
        help_text=gettext_lazy("In all other browsers and on all other devices. A new password does so too."),
        required=False,
    )

    class Meta:
        model = User
        fields = []

    def list_sessions(self, own):
        """Let somebody choose from the sessions that they have besides their `own`."""
        self.others = {token: session for token, session in sessions_of(self.instance).items() if session.session_key != own}
        self.fields["to_end"].choices = [(token, session_description(session)) for token, session in self.others.items()]
        if not self.others:
            del self.fields["to_end"]
            self.fields["elsewhere"].help_text = _("You are logged in here only.")

    def save(self, commit=True):
        for token in self.cleaned_data.get("to_end", ()):
            self.others[token].delete()
        if self.cleaned_data["elsewhere"]:
            self.instance.session_generation += 1
        return super().save(commit)


class SessionsPanel(BaseSettingsPanel):
    name = "sessions"
    title = gettext_lazy("Where you are logged in")
    order = 510
    form_class = SessionsForm

    def get_form(self):
        form = super().get_form()
        form.list_sessions(self.request.session.session_key)
        return form


class NothingForm(forms.ModelForm):
    """Of a panel that only leads on."""

    class Meta:
        model = User
        fields = []


class SecondFactorPanel(BaseSettingsPanel):
    name = "second_factor"
    title = gettext_lazy("Logging in in two steps")
    order = 505
    form_class = NothingForm
    template_name = "newsroom/second_factor_panel.html"

    def get_context_data(self):
        return {**super().get_context_data(), "has_factor": second_factor.factors(self.user).exists()}


OURS = {account.AvatarSettingsPanel: PortraitPanel, account.NameEmailSettingsPanel: NamePanel}  # in the place of Wagtail's


class AccountView(account.AccountView):
    """Wagtail's account page, which saves all or nothing and says no word when it saves nothing."""

    @cached_property
    def panels(self):
        return [OURS.get(type(one), type(one))(one.request, one.user, one.profile) for one in super().get_panels()]

    def get_panels(self):
        return self.panels  # Wagtail asks twice

    def post(self, request):
        response = super().post(request)
        if isinstance(response, TemplateResponse):
            self.save_portrait()
            messages.error(request, _("Not everything was saved: the fields show what is missing or wrong."))
        return response

    def save_portrait(self):
        """Save a portrait that is sound although another panel is not: browsers do not keep a file for the next try."""
        user, files = self.request.user, self.request.FILES
        form = next(panel.get_form() for panel in self.panels if isinstance(panel, PortraitPanel))
        if files and form.is_valid():
            profile = UserProfile.get_for_user(user)  # afresh: the forms of other panels have changed theirs
            profile.avatar = form.instance.avatar  # which is stored already
            form.instance = profile
            form.save()
            user.wagtail_userprofile = profile
            files.clear()
            messages.success(self.request, _("Your profile picture is saved."))
