"""Blocks of the pages that are no topics."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from languages.blocks import LimitedBlock, TranslatedBlock, TranslatedTextBlock, TranslatedURLBlock


class ChannelBlock(blocks.StructBlock):
    """A way to reach us."""

    kind = blocks.ChoiceBlock(
        choices=[("telephone", _("Telephone")), ("visit", _("Visit in person")), ("email", _("E-mail")), ("web", _("Website"))],
        label=_("Kind"),
        widget=forms.Select,
    )
    label = TranslatedBlock(required=True, label=_("Name"))
    value = blocks.CharBlock(
        label=_("Number or address"), max_length=200, required=False, help_text=_("As readers dial or write it.")
    )
    url = TranslatedURLBlock(label=_("Link"))
    note = TranslatedTextBlock(label=_("Note"), help_text=_("When somebody answers, or what this way is for."))

    language_neutral = ("value",)

    class Meta:
        icon = "mail"
        label = _("Channel")
        template = "blocks/channel.html"


class ExceptionBlock(blocks.StructBlock):
    """Content that is not accessible, why, and what readers can use instead."""

    content = TranslatedTextBlock(required=True, label=_("Content"), help_text=_("What cannot be read or used, and where."))
    ground = blocks.ChoiceBlock(
        choices=[
            ("not_conforming", _("Not compliant yet")),
            ("burden", _("Disproportionate burden")),
            ("out_of_scope", _("Outside the scope of the law")),
        ],
        default="not_conforming",
        label=_("Reason for the exception"),
        help_text=_("The law knows these three."),
    )
    why = TranslatedTextBlock(required=True, label=_("Why"))
    alternative = TranslatedTextBlock(label=_("What readers can use instead"))

    class Meta:
        icon = "warning"
        label = _("Content that is not accessible")


class DetailsBlock(LimitedBlock):
    """Who we are and where, from the settings of the site: typed once, right everywhere."""

    class Meta:
        icon = "site"
        label = _("Our details")
        description = _("Our address, telephone and enterprise number, as they stand in the settings of the site.")
        template = "blocks/details.html"
        preview_value = {"only_in": []}
