"""Addresses of deleted pages: 410 and the nearest help, until something takes them."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from pages.models import FormerPath, SitePage
from tests.building import make_standard, make_user


def delete(client, page):
    """Delete a page as a publisher does."""
    client.force_login(make_user("Publishers"))
    assert client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    client.logout()


def status_of(client, path):
    return client.get(path).status_code


@pytest.fixture
def above(home):
    return make_standard(home, "Zorg")


@pytest.fixture
def work(above):
    return make_standard(above, "Werk")


@pytest.mark.sweep
@pytest.mark.parametrize("code", ["nl", "fr", "en"])
def test_a_deleted_page_is_gone_with_help_in_the_language_of_its_address(code, client, above, work):
    delete(client, work)
    path = work.paths()[code]
    response = client.get(path)
    html = BeautifulSoup(response.content, "html.parser")
    assert (response.status_code, html.html["lang"]) == (410, code)
    assert html.find("a", href=above.paths()[code]), "The page above it is the nearest."
    assert client.head(path).status_code == 410
    assert status_of(client, path.upper().rstrip("/") + ".") == 410
    assert status_of(client, work.neutral_path) == 410
    assert status_of(client, path.rstrip("/") + "-2/") == 404


@pytest.mark.sweep
def test_all_pages_below_go_along_with_the_addresses_that_they_had_before(client, above, work):
    Redirect.add_redirect("/oud.html", work)
    work.url_slug_nl, before = "ander-werk", work.paths()["nl"]
    work.save_revision().publish()
    assert status_of(client, before) == 301
    delete(client, above)
    for path in (above.paths()["nl"], before, work.paths()["fr"], f"{above.paths()['nl']}ander-werk/", "/oud.html"):
        assert status_of(client, path) == 410, path


@pytest.mark.sweep
def test_a_page_that_was_offline_before_is_gone_too(client, work):
    path = work.paths()["nl"]
    work.unpublish()
    assert status_of(client, path) == 404
    delete(client, work)
    assert status_of(client, path) == 410


@pytest.mark.sweep
def test_what_never_was_public_and_an_alias_were_never_there(client, home, work):
    draft = make_standard(home, "ontwerp", live=False)
    alias = SitePage.objects.get(pk=work.create_alias(parent=home, update_slug="alias").pk)
    path = alias.paths()["nl"]
    for one in (draft, alias):
        delete(client, one)
    assert status_of(client, "/nl/ontwerp-nl/") == 404
    assert status_of(client, path) == 404
    assert status_of(client, work.paths()["nl"]) == 200
    assert not FormerPath.objects.exists()


@pytest.mark.sweep
def test_an_address_that_was_taken_again_answers_as_what_took_it(client, above, work):
    path = work.paths()["nl"]
    delete(client, work)
    redirect = Redirect.add_redirect(path, above)
    assert client.get(path)["Location"] == above.paths()["nl"]
    redirect.delete()
    assert status_of(client, path) == 410
    successor = make_standard(above, "Werk")
    assert successor.paths()["nl"] == path
    assert status_of(client, path) == 200
    successor.unpublish()
    assert status_of(client, path) == 404, "What stood there last comes back, perhaps."


def test_what_is_not_there_costs_as_many_queries_however_much_was_deleted(client, home):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/nl/a/b/c/")
        return len(captured)

    before = queries()
    FormerPath.objects.bulk_create(FormerPath(path=f"/nl/a/{number}") for number in range(1000))
    assert queries() == before
