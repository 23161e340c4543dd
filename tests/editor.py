"""Somebody at the admin's real forms: opens one, types, and presses a button."""

import json
import re
import uuid
from functools import cache
from unittest.mock import patch

from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.template import engines
from django.urls import reverse
from django.utils import translation
from lxml import html
from wagtail import blocks
from wagtail.admin.views.pages.edit import EditView
from wagtail.blocks.field_block import ChooserBlock
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.test.utils.form_data import nested_form_data, rich_text

from directory.fields import PartialDateBlock
from directory.models import Organisation, Person
from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES, name_in
from languages.streams import items
from languages.units import kind_of, translated_fields
from pages.blocks import ActorBlock, RelationBlock
from pages.models import SitePage
from tests.building import make_standard

PUBLISH = {"action-publish": "1"}
SUBMIT = {"action-submit": "1"}
HALF = {"summary_fr": "Un rés"}  # a text that somebody has not finished
REASON = {"publishing_reason": "Dringend."}  # for tests of something else that publish a change in one language only
# The form of Wagtail's editor without the page around it, which takes half of the time and has no field.
FORM = """
<form id="page-edit-form">
  <input type="hidden" name="next" value="{{ next }}">
  {% if page.latest_revision_id %}
    {% with loaded_revision_id=page.latest_revision_id %}
      {% include "wagtailadmin/generic/includes/_loaded_revision_inputs.html" %}
    {% endwith %}
  {% endif %}
  {{ edit_handler.render_form_content }}
</form>
"""


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def add_url(model, parent):
    return reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])


def in_form(response):
    """Return what a browser would send back of the page form that a response shows: its fields, and its streams."""
    data = filled_in(parsed_page(response).get_element_by_id("page-edit-form"))
    form = response.context["form"]
    for name, field in form.fields.items():
        if isinstance(field, blocks.base.BlockField):
            data |= stream(name, field.block, field.block.get_prep_value(form[name].value()))
    return data


def parsed_page(response):
    """Return the page that a response shows, parsed."""
    assert response.status_code == 200, response.status_code
    return html.document_fromstring(response.content.decode())


def filled_in(form):
    """Return what a browser would send of a form: values by name, lists of them where there are several."""
    data = {}
    for field in form.xpath(".//input[not(@value) and not(@type='checkbox') and not(@type='radio')]"):
        field.set("value", "")
    for name, value in form.form_values():
        # HTML drops the line end at the beginning of a textarea.
        data.setdefault(name, []).append(value.removeprefix("\n"))
    data.pop("csrfmiddlewaretoken", None)  # another one each time, which no test is about
    return {name: values if len(values) > 1 else values[0] for name, values in data.items()}


def open_form(client, url, **typed):
    """Open the form at `url` and type; return what a browser would send. A page's form is drawn alone, which is quicker."""
    with drawn_alone():
        return in_form(client.get(url)) | typed


def drawn_alone():
    """Return a context in which a page's form is drawn without what is around it."""
    return patch.object(EditView, "get_template_names", lambda view: form_alone())


@cache
def form_alone():
    return engines["django"].from_string(FORM)


def publish(client, page, **typed):
    """Press "Publish" in the editor of `page`; return the response."""
    return client.post(edit_url(page), open_form(client, edit_url(page), **typed) | PUBLISH)


def save_draft(client, page, **typed):
    """Press "Save draft" in the editor of `page`; return the response."""
    return client.post(edit_url(page), open_form(client, edit_url(page), **typed))


def finish(client, page, **typed):
    """Press "Save draft" in the editor of `page`, once it says of each text typed that it is done; return the response."""
    return save_draft(client, page, **typed, alignment_done=done(*typed))


def done(*names):
    """Return what a form sends that says of the texts in fields such as "summary_nl" that they are done."""
    return json.dumps([":".join(name.rsplit("_", 1)) for name in names])


def stream(name, block, raw):
    """Return what the editor's script sends of a stream, given its stored value."""
    return {key: value for key, value in nested_form_data({name: block_form_data(block, raw)}).items() if value is not None}


def block_form_data(block, raw):
    """Return the nested form data of a block's stored value."""
    if isinstance(block, blocks.StructBlock):
        return {name: block_form_data(child, (raw or {}).get(name)) for name, child in block.child_blocks.items()}
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        values = {
            str(index): {**item, "value": block_form_data(child, item["value"]), "order": str(index), "deleted": ""}
            for index, (child, item) in enumerate(items(block, raw))
        }
        return {**values, "count": str(len(values))}
    if isinstance(block, blocks.RichTextBlock):
        return rich_text(raw or "", features=block.features)
    if isinstance(block, blocks.MultipleChoiceBlock):
        return tuple(raw or ())
    if isinstance(block, blocks.BooleanBlock):
        return "on" if raw else None
    return "" if raw is None else str(raw)


