"""The list of all strings of the interface, ours first, with its menu and its addresses."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.ui.tables import BaseColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button
from wagtail.permission_policies import ModelPermissionPolicy

from interface_strings import filters, string_actions
from interface_strings.catalogue_files import SOURCE_LANGUAGE
from interface_strings.export import export, zip_files
from interface_strings.models import InterfaceString, State, StringsVersion
from interface_strings.places import area_name
from interface_strings.problems import Kind
from interface_strings.string_view import StringView
from reporting.viewsets import ListViewSet

ICONS = {State.MISSING: "warning", State.TRANSLATED: "check", State.EDITED: "edit", State.CONFLICT: "warning"}


class SourceColumn(BaseColumn):
    """The English text with a link to its screen, what the code says where that is another text, its context and its parts."""

    cell_template_name = "interface_strings/source_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        shown = instance.shown.get(SOURCE_LANGUAGE) or list(instance.sources)
        return {
            **context,
            "url": url_of(instance, context["request"]),
            "forms": shown,
            "sources": instance.sources if tuple(shown) != instance.sources else (),
            "areas": ", ".join(area_name(area) for area in instance.areas),
            **state_and_problems(instance, SOURCE_LANGUAGE),
        }


class LanguageColumn(BaseColumn):
    """The text of one language, how it stands, and what may be wrong with it."""

    cell_template_name = "interface_strings/language_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        return {
            **context,
            "language": self.name,
            "forms": instance.shown.get(self.name),
            **state_and_problems(instance, self.name),
        }


def state_and_problems(string, language):
    """Return the state and the problems of a string in a language, for its cell."""
    state = State(string.states.get(language, State.TRANSLATED))
    return {
        "state": None if state == State.TRANSLATED else {"code": state, "label": state.label, "icon": ICONS[state]},
        "problems": [Kind(kind).label for kind in string.problems.get(language, ())],
    }


def url_of(string, request):
    """Return the address of a string's screen, which knows the list from which it was opened."""
    query = request.GET.copy()
    query.pop("_w_filter_fragment", None)
    return reverse("strings:edit", args=[string.pk]) + (f"?{query.urlencode()}" if query else "")


class StringIndex(generic.IndexView):
    """The list, which has no export of its own: what was edited is exported as catalogues."""

    any_permission_required = ["change"]
    results_template_name = "interface_strings/list_results.html"
    table_classname = "listing interface-strings"
    show_export_buttons = False
    list_export = ()

    def get_base_queryset(self):
        return filters.listed_strings()

    def order_queryset(self, queryset):
        return filters.in_order(queryset, filters.languages_looked_at(self.filters, self.request.user))

    def search_queryset(self, queryset):
        return filters.search(queryset, self.search_query)

    def get_edit_url(self, instance):
        return url_of(instance, self.request)

    @cached_property
    def header_more_buttons(self):
        return [
            Button(_("Edited catalogues (ZIP)"), url=reverse("strings:export"), icon_name="download", priority=90),
        ]

    def get_context_data(self, *args, **kwargs):
        unreadable = StringsVersion.objects.values_list("unreadable", flat=True).first() or []
        return {**super().get_context_data(*args, **kwargs), "unreadable": unreadable}


class ExportView(PermissionCheckedMixin, View):
    """The edited catalogues as an archive for whoever keeps the repository."""

    permission_policy = ModelPermissionPolicy(InterfaceString)
    permission_required = "change"

    def get(self, request):
        headers = {"Content-Disposition": 'attachment; filename="catalogues.zip"'}
        return HttpResponse(zip_files(export()), content_type="application/zip", headers=headers)


def columns(languages):
    """Return the columns of the list: the source, and each other of `languages`, pairs of a code and a name, all as wide."""
    width = f"{93 // len(languages)}%"
    return [
        SourceColumn("source", label=dict(languages)[SOURCE_LANGUAGE], classname="title", width=width),
        *(LanguageColumn(code, label=name, width=width) for code, name in languages if code != SOURCE_LANGUAGE),
    ]


class StringViewSet(ListViewSet):
    """List and edit; strings come from the code, so nobody adds or deletes one."""

    model = InterfaceString
    icon = "title"
    menu_label = _("Interface strings")
    menu_name = "interface-strings"
    menu_order = 260
    absent_views = ("delete", *ListViewSet.absent_views)
    index_view_class = StringIndex
    index_results_template_name = StringIndex.results_template_name
    filterset_class = filters.StringFilterSet
    search_fields = filters.SEARCHED
    list_display = columns(settings.LANGUAGES)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("export/", ExportView.as_view(), name="export"),
            path("<int:pk>/", StringView.as_view(), name="edit"),
            path("<int:pk>/take-back/", string_actions.TakeBackView.as_view(), name="take_back"),
            path("<int:pk>/keep/", string_actions.KeepView.as_view(), name="keep"),
            path("<int:pk>/restore/", string_actions.RestoreView.as_view(), name="restore"),
        ]
