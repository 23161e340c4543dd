"""Nothing is public without Dutch and French in code either, and no code of ours goes past that guarantee."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Page

from languages.parity import ParityMissing
from pages.models import HomePage, StandardPage
from tests.building import make_home, make_section, make_standard, texts
from tests.publishing import MISSING, fresh, is_hidden


def test_saving_an_incomplete_page_as_live_is_refused(dutch):
    for page, fields in ((fresh(dutch), None), (fresh(dutch), ["live"]), (Page.objects.get(pk=dutch.pk), None)):
        page.live = True
        for clean in (True, False):
            with pytest.raises(ParityMissing):
                page.save(clean=clean, update_fields=fields)
            assert is_hidden(dutch)


@pytest.mark.parametrize("fields", [["latest_revision"], ["numchild"], ["locked"]])
def test_saving_a_plain_page_without_what_addresses_depend_on_refreshes_nothing(fields, home):
    page = Page.objects.get(pk=make_standard(home).pk)
    with CaptureQueriesContext(connection) as captured:
        page.save(clean=False, update_fields=fields)
    assert not any("advisory" in query["sql"] or "search_entry" in query["sql"] for query in captured)


def test_a_live_page_loses_no_text_by_a_save_of_that_text_alone(standard):
    standard.heading_fr = ""
    with pytest.raises(ParityMissing):
        standard.save(clean=False, update_fields=["heading_fr"])
    assert fresh(standard).heading_fr and fresh(standard).paths()["fr"]


def test_adding_an_incomplete_page_as_live_is_refused(home):
    with pytest.raises(ParityMissing) as refusal:
        home.add_child(instance=StandardPage(live=True, **texts("dutch", ["nl"])))
    assert set(refusal.value.message_dict) == MISSING
    assert not StandardPage.objects.exists()
    assert fresh(home).numchild == 0


def test_publishing_an_incomplete_revision_is_refused(dutch):
    ways = [
        lambda: dutch.latest_revision.publish(),
        lambda: dutch.publish(dutch.latest_revision),
        lambda: PublishPageRevisionAction(dutch.latest_revision).execute(),
    ]
    for way in ways:
        with pytest.raises(ParityMissing):
            way()
        assert is_hidden(dutch)
        assert fresh(dutch).live_revision is None


def test_an_incomplete_revision_may_not_be_scheduled(dutch):
    dutch.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(ParityMissing):
        dutch.save_revision().publish()
    assert fresh(dutch).scheduled_revision is None


def test_a_section_and_a_home_page_are_held_to_it_too(db):
    home = make_home()
    for page in (home, make_section(home)):
        page.summary_fr = ""
        with pytest.raises(ParityMissing):
            page.save()
    assert not HomePage.objects.filter(summary_fr="").exists()


def bypasses(source):
    """Return the lines of Python source that make pages live past `save()`, with `update()` or `bulk_update()`."""
    lines = []
    for call in (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", "")
        named = {keyword.arg for keyword in call.keywords}
        listed = {node.value for node in ast.walk(call) if isinstance(node, ast.Constant)}
        if (name == "update" and "live" in named) or (name == "bulk_update" and "live" in listed):
            lines.append(call.lineno)
    return lines


def test_no_code_of_ours_makes_pages_live_past_the_guarantee():
    apps_of_ours = [Path(app.path) for app in apps.get_app_configs() if Path(app.path).parent == settings.BASE_DIR]
    ours = [path for app in apps_of_ours for path in app.rglob("*.py")]
    assert len(apps_of_ours) > 6 and len(ours) > 60
    assert {str(path): lines for path in ours if (lines := bypasses(path.read_text()))} == {}


@pytest.mark.parametrize(
    "source", ["Page.objects.filter(pk=1).update(live=True)", "pages.update(title='', live=x)", "p.bulk_update(all, ['live'])"]
)
def test_a_way_past_the_guarantee_would_be_found(source):
    assert bypasses(source) == [1]
