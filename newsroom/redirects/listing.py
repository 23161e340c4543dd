"""The list of redirects, exported as a file that can be imported again."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.redirects import views

from newsroom.redirects.planning import stored_target, target_as_written
from newsroom.redirects.targets import PageAddresses
from reporting.spreadsheets import SafeExportMixin


class IndexView(SafeExportMixin, views.IndexView):
    list_export = ["old_path", "leads_to", "get_is_permanent_display"]
    export_headings = {
        "old_path": pgettext_lazy("redirect", "From"),
        "leads_to": pgettext_lazy("redirect", "To"),
        "get_is_permanent_display": _("Type"),
    }
    export_filename = "redirects"

    @cached_property
    def pages(self):
        return PageAddresses()

    def to_row_dict(self, item):
        item.leads_to = target_as_written(stored_target(item, self.pages), item.old_path, self.pages)
        return super().to_row_dict(item)
