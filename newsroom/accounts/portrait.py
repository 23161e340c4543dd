"""The portrait in one's own account: opened as every picture is, and kept whatever else of the page is refused."""

from django.core.exceptions import ValidationError
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views import account
from wagtail.users.models import UserProfile

from assets.pictures import PictureField

TOO_NARROW = gettext_lazy("This picture is too long and narrow. Crop it, then upload it again.")


class PortraitForm(AvatarPreferencesForm):
    avatar = PictureField(label=gettext_lazy("Upload a profile picture"), required=False)

    def clean_avatar(self):
        if self.cleaned_data.get("avatar") is False:
            return False  # the one there was is to go; Wagtail keeps it
        try:
            return super().clean_avatar()
        except ValueError as error:  # made smaller, no pixel of its width is left
            raise ValidationError(TOO_NARROW, code="too_narrow") from error


class PortraitPanel(account.AvatarSettingsPanel):
    """Wagtail's, which does not show what is wrong."""

    form_class = PortraitForm
    template_name = "newsroom/portrait.html"


class AccountView(account.AccountView):
    """Wagtail's account page, which saves all or nothing and says no word when it saves nothing."""

    def get_panels(self):
        return [
            PortraitPanel(panel.request, panel.user, panel.profile) if isinstance(panel, account.AvatarSettingsPanel) else panel
            for panel in super().get_panels()
        ]

    def post(self, request):
        response = super().post(request)
        if isinstance(response, TemplateResponse):
            self.save_portrait()
            messages.error(request, _("Not everything was saved: the fields show what is missing or wrong."))
        return response

    def save_portrait(self):
        """Save a portrait that is sound although another panel is not: browsers do not keep a file for the next try."""
        user, files = self.request.user, self.request.FILES
        profile = UserProfile.get_for_user(user)  # afresh: the forms of other panels have changed theirs
        panel = PortraitPanel(self.request, user, profile)
        form = panel.get_form()
        if files and form.is_valid():
            form.save()
            user.wagtail_userprofile = profile
            files.clear()
            messages.success(self.request, _("Your profile picture is saved."))
