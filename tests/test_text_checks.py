"""No text is without languages by mistake: it is translated, or declared language-neutral on its class."""

from django.apps import apps
from django.db import models
from wagtail import blocks

from languages.blocks import TranslatedBlock
from languages.text_checks import every_text_is_translated_or_neutral, untranslated_blocks, untranslated_fields


def test_every_text_is_translated_or_declared_neutral():
    assert every_text_is_translated_or_neutral() == []


def test_the_check_sees_a_text_column_in_no_language():
    class Leaflet(models.Model):
        slogan = models.CharField(max_length=20)
        number = models.IntegerField()
        code = models.CharField(max_length=5)

        language_neutral = ("code",)

        class Meta:
            app_label = "pages"
            managed = False

        def __str__(self):
            return self.slogan

    try:
        assert [error.msg for error in untranslated_fields(Leaflet)] == [
            "The text field pages.Leaflet.slogan is in no language."
        ]
    finally:
        del apps.all_models["pages"]["leaflet"]


def test_the_check_sees_a_text_block_in_no_language_however_deep():
    class Neutral(blocks.StructBlock):
        code = blocks.CharBlock()
        language_neutral = ("code",)

    stream = blocks.StreamBlock(
        [
            ("good", TranslatedBlock()),
            ("neutral", Neutral()),
            ("deep", blocks.StructBlock([("items", blocks.ListBlock(blocks.StructBlock([("text", blocks.TextBlock())])))])),
        ]
    )
    assert [error.msg for error in untranslated_blocks(stream, "x", None)] == [
        "The text block x.deep.items.text is in no language."
    ]
