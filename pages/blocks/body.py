"""The body: the running part of every page.

What a block is for stands in its description, which the editor's chooser shows with the preview.
One module, so that all that a body can hold is read in one place.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.references import DeletedChoice
from languages.blocks import LimitedBlock, TranslatedBlock, TranslatedRichTextBlock, TranslatedTextBlock, TranslatedURLBlock
from languages.codes import LANGUAGES
from pages.blocks.choosers import ImageBlock
from pages.blocks.figures import FigureBlock
from pages.blocks.items import DocumentItemBlock, LinkBlock
from pages.blocks.levels import LevelsBlock
from pages.blocks.named import NamedBlock
from pages.blocks.relations import RelationsBlock
from pages.blocks.standalone import DetailsBlock


class HeadingBlock(LimitedBlock):
    """A heading within the page; its anchor is the same in all languages."""

    text = TranslatedBlock(required=True, label=_("Heading"))
    level = blocks.ChoiceBlock(choices=[("2", _("Section")), ("3", _("Part of a section"))], default="2", label=_("Level"))

    class Meta:
        icon = "title"
        label = _("Heading")
        description = _("Begins a section, so that readers can find it from the top of the page.")
        template = "blocks/heading.html"
        preview_value = {"text": {"nl": "Voor wie?", "fr": "Pour qui ?", "en": "For whom?"}, "level": "2"}


class TextBlock(LimitedBlock):
    """Running text."""

    text = TranslatedRichTextBlock(required=True, label=_("Text"))

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        description = _("Paragraphs, lists and links.")
        template = "blocks/text.html"
        preview_value = {
            "text": {
                "nl": "<p>We zoeken samen met jou een oplossing binnen zes maanden na je inschrijving.</p>",
                "fr": "<p>Nous cherchons une solution avec vous dans les six mois qui suivent votre inscription.</p>",
                "en": "<p>We look for a solution together with you within six months of your registration.</p>",
            }
        }


class DescriptionBlock(TranslatedBlock):
    """What a picture shows, in every language: one text that may be long, so its field grows with it."""

    def language_block(self, **kwargs):
        return blocks.TextBlock(max_length=500, **kwargs)


class PictureBlock(NamedBlock, LimitedBlock):
    """A picture with an alternative text, unless it only decorates."""

    image = ImageBlock(label=_("Picture"))
    decorative = blocks.BooleanBlock(
        label=_("Decorative only"), required=False, help_text=_("Readers who cannot see it miss nothing.")
    )
    alternative = DescriptionBlock(
        label=_("Alternative text"),
        help_text=_("What the picture shows here. Leave empty to use the alternative text of the library."),
    )
    caption = TranslatedBlock(label=_("Caption"))

    def clean(self, value):
        """Refuse a picture that is neither described nor marked as decorative."""
        value = super().clean(value)
        alternative = value["alternative"].for_reader().text or getattr(value["image"], "default_alt_text", "")
        is_deleted = isinstance(value["image"], DeletedChoice)
        if not self.is_deferred_validation and not value["decorative"] and not alternative and not is_deleted:
            message = _("Describe the picture, or mark it as decorative only.")
            raise blocks.StructBlockValidationError(block_errors={"alternative": ValidationError(message)})
        return value

    class Meta:
        icon = "image"
        label = _("Picture")
        description = _("A picture from the library, described in each language.")
        template = "blocks/picture.html"
        label_format = "{alternative} {caption}"  # not whether it is decorative
        preview_value = {"decorative": True}


class CalloutBlock(LimitedBlock):
    """Something that readers must not miss."""

    title = TranslatedBlock(label=_("Title"), help_text=_("A few words. Leave empty for a short text."))
    text = TranslatedRichTextBlock(required=True, label=_("Text"))
    tone = blocks.ChoiceBlock(
        choices=[("information", _("Information")), ("attention", _("Attention"))],
        default="information",
        label=_("Tone"),
        help_text=_("‘Attention’ is for what nobody may overlook."),
    )

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        description = _("Sets apart what readers must not miss. One or two per page at most.")
        template = "blocks/callout.html"
        preview_value = {
            "title": {"nl": "Goed om te weten", "fr": "Bon à savoir", "en": "Good to know"},
            "text": {
                "nl": "<p>Deze dienst is gratis.</p>",
                "fr": "<p>Ce service est gratuit.</p>",
                "en": "<p>This service is free of charge.</p>",
            },
            "tone": "information",
        }


class QuotationBlock(LimitedBlock):
    """The words of somebody else."""

    text = TranslatedTextBlock(required=True, label=_("Quotation"))
    attribution = TranslatedBlock(label=_("Who said it"), help_text=_("Name and function, or the document."))
    source_url = TranslatedURLBlock(label=_("Address of the source"))

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        description = _("The words of a person or a text, with who said them.")
        template = "blocks/quotation.html"
        preview_value = {
            "text": {"nl": "Laat niemand achter.", "fr": "Ne laisser personne de côté.", "en": "Leave no one behind."},
            "attribution": {"nl": "Agenda 2030", "fr": "Agenda 2030", "en": "2030 Agenda"},
        }


class AccordionItemBlock(blocks.StructBlock):
    """A question and its answer."""

    title = TranslatedBlock(required=True, label=_("Title"))
    text = TranslatedRichTextBlock(required=True, label=_("Text"))

    class Meta:
        icon = "help"
        label = _("Part")


class AccordionBlock(LimitedBlock):
    """Parts that open one by one."""

    items = blocks.ListBlock(
        AccordionItemBlock(), label=_("Parts"), help_text=_("Readers open each by itself: for what only some of them need.")
    )

    class Meta:
        icon = "bars"
        label = _("Accordion")
        description = _("Parts that readers open one by one. For details that few need; never for what all must read.")
        template = "blocks/accordion.html"
        preview_value = {
            "items": [
                {
                    "title": {"nl": "Wie beslist?", "fr": "Qui décide ?", "en": "Who decides?"},
                    "text": {"nl": "<p>Het bestuur.</p>", "fr": "<p>Le conseil.</p>", "en": "<p>The board.</p>"},
                }
            ]
        }


NO_TEXT = dict.fromkeys(LANGUAGES, "")  # the editor needs every language of a cell


class RowBlock(blocks.StructBlock):
    """A row of a table."""

    cells = blocks.ListBlock(TranslatedBlock(label=_("Cell")), label=_("Cells"))

    class Meta:
        icon = "grip"
        label = _("Row")


class TableBlock(LimitedBlock):
    """A table with a caption and headers; rows are list blocks, so that each cell keeps its address."""

    caption = TranslatedBlock(
        required=True,
        label=_("Caption"),
        help_text=_("What the table shows, in a line. Whoever listens to the page hears it first."),
    )
    columns = blocks.ListBlock(
        TranslatedBlock(required=True, label=_("Column")), default=[NO_TEXT] * 3, label=_("Headers of the columns")
    )
    rows = blocks.ListBlock(
        RowBlock(),
        default=[{"cells": [NO_TEXT] * 3}],
        label=_("Rows"),
        help_text=_("Copy cells from a spreadsheet and paste them into the first cell: they fill the others."),
    )

    def clean(self, value):
        """Refuse a row that has more or fewer cells than there are columns."""
        value = super().clean(value)
        width = len(value["columns"])
        wrong = [number for number, row in enumerate(value["rows"], 1) if len(row["cells"]) != width]
        if wrong and not self.is_deferred_validation:
            message = _("Row %(row)s does not have as many cells as there are columns.") % {"row": wrong[0]}
            raise blocks.StructBlockValidationError(block_errors={"rows": ValidationError(message)})
        return value

    class Meta:
        icon = "table"
        form_attrs = {"data-table": ""}
        label = _("Table")
        description = _("Rows and columns of short texts. The first cell of a row names it.")
        template = "blocks/table.html"
        preview_value = {
            "caption": {"nl": "Fasen", "fr": "Phases", "en": "Phases"},
            "columns": [{"nl": "Fase", "fr": "Phase", "en": "Phase"}, {"nl": "Jaren", "fr": "Années", "en": "Years"}],
            "rows": [{"cells": [{"nl": "1", "fr": "1", "en": "1"}, {"nl": "2013", "fr": "2013", "en": "2013"}]}],
        }


class TitledBlock(LimitedBlock):
    """Items within the text, below a title of their own."""

    title = TranslatedBlock(label=_("Title"), help_text=_("Leave empty where the heading above says it already."))


class FiguresBlock(TitledBlock):
    """Figures within the text."""

    items = blocks.ListBlock(FigureBlock(), label=_("Figures"))

    class Meta:
        icon = "order"
        label = _("Figures")
        description = _("Figures with their year and source, shown large.")
        template = "blocks/figures.html"
        preview_value = {
            "items": [
                {
                    "label": {"nl": "landen", "fr": "pays", "en": "countries"},
                    "value": "31",
                    "year": "2024",
                    "source": {"nl": "Eures", "fr": "Eures", "en": "EURES"},
                }
            ]
        }


class DocumentsBlock(TitledBlock):
    """Documents within the text."""

    items = blocks.ListBlock(DocumentItemBlock(), label=_("Documents"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Documents")
        description = _("Documents from the library, with their type and size.")
        template = "blocks/documents.html"
        preview_value = {"title": {"nl": "Documenten", "fr": "Documents", "en": "Documents"}}


class LinksBlock(TitledBlock):
    """Links to other sites within the text."""

    items = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        icon = "link-external"
        label = _("Links")
        description = _("Links to other sites, in the reader's language where the other site has it.")
        template = "blocks/links.html"
        preview_value = {
            "items": [{"label": {"nl": "Eures", "fr": "Eures", "en": "EURES"}, "url": {"en": "https://eures.europa.eu/"}}]
        }


class BodyBlock(blocks.StreamBlock):
    """The running part of every page."""

    heading = HeadingBlock()
    text = TextBlock()
    picture = PictureBlock()
    callout = CalloutBlock()
    quotation = QuotationBlock()
    accordion = AccordionBlock()
    table = TableBlock()
    figures = FiguresBlock()
    documents = DocumentsBlock()
    links = LinksBlock()
    levels = LevelsBlock()
    relations = RelationsBlock()
    details = DetailsBlock()

    class Meta:
        required = False
