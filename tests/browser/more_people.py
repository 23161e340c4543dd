"""Staff that a first run does not make, so that each role is there in both languages, and a page for each to work on."""

from django.core.files.base import ContentFile
from django.core.management import call_command
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from newsroom.accounts.roles import EDITORS, PUBLISHERS
from pages.models import HomePage
from tests.building import make_standard, make_user
from tests.editor import block
from tests.uploads import PDF, picture

# By role and language of the admin.
ACCOUNTS = {
    ("editor", "nl"): "editor",
    ("editor", "fr"): "editor-fr",
    ("publisher", "nl"): "publisher-nl",
    ("publisher", "fr"): "publisher",
    ("translator", "nl"): "translator-nl",
    ("translator", "fr"): "translator-fr",
    ("reviewer", "nl"): "reviewer-nl",
    ("reviewer", "fr"): "reviewer-fr",
}
WRITERS_OF_ALL = ("editor", "publisher")
IN_LIBRARY = "In de bibliotheek"


def heading(account):
    """Return the name of the page that somebody works on."""
    return f"Dagwerk {account}"


def add():
    """Add the accounts, a page for every account, and a picture and a document in the library."""
    make_user(EDITORS.name, "fr", "editor-fr")
    make_user(PUBLISHERS.name, "nl", "publisher-nl")
    home = HomePage.objects.get()
    described = {f"alternative_{code}": f"Een vlak ({code})" for code in ("nl", "fr", "en")}
    image = get_image_model().objects.create(title=IN_LIBRARY, file=ContentFile(picture(), "vlak.png"), **described)
    titles = {f"heading_{code}": f"Verslag ({code})" for code in ("nl", "fr", "en")}
    document = get_document_model().objects.create(title=IN_LIBRARY, file=ContentFile(PDF, "verslag.pdf"), **titles)
    put_in = [
        block("picture", image=image.pk, alternative={}, caption={}, only_in=[]),
        block("documents", title={}, items=[{"type": "item", "value": {"document": document.pk}, "id": "1"}], only_in=[]),
    ]
    for (role, _language), account in ACCOUNTS.items():
        make_standard(home, name=heading(account), body=[] if role in WRITERS_OF_ALL else put_in)
    call_command("rebuild_standing", missing=True, verbosity=0)
