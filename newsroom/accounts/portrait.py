"""The portrait in one's own account, opened as every picture is."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import AvatarPreferencesForm
from wagtail.admin.views import account

from assets.forms import StoringForm
from assets.pictures import PictureField

TOO_NARROW = gettext_lazy("This picture is too long and narrow. Crop it, then upload it again.")


class PortraitForm(StoringForm, AvatarPreferencesForm):
    avatar = PictureField(label=gettext_lazy("Upload a profile picture"), required=False)

    def clean_avatar(self):
        if self.cleaned_data.get("avatar") is False:
            return False  # the one there was is to go; Wagtail keeps it
        try:
            return super().clean_avatar()
        except ValueError as error:  # made smaller, no pixel of its width is left
            raise ValidationError(TOO_NARROW, code="too_narrow") from error


class PortraitPanel(account.AvatarSettingsPanel):
    """Wagtail's, which does not show what is wrong, and makes a form each time that it is asked for one."""

    form_class = PortraitForm
    template_name = "newsroom/portrait.html"

    @cached_property
    def form(self):
        return super().get_form()

    def get_form(self):
        return self.form  # it stores what was uploaded
