"""Staff that a first run does not make, so that each role is there in both languages, and a page for each to work on."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from languages.codes import LANGUAGES, OFFICIAL
from languages.units import put
from newsroom.accounts.roles import EDITORS, PUBLISHERS
from pages.models import HomePage
from tests.building import make_standard, make_user
from tests.editor import block
from tests.uploads import PDF, picture
from tests.work import standing
from worklists.requesting import ask

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
IN_REVIEW = {"nl": "Nazicht vanuit Nederlands", "fr": "Nazicht vanuit Frans"}  # by the language of whoever submits it
PRESSED_TWICE = "Nazicht met twee drukken"
AT_THE_AGENCY = ("Bureauwerk A", "Bureauwerk B")
PACKED = {"nl": "Pakwerk", "fr": "Zendwerk"}  # two pages for each publisher: what one sent out does not go out again
IN_ENGLISH = [f"Bundelwerk {letter}" for letter in "ABCDE"]


def heading(account):
    """Return the name of the page that somebody works on."""
    return f"Dagwerk {account}"


def work_heading(language, number):
    """Return the name of a page with texts that are behind in a language: two on the first, one on the second."""
    return f"Vertaalwerk {language} {number}"


def add_work(home, language):
    """Add the two pages with texts that are behind in one language only, and ask for them, so that they wait first."""
    twins = [code for code in LANGUAGES if code != language]
    for number in (1, 2):
        body = [block("text", text={code: f"<p>De tekst in {code}.</p>" for code in LANGUAGES}, only_in=[])]
        draft = make_standard(home, name=work_heading(language, number), body=body).get_latest_revision_as_object()
        put(draft, {"summary": {code: f"Nieuw in {code}, voor {language} {number}." for code in twins}})
        if number == 1:
            put(draft, {f"body.{draft.body[0].id}.text": {code: f"<p>De nieuwe tekst in {code}.</p>" for code in twins}})
        draft.save_revision()
        asked_by = get_user_model().objects.get(username="editor")
        ask(standing(draft), language, asked_by, deadline=timezone.localdate() + timedelta(days=number))


def tally_heading(account):
    """Return the name of a page that somebody has to translate first of all, in the language of their admin."""
    return f"Telwerk {account}"


def add_tally(home, account, language):
    """Add that page, with one text that is behind, and hand it to its person."""
    draft = make_standard(home, name=tally_heading(account)).get_latest_revision_as_object()
    put(draft, {"summary": {code: f"Nieuw in {code}, voor {account}." for code in LANGUAGES if code != language}})
    draft.save_revision()
    people = get_user_model().objects
    person = people.get(username=account)
    ask(standing(draft), language, people.get(username="admin"), deadline=timezone.localdate(), person=person)


def add_for_the_agency(home):
    """Add two pages whose French is behind, to be sent to a translator outside."""
    for name in AT_THE_AGENCY:
        draft = make_standard(home, name=name).get_latest_revision_as_object()
        put(draft, {"summary": {"nl": f"Nieuw voor {name}."}})
        draft.save_revision()


def add_for_a_count(home):
    """Add five pages with two texts each of which the English is behind, to be sent out and brought back."""
    for name in IN_ENGLISH:
        draft = make_standard(home, name=name).get_latest_revision_as_object()
        put(draft, {address: {code: f"{name} {address} {code}" for code in OFFICIAL} for address in ("heading", "summary")})
        draft.save_revision()


def add():
    """Add the accounts, a page for every account, pages to translate, and a picture and a document in the library."""
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
    for code in LANGUAGES:
        add_work(home, code)
    add_for_the_agency(home)
    add_for_a_count(home)
    for name in (*IN_REVIEW.values(), PRESSED_TWICE, *(f"{name} {letter}" for name in PACKED.values() for letter in "AB")):
        make_standard(home, name=name)
    for (_role, language), account in ACCOUNTS.items():
        add_tally(home, account, language)
    call_command("rebuild_standing", missing=True, verbosity=0)
