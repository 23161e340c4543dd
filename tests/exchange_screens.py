"""The screens on which texts go out and files come back, as staff use them."""

from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.editor import form_with

REPORT = "/admin/reports/packages/"
TABLE = "/admin/reports/languages/"
BRING = "/admin/packages/bring-back/"
NOTHING = "There is nothing to translate."
NEW = {"summary": "Résumé traduit."}  # what comes back


def send_address(choice):
    return f"{reverse('send_texts')}?{choice.query}"


def send_out(client, choice, **typed):
    """Open the form by which texts are sent out, fill it in and send it."""
    address = send_address(choice)
    return client.post(address, form_with(client.get(address), "deadline") | typed)


def reasons(response):
    """Return what stands below the numbers, as pairs of words and the address of a link, None where there is none."""
    items = BeautifulSoup(response.content.decode(), "lxml").select(".package-reasons li")
    return [(" ".join(item.get_text(" ").split()), item.a and item.a["href"]) for item in items]


def notes_of(client, page):
    """Return what the form of a page says of texts that are out."""
    options = page._meta
    return client.get(reverse("text_states", args=[options.app_label, options.model_name, page.pk])).json()["out"]


def table_cell(client, page, language="fr"):
    """Return what the table of languages says of a page in a language."""
    table = BeautifulSoup(client.get(TABLE, {"q": page.draft_title.split()[0]}).content.decode(), "lxml")
    cells = table.select("td.standing")
    return " ".join(cells[["nl", "fr", "en"].index(language)].get_text(" ").split())


def upload(client, file, name="terug.xlf"):
    """Send a file in the form; return the answer."""
    return client.post(BRING, {"file": SimpleUploadedFile(name, file.read())})


def import_screen(client, one, **query):
    """Return the screen of an import, parsed."""
    response = client.get(reverse("import", args=[one.pk]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "lxml")


def post_import(client, one, **data):
    return client.post(reverse("import", args=[one.pk]), data, follow=True)


def words_of(parsed):
    return " ".join(parsed.main.get_text(" ").split())
