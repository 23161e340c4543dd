"""Fields and blocks explain themselves: each has a line of help in the reader's language, or a label that says all."""

import json

import pytest
from modeltranslation.fields import TranslationField
from wagtail import blocks
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.text_checks import content_models
from mandates.models import MandatePage
from tests.building import staff
from tests.editor import edit_url, translate

# Whose label says what belongs there; where the same name stands in several models or blocks, it says so in all of them.
SAY_IT_THEMSELVES = {
    # what something is called, says or shows
    "heading",
    "name",
    "title",
    "text",
    "label",
    "caption",
    "abbreviation",
    "intro",
    "alternative",
    "why",
    "site_name",
    "organisation_name",
    "street",
    "building",
    "postal_code",
    "city",
    "enterprise_number",
    "ordinance",
    "year_note",
    "note",
    "founding_note",
    "signed_note",
    "partners_note",
    "priorities_note",
    "conformity_note",
    "regional_signature_note",
    "members_description",
    "link_label",
    # choices whose options are sentences or names
    "kind",
    "role",
    "level",
    "assessed_how",
    "time_limit_unit",
    "joined",
    "lead",
    "language",
    "emblem",
    # what is chosen from a list of such things
    "page",
    "target",
    "link_page",
    "organisation",
    "person",
    "document",
    "image",
    "within",
    "funders",
    "consortium",
    "belgian_members",
    # dates and years
    "start_year",
    "period_until",
    "from_year",
    "until_year",
    "founded_on",
    "prepared_on",
    "statement_reviewed_on",
    # addresses beside what they are about
    "url",
    "source",
    "source_url",
    "framework_url",
    "ordinance_url",
    # lists of what their label names, and the blocks of a page
    "body",
    "items",
    "columns",
    "cells",
    "points",
    "actors",
    "relations",
    "tasks",
    "priorities",
    "missions",
    "aims",
    "activities",
    "show_in_footer",
}  # fmt: skip  (one name a line would be a page long)


def fields_of(model):
    """Return the own fields of a model that its form shows, each once and not again for each language."""
    return [
        field
        for field in model._meta.get_fields()
        if getattr(field, "editable", False)
        and not field.auto_created
        and not isinstance(field, TranslationField)
        and not field.model.__module__.startswith(("wagtail", "taggit", "django"))
        and not field.name.startswith("focal_point")
    ]


def children_of(block):
    """Yield `(name, child)` of all blocks that are named within a block, however deep."""
    if isinstance(block, TranslatedBlock):
        return
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield name, child
            yield from children_of(child)
    elif isinstance(block, blocks.StreamBlock):
        for child in block.child_blocks.values():
            yield from children_of(child)
    elif isinstance(block, blocks.ListBlock):
        yield from children_of(block.child_block)


def help_of(block):
    return getattr(block.meta, "help_text", "") or getattr(getattr(block, "field", None), "help_text", "")


def without_help():
    """Return the names of fields and of blocks within them that have no help, with where they stand."""
    names = {}
    for model in content_models():
        for field in fields_of(model):
            if field.name in WAGTAILS_OWN and model.__name__ in ("SiteImage", "SiteDocument"):
                continue
            if not field.help_text:
                names.setdefault(field.name, f"{model.__name__}.{field.name}")
            if isinstance(field, StreamField):
                for name, child in children_of(field.stream_block):
                    if not help_of(child):
                        names.setdefault(name, f"{model.__name__}.{field.name}: {name}")
    return names


WAGTAILS_OWN = {"title", "file", "collection", "tags", "description"}  # whose help is that of Wagtail's forms


def test_every_field_and_block_has_help_or_says_it_itself():
    assert {place for name, place in without_help().items() if name not in SAY_IT_THEMSELVES} == set()


def test_no_excuse_is_left_over():
    assert set() == SAY_IT_THEMSELVES - without_help().keys()


def test_a_field_without_help_is_noticed(monkeypatch):
    monkeypatch.setattr(MandatePage._meta.get_field("funding"), "help_text", "")
    assert "funding" in without_help() and "funding" not in SAY_IT_THEMSELVES


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.sampled(1)
def test_the_form_says_the_help_of_fields_and_blocks_in_the_language_of_the_admin(language, mandate):
    html = staff("Editors", language).get(edit_url(mandate)).content.decode()
    for help_text in (
        "In a sentence: what Actiris does in that role.",  # of a text in three languages
        "The acts on which the mandate rests, the most important first.",  # of a stream
        "The years of the programme that runs now.",  # of a number
    ):
        assert translate(help_text, language) in html
    in_a_script = translate("Words that say where it leads, also when they are read by themselves.", language)
    assert json.dumps(in_a_script)[1:-1] in html or in_a_script in html
