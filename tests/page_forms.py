"""Publishers at the forms of pages, and something to fill in for every type of page."""

import pytest
from wagtail.fields import StreamField
from wagtail.models import Page

from mandates.models import MandatePage
from pages.models import HomePage, StandardPage
from tests.building import INDEX_OF, TYPES, make_home, make_section, make_user
from tests.editor import example, stream, texts_for

# Two stand for all of them outside of the long checks: the plainest, and the one with the most fields.
MODELS = [model if model in (StandardPage, MandatePage) else pytest.param(model, marks=pytest.mark.sweep) for model in TYPES]
TAKEN = "Another page has this address in %(language)s already."
RESERVED = "This address belongs to the site itself; choose another."
NO_HEADING = "Give the page a heading in one language at least."


@pytest.fixture(params=["nl", "fr"])
def language(request, client, db):
    """The language of the admin of a publisher, who is logged in."""
    client.force_login(make_user("Publishers", request.param))
    return request.param


@pytest.fixture
def publisher(client, db):
    """A publisher whose admin is in French, logged in."""
    user = make_user("Publishers", "fr")
    client.force_login(user)
    return user


@pytest.fixture
def own_media(settings, tmp_path):
    """Files that a test stores go to a folder of their own."""
    settings.MEDIA_ROOT = tmp_path


def place_for(model):
    """Return a page below which one of `model` may stand."""
    if model is HomePage:
        return Page.get_first_root_node()
    home = make_home()
    return make_section(home, INDEX_OF[model]) if model in INDEX_OF else home


def streams_of(model):
    return [field for field in model._meta.get_fields() if isinstance(field, StreamField)]


def fill_form(model, form, chosen, *languages):
    """Return a form with something in every translated field, and one of each block, in some languages."""
    form = form | texts_for(model, languages, form)
    for field in streams_of(model):
        form |= stream(field.name, field.stream_block, example(field.stream_block, languages, chosen))
    return form


def without_revision(form):
    """Return a form without what tells which revision it was loaded from."""
    own = ("loaded_revision", "action-", "locale", "alignment_base", "opened_as")
    return {name: value for name, value in form.items() if not name.startswith(own)}
