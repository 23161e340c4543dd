"""Figures, never without their year and source, and what they were before."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from languages.blocks import TranslatedBlock, TranslatedURLBlock
from languages.numbers import ascii_minus
from pages.blocks.named import NamedBlock

NUMBER = RegexValidator(r"^-?\d+(\.\d+)?\Z", _("Write a plain number, with a point for decimals: 9500 or 98.5."))
YEARS = RegexValidator(r"^\d{4}([-–]\d{4})?\Z", _("Write a year (2023) or a span (2023-2025)."))


class NumberBlock(blocks.CharBlock):
    """A plain number. It is stored as programs read it, whatever minus sign was typed or pasted."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, validators=[NUMBER], **kwargs)

    def value_for_form(self, value):
        return ascii_minus(super().value_for_form(value))


class EarlierValueBlock(NamedBlock):
    """What a figure was before, with a year and source of its own."""

    prefix = TranslatedBlock(label=_("Words before the value"), help_text=_("Such as ‘more than’. Mostly left empty."))
    value = NumberBlock(
        label=_("Value"), help_text=_("Digits, with a point for decimals: 1600 or 9.5. Each language writes it in its own way.")
    )
    year = blocks.CharBlock(
        label=_("Year"), max_length=9, validators=[YEARS], help_text=_("Such as 2025, or 2021-2027 for a period.")
    )
    comparable = blocks.BooleanBlock(
        label=_("Counts the same thing, in the same way"),
        required=False,
        help_text=_("Only then does a line join it to today’s value. Otherwise, say below what it counts."),
    )
    year_note = TranslatedBlock(label=_("Note on the year, or on what is counted"))
    source = TranslatedBlock(required=True, label=_("Source"), help_text=_("Who published the number, and in what."))
    source_url = TranslatedURLBlock(
        label=_("Address of the source"), help_text=_("The page or document in which it stands, in each language.")
    )

    language_neutral = ("value", "year")

    class Meta:
        icon = "history"
        label = _("Earlier value")
        label_format = "{year}: {value}"


class FigureBlock(NamedBlock):
    """A figure, never without its year and source."""

    label = TranslatedBlock(required=True, label=_("What is counted"), help_text=_("A few words beside the number."))
    prefix = TranslatedBlock(label=_("Words before the value"), help_text=_("Such as ‘more than’. Mostly left empty."))
    value = NumberBlock(
        label=_("Value"), help_text=_("Digits, with a point for decimals: 1600 or 9.5. Each language writes it in its own way.")
    )
    unit = TranslatedBlock(label=_("Unit"), help_text=_("Such as %. Leave empty where only something is counted."))
    year = blocks.CharBlock(
        label=_("Year"), max_length=9, validators=[YEARS], help_text=_("Such as 2025, or 2021-2027 for a period.")
    )
    year_note = TranslatedBlock(label=_("Note on the year"), help_text=_("Such as ‘at the end of June’. Mostly left empty."))
    source = TranslatedBlock(required=True, label=_("Source"), help_text=_("Who published the number, and in what."))
    source_url = TranslatedURLBlock(
        label=_("Address of the source"), help_text=_("The page or document in which it stands, in each language.")
    )
    verified = blocks.BooleanBlock(
        label=_("Checked against the source"), required=False, help_text=_("For staff only: readers never see this mark.")
    )
    earlier = blocks.ListBlock(
        EarlierValueBlock(),
        default=[],
        required=False,
        max_num=24,
        label=_("Earlier values"),
        help_text=_(
            "As soon as there is one, readers see a small chart of the values over the years and a table with every source."
        ),
    )

    language_neutral = ("value", "year")

    class Meta:
        icon = "order"
        label = _("Figure")
        template = "blocks/figure.html"
        label_format = "{value} {label}"
