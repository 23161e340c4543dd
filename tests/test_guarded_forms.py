"""The matrix: every form, in the hands of somebody who writes in French only, whatever they send and whoever else is there."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model
from wagtail.images.forms import get_image_form
from wagtail.models import Collection, GroupCollectionPermission

from directory.models import Organisation, Person
from languages.rights import WRITE_ALL
from pages.forms import SitePageForm
from search.models import Promotion
from staff_notes.models import StaffNote
from tests.building import make_user, staff
from tests.editor import errors_of, form_with, in_form, messages_of, open_form, parsed_page, translate
from tests.guarded import FORMS, of_document, of_picture
from tests.stale_forms import latest
from tests.uploads import PDF, picture, upload

ONLY = "Not saved, because your account works in %(languages)s only: %(what)s."
# Columns that follow from others, or from when somebody saved.
BY_ITSELF = {
    *("alignment", "keys", "draft_title", "file_size", "latest_revision", "latest_revision_created_at"),
    *("has_unpublished_changes", "first_published_at", "last_published_at"),
}
WITHOUT_FORM = ("pictures", "documents")  # what a list of uploads sends, which translators never get to see


@pytest.fixture(params=FORMS)
def form(request, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return FORMS[request.param](home)


@pytest.fixture
def translator(home, client):
    """Somebody who translates into French, with a Dutch admin; synonyms and recommendations are let to them for once."""
    user = make_user("Translators", "nl", languages=["fr"])
    user.user_permissions.add(*Permission.objects.filter(codename__in=["change_synonym", "change_promotion"]))
    client.force_login(user)
    return user


def form_data(client, form):
    """Return what a browser sends of the form as it is opened."""
    if form.prefix:
        return {}
    return open_form(client, form.url) if form.is_page else form_with(client.get(form.url), f"{form.text}_fr")


def send(client, form, sent, **typed):
    """Send what was opened, with other values; return the answer."""
    prefix = f"{form.prefix}-{form.instance.pk}-" if form.prefix else ""
    return client.post(form.url, sent | {f"{prefix}{name}": value for name, value in typed.items()})


def stored_values(form):
    """Return what is stored: all values of the latest version by column."""
    instance = type(form.instance)._base_manager.get(pk=form.instance.pk)
    instance = latest(instance) if form.is_page else instance
    columns = (field for field in instance._meta.concrete_fields if field.name not in BY_ITSELF)
    return {field.attname: field.value_from_object(instance) or "" for field in columns}


def differences(before, after):
    return {name: value for name, value in after.items() if value != before[name]}


def refusals(response):
    """Return the messages that say what was kept out."""
    start = translate(ONLY, "nl", languages="@", what="").split("@")[0]
    return [message for message in messages_of(response) if message.startswith(start)]


# --- What it costs to open it


@pytest.mark.parametrize("form", [kind for kind in FORMS if kind not in (*WITHOUT_FORM, "synonym")], indirect=True)
@pytest.mark.sampled(1)
def test_a_form_opens_for_translators_with_no_more_queries_than_for_editors(form):
    counts = {}
    for role in ("Translators", "Editors", "Publishers"):
        client = staff(role, languages=["fr"])
        if client.get(form.url).status_code == 200:
            with CaptureQueriesContext(connection) as queries:
                client.get(form.url)
            counts[role] = len(queries)
    assert counts["Translators"] <= counts.get("Editors", counts["Publishers"])


# --- Foreign, own, both, none


@pytest.mark.sampled(4)
def test_only_own_texts_arrive_whatever_is_sent_and_the_rest_is_said(form, translator, client):
    before = stored_values(form)
    forged = {f"{form.text}_nl": "Vervalst", f"{form.text}_en": "Forged", form.fact: form.value}
    response = send(client, form, form_data(client, form), **forged, **{f"{form.text}_fr": "Le mien"})
    assert differences(before, stored_values(form)) == own_change(form)
    (message,) = refusals(response)
    assert "Nederlands" in message and "Engels" in message


def own_change(form):
    """Return what changes in the columns of an object whose French text is changed."""
    return {f"{form.text}_fr": "Le mien"}


@pytest.mark.sampled(2)
def test_own_texts_alone_arrive_without_a_word_about_others(form, translator, client):
    before = stored_values(form)
    response = send(client, form, form_data(client, form), **{f"{form.text}_fr": "Le mien"})
    assert differences(before, stored_values(form)) == own_change(form)
    assert refusals(response) == []


@pytest.mark.sampled(2)
def test_foreign_texts_alone_change_nothing(form, translator, client):
    before = stored_values(form)
    response = send(client, form, form_data(client, form), **{f"{form.text}_nl": "Vervalst"})
    assert differences(before, stored_values(form)) == {}
    assert len(refusals(response)) == 1


@pytest.mark.sampled(1)
def test_nothing_changed_is_nothing_said(form, translator, client):
    before = stored_values(form)
    assert refusals(send(client, form, form_data(client, form))) == []
    assert differences(before, stored_values(form)) == {}


@pytest.mark.sampled(1)
def test_whoever_has_no_language_yet_changes_nothing_and_is_told_whom_to_ask(form, translator, client):
    translator.languages = []
    translator.save()
    before = stored_values(form)
    response = send(client, form, form_data(client, form), **{f"{form.text}_fr": "Le mien"})
    assert differences(before, stored_values(form)) == {}
    none = "Not saved, because your account has no language to write in yet: %(what)s."
    start = translate(none, "nl", what="@").split("@")[0]
    assert [message.startswith(start) for message in messages_of(response)].count(True) == 1


@pytest.mark.sampled(1)
def test_the_right_to_write_in_all_languages_lifts_the_limit(form, translator, client):
    translator.user_permissions.add(Permission.objects.get(codename=WRITE_ALL.partition(".")[2]))
    response = send(client, form, form_data(client, form), **{f"{form.text}_nl": "Van mij", form.fact: form.value})
    assert refusals(response) == []
    assert changed_names(form) >= {f"{form.text}_nl"}


def changed_names(form):
    return {name for name, value in stored_values(form).items() if value != (getattr(form.instance, name) or "")}


# --- Two people at once


@pytest.mark.parametrize("form", [name for name in FORMS if name not in ("picture", "document", *WITHOUT_FORM)], indirect=True)
@pytest.mark.sampled(2)
def test_what_somebody_else_saved_meanwhile_stays_and_own_texts_arrive(form, translator, client):
    editor = staff()
    sent = form_data(client, form)
    others = {f"{form.text}_nl": "Van iemand anders", form.fact: form.value}
    assert send(editor, form, form_data(editor, form), **others).status_code == 302
    between = stored_values(form)
    response = send(client, form, sent, **{f"{form.text}_fr": "Le mien"})
    assert refusals(response) == [], "Nobody but the other person changed that."
    assert differences(between, stored_values(form)) == own_change(form)
    response = send(client, form, sent, **{f"{form.text}_nl": "Vervalst"})
    assert differences(between, stored_values(form)) == own_change(form) and len(refusals(response)) == 1


@pytest.mark.parametrize("form", ["page", "term"], indirect=True)
@pytest.mark.sampled(1)
def test_two_translators_of_one_language_are_shown_each_others_text(form, translator, client):
    other = staff("Translators", "nl", languages=["fr"])
    sent = form_data(client, form)
    assert send(other, form, form_data(other, form), **{f"{form.text}_fr": "Le sien"}).status_code == 302
    refused = send(client, form, sent, **{f"{form.text}_fr": "Le mien", f"{form.text}_nl": "Vervalst"})
    assert errors_of(refused).keys() == {f"{form.text}_fr"}
    again = in_form(refused) if form.is_page else form_with(refused, f"{form.text}_fr")
    assert again[f"{form.text}_fr"].strip() == "Le mien"
    before = stored_values(form)
    assert client.post(form.url, again).status_code == 302
    assert differences(before, stored_values(form)) == own_change(form)


# --- Files, recommendations and notes


@pytest.mark.parametrize("form", ["picture", "document"], indirect=True)
def test_a_file_that_is_sent_is_refused_and_tags_and_collection_stay(form, translator, client):
    other = Collection.get_first_root_node().add_child(name="Elders")
    before, file = stored_values(form), form.instance.file
    content = (
        upload("ander.png", picture(colour=(200, 0, 0))) if form.text == "alternative" else upload("ander.pdf", PDF + b" ")
    )
    forged = {"file": content, "tags": "nieuw", "collection": str(other.pk)}
    response = send(client, form, form_data(client, form), **forged, **{f"{form.text}_fr": "Le mien"})
    assert differences(before, stored_values(form)) == own_change(form)
    assert file.storage.exists(file.name) and not form.instance.tags.exists()
    assert len(refusals(response)) == 1


@pytest.mark.parametrize("form", ["picture", "document"], indirect=True)
def test_the_form_of_a_file_shows_what_is_not_theirs_and_takes_none_of_it(form, translator, client):
    page = parsed_page(client.get(form.url))
    assert page.xpath(f"//*[@name='{form.text}_nl']/@disabled") and page.xpath("//*[@name='title']/@disabled")
    assert not page.xpath(f"//*[@name='{form.text}_fr']/@disabled") and not page.xpath("//input[@type='file']")


@pytest.mark.parametrize("kind", [("siteimage", of_picture), ("sitedocument", of_document)], ids=["pictures", "documents"])
@pytest.mark.parametrize(("action", "sent"), [("add_tags", {"tags": "nieuw"}), ("add_to_collection", {})])
@pytest.mark.sampled(2)
def test_tags_and_collections_are_not_theirs_in_bulk_either(kind, action, sent, translator, client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    name, make = kind
    file, other = make(home).instance, Collection.get_first_root_node().add_child(name="Elders")
    url = reverse("wagtail_bulk_action", args=["assets", name, action]) + f"?id={file.pk}"
    client.post(url, sent or {"collection": other.pk})
    file.refresh_from_db()
    assert not file.tags.exists() and file.collection_id != other.pk


def test_a_recommendation_is_for_whoever_writes_in_all_languages(translator, client, home):
    promotion = Promotion.objects.create(language="fr", queries="emploi", page=home)
    url = reverse("wagtailsnippets_search_promotion:edit", args=[promotion.pk])
    response = client.post(url, form_with(client.get(url), "queries") | {"queries": "travail"})
    promotion.refresh_from_db()
    assert promotion.queries == "emploi" and len(refusals(response)) == 1


def test_a_person_has_no_text_to_translate(translator, client, home):
    person = Person.objects.create(name="Iemand")
    url = reverse("wagtailsnippets_directory_person:edit", args=[person.pk])
    response = client.post(url, form_with(client.get(url), "name") | {"name": "Quelqu’un"})
    person.refresh_from_db()
    assert person.name == "Iemand" and len(refusals(response)) == 1


def test_a_note_is_its_authors_in_every_language_and_in_others_notes_only_own_texts_change(translator, client, standard):
    note, own = (StaffNote.on(standard, text_nl="Twijfel", author=author) for author in (make_user("Editors"), translator))
    for one in (note, own):
        one.save()
        url = f"/admin/staff-notes/note/{one.pk}/"
        client.post(url, form_with(client.get(url), "text_fr") | {"text_nl": "Anders", "text_fr": "Doute"})
        one.refresh_from_db()
    assert (note.text_nl, note.text_fr) == ("Twijfel", "Doute") and (own.text_nl, own.text_fr) == ("Anders", "Doute")


# --- Closed where nothing is known


def test_a_form_that_does_not_know_who_fills_it_in_takes_nothing(standard):
    page = standard.get_latest_revision_as_object()
    form_class = type(page).get_edit_handler().get_form_class()
    assert issubclass(form_class, SitePageForm)
    unbound = form_class(instance=page, parent_page=page.get_parent())
    assert unbound.is_limited and unbound.own_languages == ()


def test_whoever_only_writes_texts_makes_nothing_new(client, home, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    user = make_user("Translators", "nl", languages=["fr"])
    user.user_permissions.add(Permission.objects.get(codename="add_organisation"))
    client.force_login(user)
    url = reverse("wagtailsnippets_directory_organisation:add")
    refused = client.post(url, form_with(client.get(url), "name_fr") | {"name_nl": "Dienst", "name_fr": "Service"})
    assert errors_of(refused).keys() == {"__all__"} and form_with(refused, "name_fr")["name_nl"] == "Dienst"
    assert not Organisation.objects.exists()
    image, root = get_image_model()(title="Nieuw"), Collection.get_first_root_node()
    permission = Permission.objects.get(codename="add_image", content_type__app_label="wagtailimages")
    GroupCollectionPermission.objects.create(group=user.groups.get(), collection=root, permission=permission)
    form = get_image_form(type(image))({"title": "Nieuw"}, {"file": upload("a.png", picture())}, instance=image, user=user)
    assert not form.is_valid() and "__all__" in form.errors
