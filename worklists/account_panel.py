"""The choice of a mail a day, among the notifications of one's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab
from wagtail.admin.widgets import SwitchInput

from worklists.models import DailyMail


class DailyMailForm(forms.ModelForm):
    class Meta:
        model = DailyMail
        fields = ["is_wanted"]
        widgets = {"is_wanted": SwitchInput}


class DailyMailPanel(BaseSettingsPanel):
    """There for those to whom a mail can go."""

    name = "daily_mail"
    title = _("What waits for you")
    tab = notifications_tab
    order = 200
    form_class = DailyMailForm

    def is_active(self):
        return bool(self.user.email)

    def get_form(self):
        instance = DailyMail.objects.filter(user=self.user).first() or DailyMail(user=self.user)
        data = self.request.POST if self.request.method == "POST" else None
        return self.form_class(data, instance=instance, prefix=self.name)
