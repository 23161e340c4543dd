"""The screen of the differences of one object: what its languages say otherwise, to be accepted one by one."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from differences.accepting import accept, may_accept, take_back
from differences.other_objects import is_hidden
from differences.shown import differences_url, shown_differences
from languages.units import units
from newsroom.reports.standing_rows import unit_url
from staff_notes.permissions import form_url
from staff_notes.views import get_carrier

MAX_LENGTH = 500


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is meant"), max_length=MAX_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, key, **kwargs):
        super().__init__(*args, auto_id=f"id_%s_{key}", **kwargs)


class DifferencesView(WagtailAdminTemplateMixin, TemplateView):
    """POST `key`, and `reason` to accept the difference, or `take_back`."""

    template_name = "differences/differences.html"
    page_title = gettext_lazy("Differences between languages")
    header_icon = "view"

    @cached_property
    def instance(self):
        """What the differences are in, as its latest draft has it."""
        return get_carrier(self.request.user, self.kwargs["app"], self.kwargs["model"], self.kwargs["pk"])

    @cached_property
    def own_url(self):
        return differences_url(type(self.instance), self.instance.pk)

    @cached_property
    def back_url(self):
        return form_url(self.request.user, type(self.instance), self.instance.pk)

    @cached_property
    def shown(self):
        return shown_differences(self.instance, units(self.instance), self.request.user)

    def dispatch(self, request, *args, **kwargs):
        self.instance  # noqa: B018  (nobody gets further without a right to it)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return get_latest_str(self.instance)

    def get_breadcrumbs_items(self):
        form = {"url": self.back_url or "", "label": get_latest_str(self.instance)}
        return [*self.breadcrumbs_items, form, {"url": self.own_url, "label": self.page_title}]

    def post(self, request, *args, **kwargs):
        one = next((shown for shown in self.shown if shown.key == request.POST.get("key")), None)
        if one is None:
            messages.warning(request, _("Nothing was changed: one of these texts says something else by now."))
            return redirect(self.own_url)
        if not may_accept(request.user, one.mismatch):
            raise PermissionDenied
        if request.POST.get("take_back"):
            take_back(self.instance, one, request.user)
            messages.success(request, _("It counts as a difference again."))
            return redirect(self.own_url)
        form = ReasonForm(request.POST, key=one.key)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(posted=form, posted_key=one.key))
        accept(self.instance, one, form.cleaned_data["reason"], request.user)
        messages.success(request, _("Accepted, until one of the two texts changes."))
        return redirect(self.own_url)

    def get_context_data(self, posted=None, posted_key="", **kwargs):
        rows = [
            {
                "shown": shown,
                "url": unit_url(self.back_url, shown.mismatch.address, shown.mismatch.language),
                "is_hidden": is_hidden(shown.mismatch),
                "may_accept": may_accept(self.request.user, shown.mismatch),
                "form": posted if shown.key == posted_key else ReasonForm(key=shown.key),
            }
            for shown in self.shown
        ]
        return {
            **super().get_context_data(**kwargs),
            "open_rows": [row for row in rows if not row["shown"].acceptance],
            "accepted_rows": [row for row in rows if row["shown"].acceptance],
            "back_url": self.back_url,
        }
