"""What refers to something that was deleted: the form says so at its field, the page can be published, readers see no trace."""

import pytest
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.images import get_image_model

from directory.models import Organisation, Person
from directory.references import deleted_choice
from languages.codes import LANGUAGES
from languages.streams import drop_incomplete
from languages.units import stored_stream
from mandates.models import MandatePage
from networks.models import NetworkPage
from pages.blocks import BodyBlock
from pages.models import StandardPage
from partnerships.models import AgreementPage
from tests.building import INDEX_OF, add, make_section, make_user, texts, topic_texts
from tests.editor import REASON, block, edit_url, example, publish, things_to_choose

MODELS = (StandardPage, MandatePage, NetworkPage, AgreementPage)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def make_full(model, home, chosen):
    """Return a live page of a model whose streams hold one item of each kind."""
    parent = make_section(home, INDEX_OF[model], "index") if model in INDEX_OF else home
    streams = {
        field.name: example(field.stream_block, LANGUAGES, chosen)
        for field in model._meta.get_fields()
        if isinstance(field, StreamField)
    }
    words = topic_texts("Vol") if model in INDEX_OF else texts("Vol")
    return add(parent, model, **words, **streams)


def delete_all(chosen):
    """Delete what was chosen past all rules, as it could be done before there were any."""
    for model in (Organisation, Person, get_image_model(), get_document_model()):
        model.objects.filter(pk=chosen[model].pk).delete()


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.sweep
def test_a_page_can_be_published_whatever_it_refers_to_was_deleted(model, home, client):
    chosen = things_to_choose(home)
    page = make_full(model, home, chosen)
    delete_all(chosen)
    client.force_login(make_user("Publishers", "nl"))
    assert "Verwijderd: kies iets anders, of haal dit weg" in client.get(edit_url(page)).content.decode()
    response = publish(client, page, heading_nl="Nieuw", **REASON)
    assert response.status_code == 302, response.context["form"].errors
    page = model.objects.get(pk=page.pk)
    assert page.heading_nl == "Nieuw" and not page.has_unpublished_changes
    for path in page.paths().values():
        assert client.get(path).status_code == 200


def test_a_term_of_office_whose_person_was_deleted_is_not_shown(home, client):
    person, other = Person.objects.create(name="An Peeters"), Person.objects.create(name="Jan Maes")
    office = {"nl": "voorzitter", "fr": "président", "en": "chair"}
    term = {"office": office, "from_date": "2014", "until": "", "organisation": None}
    terms = [block("term", person=one.pk, **term) for one in (person, other)]
    page = add(make_section(home, INDEX_OF[NetworkPage]), NetworkPage, **topic_texts("Net"), terms=terms)
    path = page.paths()["en"]
    html = client.get(path).content.decode()
    assert "An Peeters" in html and "Jan Maes" in html
    person.delete()
    html = client.get(path).content.decode()
    assert "An Peeters" not in html and "Jan Maes" in html
    other.delete()
    html = client.get(path).content.decode()
    assert "chair" not in html and 'id="terms"' not in html


@pytest.mark.sweep
def test_a_reference_to_what_was_deleted_is_stored_as_it_was(home, client):
    organisation = Organisation.objects.create(name_nl="Naam", name_fr="Nom")
    words = {"nl": "werkt met", "fr": "travaille avec", "en": "works with"}
    related = {"page": home.pk, "relation": words, "target": None, "organisation": organisation.pk}
    title = {"nl": "Verbanden", "fr": "Liens", "en": "Relations"}
    relations = [{"type": "item", "value": related, "id": "1"}]
    body = [block("relations", title=title, intro={}, pages=[], relations=relations)]
    page = add(home, StandardPage, **texts("Verbonden"), body=body)
    key = organisation.pk
    organisation.delete()
    client.force_login(make_user("Publishers"))
    assert publish(client, page, heading_nl="Nieuw", **REASON).status_code == 302
    page = StandardPage.objects.get()
    raw = stored_stream(page, page._meta.get_field("body"))
    assert raw[0]["value"]["relations"][0]["value"]["organisation"] == key


# --- What is left out


def without(raw, *gone):
    return drop_incomplete(BodyBlock(), raw, lambda _block, value: value not in gone)


def documents(*keys):
    items = [{"type": "item", "value": {"document": key, "note": {}}, "id": str(key)} for key in keys]
    return {"type": "documents", "value": {"title": {"nl": "Meer"}, "items": items}, "id": "d"}


def test_an_item_goes_and_with_the_last_one_the_list_and_its_title():
    raw = [documents(901, 902)]
    assert without(raw) == raw
    assert without(raw, 901)[0]["value"]["items"] == documents(902)["value"]["items"]
    assert without(raw, 901, 902) == []


def test_what_is_optional_takes_nothing_along():
    related = {"type": "item", "value": {"page": 901, "relation": {"nl": "is"}, "target": None, "organisation": 902}, "id": "r"}
    raw = [{"type": "relations", "value": {"title": {"nl": "A"}, "pages": [], "relations": [related]}, "id": "b"}]
    assert without(raw, 902)[0]["value"]["relations"][0]["value"]["organisation"] is None
    assert without(raw, 901)[0]["value"]["relations"] == []


def test_what_was_deleted_counts_as_nothing():
    assert not deleted_choice(7) and deleted_choice(7).pk == 7
    assert deleted_choice(None) is deleted_choice("") is deleted_choice("x") is None
