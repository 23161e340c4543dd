"""Wagtail's report of what was done on the site, with what each thing is called in the language of whoever reads it.

The log keeps what a thing was called in the site's first language when something was done with it. That stays where the thing
is gone, and is searched along.
"""

import django_filters
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.models import PageLogEntry, get_page_models

from languages.codes import current_language
from languages.standing import Standing
from newsroom.accounts.role_names import NAMES as ROLES


def kinds_of_pages():
    """Return the keys of the content types of pages; the log has some pages as Wagtail's own `Page`."""
    return {kind.pk for kind in ContentType.objects.get_for_models(*get_page_models()).values()}


def name_entries(entries):
    """Label entries of the log with what their objects are called now, with one query; those that are gone keep their label."""
    pages = kinds_of_pages()
    kinds = {entry.content_type_id for entry in entries}
    keys = {int(entry.object_id) for entry in entries if str(entry.object_id).isdecimal()}
    rows = Standing.objects.filter(content_type__in=kinds | pages, object_id__in=keys)
    names = {
        ("page" if kind in pages else kind, str(key)): by_language.get(current_language())
        for kind, key, by_language in rows.values_list("content_type", "object_id", "names")
    }
    roles = ContentType.objects.get_for_model(Group).pk
    for entry in entries:
        kind = "page" if isinstance(entry, PageLogEntry) else entry.content_type_id
        entry.label = names.get((kind, str(entry.object_id))) or entry.label
        if kind == roles:
            entry.label = str(ROLES.get(entry.label, entry.label))
    return entries


class SiteHistoryFilterSet(SiteHistoryReportFilterSet):
    """Wagtail's filters; a name is looked for in the log, and among those that the list shows."""

    label = django_filters.CharFilter(label=_("Name"), method="filter_names")

    def filter_names(self, queryset, name, value):
        rows = Standing.objects.filter(**{f"names__{current_language()}__icontains": value})
        if issubclass(queryset.model, PageLogEntry):
            named = Q(page__in=rows.filter(content_type__in=kinds_of_pages()).values("object_id"))
        else:
            rows = rows.annotate(key=Cast("object_id", CharField()))
            named = Exists(rows.filter(content_type=OuterRef("content_type"), key=OuterRef("object_id")))
        return queryset.filter(Q(label__icontains=value) | named)


class SiteHistoryReport(LogEntriesView):
    filterset_class = SiteHistoryFilterSet

    def decorate_paginated_queryset(self, queryset):
        return name_entries(super().decorate_paginated_queryset(queryset))
