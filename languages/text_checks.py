"""System checks of the models: each text is translated, or declared language-neutral on its class."""

from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db import models
from modeltranslation.fields import TranslationField
from modeltranslation.translator import NotRegistered, translator
from wagtail import blocks
from wagtail.contrib.settings.models import BaseGenericSetting
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from languages.blocks import TranslatedBlock

TEXT_FIELDS = (models.CharField, models.TextField, models.FileField)
TEXT_BLOCKS = (
    blocks.BlockQuoteBlock,
    blocks.CharBlock,
    blocks.EmailBlock,
    blocks.RawHTMLBlock,
    blocks.RegexBlock,
    blocks.RichTextBlock,
    blocks.TextBlock,
    blocks.URLBlock,
)
HINT = "Register it with modeltranslation (or use a translated block), or list it in `language_neutral` on its class."


@checks.register("languages")
def every_text_is_translated_or_neutral(app_configs=None, **kwargs):
    """Return an error for each text field and text leaf that has no languages and no declaration that it needs none."""
    errors = []
    for model in content_models():
        errors += untranslated_fields(model)
        for field in own_fields(model):
            if isinstance(field, StreamField):
                errors += untranslated_blocks(field.stream_block, f"{model._meta.label}.{field.name}", model)
    return errors


def content_models():
    """Return the project's own models that hold content: pages, snippets, settings, images and documents."""
    kinds = (Page, BaseGenericSetting, AbstractImage, AbstractDocument)
    return [
        model for model in apps.get_models() if (issubclass(model, kinds) or model in get_snippet_models()) and is_ours(model)
    ]


def is_ours(model):
    """Say whether a model belongs to this project and not to a library."""
    return Path(apps.get_app_config(model._meta.app_label).path).parent == settings.BASE_DIR


def own_fields(model):
    """Return the fields of a model but those it has from Wagtail's own models and its parents of this project."""
    return [field for field in model._meta.local_fields if field.model is model]


def untranslated_fields(model):
    """Return the errors of a model's text columns."""
    try:
        translated = set(translator.get_options_for_model(model).get_field_names())
    except NotRegistered:
        translated = set()
    neutral = set(getattr(model, "language_neutral", ()))
    return [
        make_error(f"The text field {model._meta.label}.{field.name} is in no language.", model)
        for field in own_fields(model)
        if isinstance(field, TEXT_FIELDS)
        and not isinstance(field, TranslationField)
        and not field.choices
        and not getattr(field, "holds_no_text", False)
        and field.name not in translated | neutral
    ]


def untranslated_blocks(block, path, owner):
    """Return the errors of the text leaves below a block; a block class may list neutral children in `language_neutral`."""
    if isinstance(block, TranslatedBlock):
        return []
    if isinstance(block, blocks.ListBlock):
        return untranslated_blocks(block.child_block, path, owner)
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock)):
        neutral = set(getattr(block, "language_neutral", ()))
        return [
            error
            for name, child in block.child_blocks.items()
            if name not in neutral
            for error in untranslated_blocks(child, f"{path}.{name}", owner)
        ]
    if isinstance(block, TEXT_BLOCKS):
        return [make_error(f"The text block {path} is in no language.", owner)]
    return []


def make_error(message, model):
    return checks.Error(message, hint=HINT, obj=model, id="languages.E001")
