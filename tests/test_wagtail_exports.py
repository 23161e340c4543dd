"""Wagtail's own lists as spreadsheets: no cell is a formula."""

import pytest
from django.urls import resolve, reverse

from newsroom.reports.wagtail_exports import EXPORTED
from reporting.spreadsheets import SafeExportMixin
from tests.building import make_standard, make_user
from tests.spreadsheets import csv_rows


@pytest.mark.parametrize("name", ["site_history", "aging_pages"])
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
