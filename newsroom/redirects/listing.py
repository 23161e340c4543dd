"""The list of redirects, exported as a file that can be imported again."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.contrib.redirects import views

from newsroom.explorer import fetch_headings
from newsroom.redirects.planning import stored_target, target_as_written
from newsroom.redirects.targets import PageAddresses
from reporting.spreadsheets import SafeExportMixin


class TargetColumn(views.RedirectTargetColumn):
    """Wagtail's column, with a page's name in the language of whoever reads it; a plain page has it in the site's first one."""

    def get_value(self, instance):
        page = instance.redirect_page
        return page.specific_deferred.get_admin_display_title() if page else super().get_value(instance)


class IndexView(SafeExportMixin, views.IndexView):
    columns = [
        TargetColumn(column.name, label=column.label, width=column.width) if column.name == "redirect_page" else column
        for column in views.IndexView.columns
    ]
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

    def get_table(self, object_list):
        fetch_headings([redirect.redirect_page for redirect in object_list if redirect.redirect_page])
        return super().get_table(object_list)

    def to_row_dict(self, item):
        item.leads_to = target_as_written(stored_target(item, self.pages), item.old_path, self.pages)
        return super().to_row_dict(item)
