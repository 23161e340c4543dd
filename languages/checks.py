"""System checks: no text is neither translated nor declared language-neutral on its class, and no place lacks a language."""

from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

from django.apps import apps
from django.conf import global_settings, settings
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
from languages.codes import LANGUAGES

TEXT_FIELDS = (models.CharField, models.TextField, models.FileField)
TEXT_BLOCKS = (
    blocks.CharBlock, blocks.TextBlock, blocks.RichTextBlock, blocks.URLBlock, blocks.EmailBlock, blocks.RegexBlock,
    blocks.RawHTMLBlock, blocks.BlockQuoteBlock,
)  # fmt: skip
HINT = "Register it with modeltranslation (or use a translated block), or list it in `language_neutral` on its class."
ADDING = "docs/how-to.md says how to add a language."
CODES = {code for code, _name in global_settings.LANGUAGES}  # all that Django knows


@checks.register("languages")
def every_text_is_translated_or_neutral(app_configs=None, **kwargs):
    """Return an error for each text field and text leaf that has no languages and no declaration that it needs none."""
    found = []
    for model in content_models():
        found += untranslated_fields(model)
        for field in own_fields(model):
            if isinstance(field, StreamField):
                found += untranslated_blocks(field.stream_block, f"{model._meta.label}.{field.name}", model)
    return found


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
        error(f"The text field {model._meta.label}.{field.name} is in no language.", model)
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
            found
            for name, child in block.child_blocks.items()
            if name not in neutral
            for found in untranslated_blocks(child, f"{path}.{name}", owner)
        ]
    if isinstance(block, TEXT_BLOCKS):
        return [error(f"The text block {path} is in no language.", owner)]
    return []


def error(message, model):
    return checks.Error(message, hint=HINT, obj=model, id="languages.E001")


@checks.register("languages")
def every_place_knows_every_language(app_configs=None, **kwargs):
    """Return an error for each setting, catalogue and constant by language that lacks one of the site's languages."""
    return [
        checks.Error(f"{place} does not know the language {code}.", hint=ADDING, id="languages.E002")
        for place, known in places_by_language()
        for code in LANGUAGES
        if code not in known
    ]


def places_by_language():
    """Yield (name, languages that it knows) of all that is written by language."""
    fallbacks = settings.LANGUAGE_FALLBACKS
    yield "The setting LANGUAGE_FALLBACKS", fallbacks
    for code, others in fallbacks.items():
        yield f"The setting LANGUAGE_FALLBACKS[{code!r}]", {code, *others}
    yield "The folder locale", {path.parts[-3] for path in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/django.po")}
    for module in own_modules():
        for name, value in vars(module).items():
            if name.isupper() and is_by_language(value):
                yield f"{module.__name__}.{name}", value


def own_modules():
    """Return the modules of this project's apps, but migrations and commands."""
    found = []
    for config in apps.get_app_configs():
        if Path(config.path).parent == settings.BASE_DIR:
            names = [one.name for one in walk_packages([config.path], f"{config.name}.")]
            found += [import_module(name) for name in names if not {"migrations", "management"} & set(name.split("."))]
    return found


def is_by_language(value):
    """Say whether a constant is a mapping from languages, of which some may be missing."""
    return isinstance(value, dict) and len(value) > 1 and CODES.issuperset(value)
