"""The explorer and every other view of the admin that lists our pages or shows one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from languages.codes import LANGUAGES
from tests.building import INDEX_OF, add, make_standard, texts, topic_texts
from tests.editor import edit_url, open_form, things_to_choose
from tests.page_forms import MODELS, fill_form, place_for

# --- The explorer


def explore(client, page):
    return client.get(reverse("wagtailadmin_explore", args=[page.pk]))


@pytest.mark.sampled(1)
def test_the_explorer_shows_in_which_languages_readers_find_each_page(language, client, home):
    make_standard(home, "public", languages=["nl", "fr"])
    make_standard(home, "draft", languages=["fr"], live=False)
    html = explore(client, home).content.decode()
    badges = re.findall(r'language-badge--(\w+)">\s*<abbr title="([^"]*)">(\w+)</abbr>', html)
    rows = {tuple((code, state) for state, _title, code in badges[start : start + 3]) for start in range(0, len(badges), 3)}
    assert (("NL", "live"), ("FR", "live"), ("EN", "none")) in rows
    assert (("NL", "none"), ("FR", "draft"), ("EN", "none")) in rows


LISTS = {
    "explorer": "pages/{home}/",
    "report of old pages": "reports/aging-pages/",
    "chooser": "choose-page/{home}/?page_type=pages.sitepage",
}
A_ROW = {"chooser": 1}  # its template asks each page for the one above it


@pytest.mark.sweep
@pytest.mark.parametrize("name", LISTS)
def test_lists_of_pages_ask_the_database_no_more_for_more_pages(name, publisher, client, home):
    path = "/admin/" + LISTS[name].format(home=home.pk)
    counts = []
    for number in range(25):
        make_standard(home, f"page {number}", live=number % 2 == 0, last_published_at=timezone.now())
        if number in (4, 24):
            client.get(path)  # fills what is remembered between requests
            with CaptureQueriesContext(connection) as captured:
                assert f"page {number}" in client.get(path).content.decode()
            counts.append(len(captured))
    assert counts[1] - counts[0] == 20 * A_ROW.get(name, 0)


# --- What else the admin does with pages


@pytest.mark.sweep
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.usefixtures("own_media")
def test_every_view_of_the_admin_knows_our_pages(model, publisher, client):
    place = place_for(model)
    chosen = things_to_choose(place)
    page = add(place, model, **(topic_texts if model in INDEX_OF else texts)("page"))
    first = page.latest_revision
    typed = fill_form(model, open_form(client, edit_url(page)), chosen, *LANGUAGES)
    assert client.post(edit_url(page), typed).status_code == 302
    page = model.objects.get()
    latest = page.latest_revision
    assert latest != first
    views = [
        ("history", []),
        ("workflow_history", []),
        ("unpublish", []),
        ("delete", []),
        ("move", []),
        ("copy", []),
        ("usage", []),
        ("revisions_revert", [first.pk]),
        ("revisions_view", [first.pk]),
        ("view_draft", []),
        ("revisions_compare", [first.pk, latest.pk]),
        ("revisions_compare", ["live", "latest"]),
    ]
    for name, more in views:
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]))
        assert response.status_code == 200, name
    compared = client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, latest.pk]))
    assert "heading fr" in re.sub(r"<[^>]*>", "", compared.content.decode())
