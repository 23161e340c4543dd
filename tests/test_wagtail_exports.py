"""Wagtail's own lists as spreadsheets: no cell is a formula."""

import pytest
from django.urls import get_resolver, resolve, reverse
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from newsroom.reports.wagtail_exports import EXPORTED
from reporting.spreadsheets import SafeExportMixin
from tests.building import make_standard, make_user
from tests.spreadsheets import csv_rows


@pytest.mark.parametrize("name", ["site_history", "aging_pages"])
@pytest.mark.sampled(1)
def test_a_heading_that_looks_like_a_formula_is_exported_as_text(client, home, name):
    heading = "=HYPERLINK(1)"
    page = make_standard(home, "formula", heading_nl=heading, heading_fr=heading, owner=make_user("Publishers"))
    page.save_revision(log_action=True)
    client.force_login(make_user("Publishers"))
    response = client.get(reverse(f"wagtailadmin_reports:{name}"), {"export": "csv"})
    cells = {cell for row in csv_rows(response) for cell in row}
    assert any(f"'{heading}" in cell for cell in cells)
    assert not any(cell.startswith(heading) for cell in cells)


def test_every_list_of_wagtail_that_can_be_exported_is_ours():
    """The addresses of `EXPORTED` are Wagtail's own, in front of which ours stand."""
    names = ("locked_pages", "site_history", "aging_pages", "page_types_usage")
    theirs = {reverse(f"wagtailadmin_reports:{name}") for name in names}
    assert theirs == {f"/admin/{address}/" for address in EXPORTED}
    for name in ("workflow", "workflow_tasks"):
        assert issubclass(resolve(reverse(f"wagtailadmin_reports:{name}")).func.view_class, SafeExportMixin)
    assert issubclass(resolve(reverse("wagtailredirects:index")).func.view_class, SafeExportMixin)


def lists(patterns=None, before="/"):
    """Yield the address of each list of the admin that takes nothing from its address, with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if hasattr(pattern, "url_patterns"):
            yield from lists(pattern.url_patterns, route)
        elif issubclass(getattr(pattern.callback, "view_class", object), SpreadsheetExportMixin) and not set("<(") & set(route):
            yield route, pattern.callback


@pytest.mark.parametrize("export", ["csv", "xlsx"])
@pytest.mark.sampled(1)
def test_a_list_without_columns_for_an_export_has_none(export, client, home):
    client.force_login(make_user(None))
    without = [route for route, view in lists() if not view.view_initkwargs.get("list_export", view.view_class.list_export)]
    assert {"/admin/messages/", "/admin/images/", "/admin/snippets/notices/notice/"} <= set(without)
    without.remove("/admin/pages/")  # leads on to the pages below the home page
    assert {route: client.get(route, {"export": export}).status_code for route in without} == dict.fromkeys(without, 404)
    assert client.get(f"/admin/pages/{home.pk}/", {"export": export}).status_code == 404
    assert client.get("/admin/images/", {"export": "pdf"}).status_code == 200
    assert client.get("/admin/feedback/", {"export": export}).status_code == 200
