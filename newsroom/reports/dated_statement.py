"""A dated statement to hand over: these pages were live on that day, and the official languages were in step, or not."""

from datetime import datetime, time, timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from languages.codes import LANGUAGES, current_language
from languages.paths import path_of
from languages.texts import text_for_reader
from newsroom.reports import publication_history
from newsroom.reports.languages_report import NAMES, LanguagesReport
from newsroom.reports.standing_rows import WITH_PAGES
from pages.years import DayField
from reporting.spreadsheets import SafeExportMixin

VERDICTS = {
    publication_history.IN_STEP: gettext_lazy("in step"),
    publication_history.EXCUSED: gettext_lazy("a text was behind or in translation, published with a reason"),
    publication_history.BEHIND: gettext_lazy("a text was behind or in translation"),
    publication_history.INCOMPLETE: gettext_lazy("a text was missing"),
    publication_history.UNKNOWN: gettext_lazy("unknown: what was published is no longer kept"),
}


class DayForm(forms.Form):
    """The day of the statement, today at the latest."""

    day = DayField(label=pgettext_lazy("statement", "Day"))

    def clean_day(self):
        if self.cleaned_data["day"] > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return self.cleaned_data["day"]


class StatementView(SafeExportMixin, PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Asks for a day, and sends the statement of that day as a spreadsheet."""

    template_name = "newsroom/statement.html"
    page_title = gettext_lazy("Dated statement")
    header_icon = "calendar-check"
    permission_policy = page_permission_policy
    any_permission_required = WITH_PAGES
    show_export_buttons = False  # the form has them
    list_export = [
        "name",
        *(f"address_{code}" for code in LANGUAGES),
        "revision",
        "published_at",
        "verdict",
        "reason",
        "remark",
    ]
    export_headings = {
        "name": pgettext_lazy("column", "Page"),
        **{f"address_{code}": format_lazy("{}: {}", NAMES[code], gettext_lazy("address")) for code in LANGUAGES},
        "revision": pgettext_lazy("column", "Revision"),
        "published_at": pgettext_lazy("column", "Published"),
        "verdict": gettext_lazy("Dutch and French"),
        "reason": pgettext_lazy("column", "Reason"),
        "remark": pgettext_lazy("column", "Remark"),
    }

    def get(self, request, *args, **kwargs):
        self.form = DayForm(request.GET if "day" in request.GET else None, initial={"day": timezone.localdate()})
        if self.is_export and self.form.is_valid():
            return self.as_spreadsheet(
                publication_history.publications(end_of(self.form.cleaned_data["day"])), request.GET["export"]
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.form, **kwargs)

    def get_breadcrumbs_items(self):
        report = {"url": reverse(LanguagesReport.url_name()), "label": LanguagesReport.page_title}
        return [*super().get_breadcrumbs_items(), report, {"url": "", "label": self.page_title}]

    def get_filename(self):
        return f"languages-{self.form.cleaned_data['day']}"

    def get_heading(self, queryset, field):
        return str(self.export_headings[field])

    def to_row_dict(self, item):
        return {
            "name": text_for_reader(item.headings, current_language()).text,
            **{f"address_{code}": absolute_url(code, item.addresses[code]) for code in LANGUAGES},
            "revision": item.revision,
            "published_at": item.moment,
            "verdict": str(VERDICTS[item.verdict]),
            "reason": item.reason,
            "remark": _("Moved since: the addresses are those of its place today.") if item.is_moved else "",
        }

    def stream_csv(self, queryset):
        """Write row after row, each in the language of the admin: rows are sent when the request is already over."""
        return in_language(current_language(), self.csv_rows(queryset))


def end_of(day):
    """Return the moment at which a day ends by the site's clock."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def absolute_url(language, address):
    return "" if address is None else settings.SITE_URL + path_of(language, address)


def in_language(language, rows):
    """Yield what `rows` yields, each made in `language`."""
    rows = iter(rows)
    while True:
        with translation.override(language):
            row = next(rows, None)
        if row is None:
            return
        yield row