def block(kind, **value):
    """Return an item of a stream as it is stored."""
    return {"type": kind, "value": value, "id": str(uuid.uuid4())}


# --- Something to type into every field and block there is


def texts_for(model, languages, fields):
    """Return a text for each translated field of a model that is among `fields` of its form, by the names of the form."""
    values = {}
    for name in translated_fields(model):
        kind = kind_of(model._meta.get_field(name))
        for code in languages:
            if f"{name}_{code}" in fields:
                words = text(name, kind, code)
                values[f"{name}_{code}"] = rich_text(words) if kind == "rich" else words
    return values


def text(name, kind, code):
    """Return a text of a kind that says in which language it is."""
    if kind == "slug":
        return f"adres-{code}"
    if kind == "url":
        return f"https://example.org/{code}"
    return f"<p>{name} {code}</p>" if kind == "rich" else f"{name} {code}"


def example(of, languages, chosen):
    """Return a stored value for any block, one item of each kind in streams and lists, with texts in some languages.

    `chosen` maps models to the object that choosers of that model choose.
    """
    if isinstance(of, TranslatedBlock):
        return {code: text("text", of.kind, code) if code in languages else "" for code in LANGUAGES}
    if isinstance(of, (RelationBlock, ActorBlock)):  # it names an organisation or a page, not both
        page = "target" if isinstance(of, RelationBlock) else "page"
        return {name: example(child, languages, chosen) if name != page else None for name, child in of.child_blocks.items()}
    if isinstance(of, blocks.StructBlock):
        return {name: example(child, languages, chosen) for name, child in of.child_blocks.items()}
    if isinstance(of, blocks.StreamBlock):
        return [
            {"type": name, "value": example(child, languages, chosen), "id": str(uuid.uuid4())}
            for name, child in of.child_blocks.items()
        ]
    if isinstance(of, blocks.ListBlock):
        return [{"type": "item", "value": example(of.child_block, languages, chosen), "id": str(uuid.uuid4())}]
    if isinstance(of, ChooserBlock):
        return chosen[of.model_class].pk
    if isinstance(of, blocks.MultipleChoiceBlock):
        return []
    if isinstance(of, blocks.ChoiceBlock):
        return next(value for value, _label in of.field.choices if value)
    if isinstance(of, blocks.BooleanBlock):
        return False
    return "2023-07" if isinstance(of, PartialDateBlock) else "2023"  # a number, a year and a text alike


def things_to_choose(page):
    """Return an object of each model that blocks choose from: `page`, and new entries, a picture and a document.

    Where `page` is the root of the tree, which nobody can choose, a new draft takes its place.
    """
    image = get_image_model().objects.create(title="Picture", file=get_test_image_file())
    document = get_document_model().objects.create(title="Document", file=ContentFile(b"text", "document.txt"))
    return {
        Organisation: Organisation.objects.create(name_nl="Organisatie", name_fr="Organisation"),
        Person: Person.objects.create(name="Somebody"),
        get_image_model(): image,
        get_document_model(): document,
        SitePage: make_standard(page, "chosen", live=False) if page.is_root() else page,
    }


# --- What is said to whom


def translate(message, reader, context=None, **values):
    """Return one of the site's messages as somebody whose admin is in the language `reader` reads it.

    `context` is that of the message, where it has one. Of its values, `language` is the code of one that is named in it.
    """
    with translation.override(reader):
        values = {
            name: name_in(value, reader) if name == "language" else translation.gettext(value) for name, value in values.items()
        }
        return (translation.pgettext(context, message) if context else translation.gettext(message)) % values


def error_paths(error, path=()):
    """Yield the path of each message within the error of a stream, such as (0, "text", "fr")."""
    inner = getattr(error, "block_errors", None)
    if inner is None:
        yield path
    else:
        for step, one in inner.items():
            yield from error_paths(one, (*path, step))


def text_paths(of, path=()):
    """Yield the path of each text in the `example` of a block, as `error_paths` does; no addresses of things elsewhere."""
    if isinstance(of, TranslatedBlock):
        if of.kind != "url":
            yield path
    elif isinstance(of, blocks.ListBlock):
        yield from text_paths(of.child_block, (*path, 0))
    elif isinstance(of, (blocks.StructBlock, blocks.StreamBlock)):
        for index, (name, child) in enumerate(of.child_blocks.items()):
            yield from text_paths(child, (*path, name if isinstance(of, blocks.StructBlock) else index))


def form_with(response, field):
    """Return what a browser would send back of the form that holds `field`, among the forms that a response shows."""
    return filled_in(next(form for form in parsed_page(response).forms if field in form.fields))


def errors_of(response):
    """Return the messages at each field of the form that a refused request shows again."""
    assert response.status_code == 200, response.status_code
    with translation.override(re.search(r'<html lang="(\w+)"', response.content.decode())[1]):
        return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}


def messages_of(response):
    """Return what the admin says above the next page it shows."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)]
