"""Blocks whose text stands in every language side by side.

The order, the images and the structure of a stream exist once; only the leaves have languages. That is what keeps three
languages aligned by construction.
"""

from django import forms
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from languages.codes import LANGUAGES, OFFICIAL, current_language
from languages.texts import ShownText, is_filled, text_for_reader, texts_by_language


class Texts(blocks.StructValue):
    """The value of a `TranslatedBlock`: a mapping from language code to text."""

    def as_strings(self):
        """Return the texts as a mapping of strings (a rich text as its source)."""
        return texts_by_language({code: getattr(self.get(code), "source", self.get(code)) for code in LANGUAGES})

    def for_reader(self, language=None):
        """Return the `ShownText` for a reader of `language` (the active one when left out)."""
        language = language or current_language()
        own = self.get(language)
        own = getattr(own, "source", own)
        return ShownText(own, language) if is_filled(own) else text_for_reader(self.as_strings(), language)


class TranslatedBlock(blocks.StructBlock):
    """One text in every language: a leaf of the unit walk.

    `required` asks for the text in the official languages at publication (`languages.parity`); a draft may always lack it.
    """

    kind = "plain"

    def __init__(self, required=False, **kwargs):
        super().__init__(
            [
                # The asterisk is a sign only: parity and not the single field decides, so that limited blocks may differ.
                (
                    code,
                    self.language_block(
                        label=format_lazy("{} *", name) if required and code in OFFICIAL else name, required=False
                    ),
                )
                for code, name in settings.LANGUAGES
            ],
            **kwargs,
        )
        self.required_in_official = required
        self._constructor_kwargs = {"required": required, **kwargs}

    def language_block(self, **kwargs):
        return blocks.CharBlock(max_length=500, **kwargs)

    @cached_property
    def max_length(self):
        """How many characters there is room for in each language, None where that is open."""
        return getattr(self.child_blocks[LANGUAGES[0]].field, "max_length", None)

    @staticmethod
    def texts(raw):
        """Return the stored value as texts by language. What was stored before the text had languages counts for each."""
        return dict.fromkeys(LANGUAGES, raw) if isinstance(raw, str) else raw or {}

    def to_python(self, value):
        return super().to_python(self.texts(value))

    def bulk_to_python(self, values):
        """Make values one by one: there is nothing to fetch for them at once, for which Wagtail would take them apart."""
        return [self.to_python(value) for value in values]

    class Meta:
        value_class = Texts
        icon = "globe"
        form_classname = "struct-block translated"
        form_attrs = {"data-translated": ""}


class TranslatedTextBlock(TranslatedBlock):
    """Several lines of plain text in every language."""

    def language_block(self, **kwargs):
        return blocks.TextBlock(rows=3, **kwargs)


class TranslatedRichTextBlock(TranslatedBlock):
    """Paragraphs, lists and links in every language; headings are blocks of their own."""

    kind = "rich"
    # No links to documents within texts: the blocks for documents say type, size and language, as readers need.
    FEATURES = ["bold", "italic", "superscript", "subscript", "ul", "ol", "link"]

    def language_block(self, **kwargs):
        return blocks.RichTextBlock(features=self.FEATURES, **kwargs)


class TranslatedURLBlock(TranslatedBlock):
    """The address of one thing in every language in which it exists; the others are led to one that does."""

    kind = "url"

    def language_block(self, **kwargs):
        return blocks.URLBlock(max_length=1000, **kwargs)


class LimitedBlock(blocks.StructBlock):
    """A block that may be limited to some languages on purpose, such as a notice that concerns one language only."""

    only_in = blocks.MultipleChoiceBlock(
        choices=settings.LANGUAGES,
        required=False,
        label=_("Only in"),
        help_text=_("Leave empty to show this block in every language."),
        widget=forms.CheckboxSelectMultiple,
    )

    def get_form_layout(self):
        """Put the limit among the block's settings, folded away: few blocks have one."""
        layout = super().get_form_layout()
        children = [name for name in layout.get_sorted_block_names() if name != "only_in"]
        return BlockGroup(children=children, settings=["only_in"])

    def render(self, value, context=None):
        """Render nothing for a reader of a language the block is not meant for."""
        if value.get("only_in") and current_language() not in value["only_in"]:
            return ""
        return super().render(value, context)
