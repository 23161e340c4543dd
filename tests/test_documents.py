"""Documents for readers: open while a page that they can reach shows them, and to staff always; no upload is private."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction

from assets.models import SiteDocument
from pages.models import StandardPage
from tests.building import make_standard, make_user
from tests.editor import block

pytestmark = pytest.mark.usefixtures("tasks_at_once")


@pytest.fixture
def report(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="Verslag", heading_nl="Verslag", heading_fr="Rapport")
    document.file.save("verslag.txt", ContentFile(b"verslag"), save=False)
    document.edition_fr.save("rapport.txt", ContentFile(b"rapport"), save=False)
    document.save()
    return document


def showing(document):
    item = {"type": "item", "value": {"document": document.pk, "note": {}}, "id": "1"}
    return [block("documents", title={}, items=[item])]


def addresses(document):
    return [document.address_of(file) for file in document.files()]


def statuses(document, client=None):
    return [(client or Client()).get(address).status_code for address in addresses(document)]


def body(response):
    return b"".join(response.streaming_content)


def test_a_document_is_open_while_a_live_page_shows_it(report, home):
    assert statuses(report) == [404, 404]
    page = make_standard(home, live=False, body=showing(report))
    assert statuses(report) == [404, 404]
    page.get_latest_revision().publish()
    assert statuses(report) == [200, 200]
    response = Client().get(addresses(report)[1])
    assert body(response) == b"rapport"
    assert response.headers["Cache-Control"] == "no-cache", "what is withdrawn is gone at once, even while the site is down"
    StandardPage.objects.get().unpublish()
    assert statuses(report) == [404, 404]


@pytest.mark.sweep
def test_a_draft_that_shows_or_leaves_it_out_changes_nothing_yet(report, home):
    page = make_standard(home)
    page.body = showing(report)
    revision = page.save_revision()
    assert statuses(report) == [404, 404]
    revision.publish()
    page = StandardPage.objects.get()
    page.body = []
    revision = page.save_revision()
    assert statuses(report) == [200, 200]
    revision.publish()
    assert statuses(report) == [404, 404]


@pytest.mark.sweep
def test_a_page_below_one_that_is_offline_shows_nothing(report, home):
    above = make_standard(home, "above")
    make_standard(above, "below", body=showing(report))
    assert statuses(report) == [200, 200]
    StandardPage.objects.get(pk=above.pk).unpublish()
    assert statuses(report) == [404, 404]


def test_addresses_of_before_lead_to_those_of_today_while_a_page_shows_it(report, home, client):
    names = ["verslag.txt", "rapport.txt"]
    assert [client.get(f"/media/documents/{name}").status_code for name in names] == [404, 404]
    make_standard(home, body=showing(report))
    answers = [client.get(f"/media/documents/{name}") for name in names]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, address) for address in addresses(report)]
    assert client.get("/media/documents/none.txt").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "documents/verslag.txt",
        "/documents/verslag.txt",
        "x/../documents/verslag.txt",
        "./documents/verslag.txt",
        "Documents/verslag.txt",
        "documents",
        "wagtail_uploads/verslag.txt",
    ],
)
def test_no_spelling_of_the_folder_opens_a_file_that_nobody_shows(path, report, client):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("address", ["/documents/1/", "/documents/99999999999999999999/a.txt", "/documents/1/other.txt"])
def test_what_is_no_document_is_a_plain_404(address, report, client):
    assert client.get(address).status_code == 404


def test_a_lost_file_is_a_plain_404(report, home, client):
    make_standard(home, body=showing(report))
    report.file.storage.delete(report.file.name)
    assert statuses(report) == [404, 200]


def test_a_page_leads_readers_to_the_edition_in_their_language(report, home, client):
    page = make_standard(home, body=showing(report))
    for language, address in zip(("nl", "fr"), addresses(report), strict=True):
        assert f'href="{address}"' in client.get(page.paths()[language]).content.decode()


@pytest.mark.parametrize("role", ["Editors", "Publishers", "Translators"])
def test_staff_open_every_document_from_the_library(role, report, client):
    client.force_login(make_user(role))
    listed = client.get(reverse("wagtaildocs:index")).content.decode()
    assert f'href="{report.url}"' in listed
    assert body(client.get(report.url)) == b"verslag"
    assert body(client.get(report.edition_fr.url)) == b"rapport"


def test_whoever_has_the_address_for_staff_and_no_account_gets_nothing(report, client):
    assert client.get(report.url).url.startswith(reverse("wagtailadmin_login"))


# --- Privacy is not offered


def test_a_document_in_a_collection_that_was_made_private_before_stays_closed(report, home):
    make_standard(home, body=showing(report))
    collection = Collection.get_first_root_node().add_child(name="Intern")
    SiteDocument.objects.update(collection=collection)
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    assert statuses(report) == [404, 404]


def test_neither_collections_nor_pages_can_be_made_private(standard, client):
    client.force_login(make_user())
    collection = Collection.get_first_root_node().add_child(name="Intern")
    edit = client.get(reverse("wagtailadmin_collections:edit", args=[collection.pk])).content.decode()
    assert "privacy/" not in edit
    form = client.get(reverse("wagtailadmin_pages:edit", args=[standard.pk])).content.decode()
    assert 'data-a11y-dialog-show="set-privacy"' not in form
    for name, key in (("wagtailadmin_collections", collection.pk), ("wagtailadmin_pages", standard.pk)):
        url = reverse(f"{name}:set_privacy", args=[key])
        assert client.get(url).status_code == 302
        client.post(url, {"restriction_type": "login"})
    assert not collection.get_view_restrictions().exists() and not standard.get_view_restrictions().exists()


@pytest.mark.parametrize(("library", "word"), [("wagtailimages", "as soon as"), ("wagtaildocs", "while a page shows")])
def test_whoever_uploads_reads_first_what_is_public(library, word, client, db):
    client.force_login(make_user("Editors", "en"))
    for name in ("add", "add_multiple"):
        assert word in client.get(reverse(f"{library}:{name}")).content.decode(), name
