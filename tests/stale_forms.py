"""Two people at one form: somebody else saves while a form is open, and whoever opened it saves then."""

import pytest
from django.test import Client
from wagtail.models import Page

from directory.models import GlossaryTerm
from languages.normalising import normalise
from pages.models import StandardPage
from tests.building import make_standard, make_user
from tests.editor import PUBLISH, REASON, block, edit_url, stream
from tests.rows import same_again

SCRIPT = {"Accept": "application/json"}
LATER = {"go_live_at": "2099-01-01 10:00"}
PRESSED = {"save": {}, "publish": PUBLISH | REASON, "schedule": PUBLISH | REASON | LATER}
BODY = StandardPage._meta.get_field("body").stream_block


@pytest.fixture
def mine(client, db, request):
    """A publisher, logged in, whose admin is in Dutch unless the test asks for both languages."""
    code = request.getfixturevalue("language") if "language" in request.fixturenames else "nl"
    client.force_login(make_user("Publishers", code))
    return client


@pytest.fixture
def theirs(db):
    """Somebody else, logged in elsewhere."""
    other = Client()
    user = make_user("Publishers", "fr")
    user.first_name, user.last_name = "An", "Peeters"
    user.save()
    other.force_login(user)
    return other


def text_block(nl="", fr=""):
    return block("text", text={"nl": nl and f"<p>{nl}</p>", "fr": fr and f"<p>{fr}</p>", "en": ""}, only_in=[])


@pytest.fixture
def shared(home):
    """The page that both have open, with two texts in its body."""
    body = [text_block("een", "un"), text_block("twee", "deux")]
    return same_again("shared", lambda: make_standard(home, body=body))


def latest(page):
    """Return the latest version of a page."""
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def body(page):
    """Return the texts of a page's body as they are compared."""
    bodies = [item["value"]["text"] for item in page.body.get_prep_value()]
    return [{code: normalise(text, "rich") for code, text in by_language.items()} for by_language in bodies]


def with_body(form, items):
    kept = {name: value for name, value in form.items() if not name.startswith("body-")}
    return kept | stream("body", BODY, items)


def changed_body(page, number, **by_language):
    """Return the stored body of a page with a text changed."""
    items = [{**item, "value": {**item["value"]}} for item in page.body.get_prep_value()]
    items[number]["value"]["text"] = {**items[number]["value"]["text"], **{k: f"<p>{v}</p>" for k, v in by_language.items()}}
    return items


def save(client, page, form, **typed):
    return client.post(edit_url(page), form | typed)


@pytest.fixture
def term(db):
    return GlossaryTerm.objects.create(term_nl="netwerk", term_fr="réseau", definition_nl="Oud.", definition_fr="Vieux.")


@pytest.fixture
def administrators(client, theirs, request):
    """The clients of two administrators, logged in: mine and theirs."""
    code = request.getfixturevalue("language") if "language" in request.fixturenames else "nl"
    client.force_login(make_user(None, code))
    other = make_user(None, "nl")
    other.first_name = "Bo"
    other.save()
    theirs.force_login(other)
    return client, theirs
