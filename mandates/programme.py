"""What the managing authority of a programme of the European Union must publish about it.

Source: Regulation (EU) 2021/1060 on common provisions, articles 46 to 50 and annex IX: calls, the list of operations, and the
statement of co-funding with the emblem of the Union.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.fields import PartialDateBlock
from directory.references import DeletedChoice
from languages.blocks import TranslatedBlock, TranslatedRichTextBlock, TranslatedURLBlock
from pages.blocks import LinkBlock
from pages.blocks.choosers import DocumentBlock, ImageBlock
from staff_notes.readiness import Requirement

LAW = _("Regulation (EU) 2021/1060, articles 46 to 50: what the authority of a programme publishes")


class CallsBlock(LinkBlock):
    """Where the programme's calls for projects are."""

    class Meta:
        icon = "link-external"
        label = _("Calls for projects")
        description = _("The page with the programme’s open and upcoming calls.")


class OperationsBlock(blocks.StructBlock):
    """The list of the projects that get money, elsewhere or as a document of the library."""

    label = TranslatedBlock(required=True, label=_("Text of the link"))
    url = TranslatedURLBlock(label=_("Address of the list"))
    document = DocumentBlock(required=False, label=_("Or a document from the library"))
    updated_on = PartialDateBlock(label=_("Date of the list"))

    def clean(self, value):
        """Refuse a list that is nowhere to be found."""
        value = super().clean(value)
        is_deleted = isinstance(value["document"], DeletedChoice)
        if not self.is_deferred_validation and not value["document"] and not is_deleted and not value["url"].for_reader().text:
            message = _("Give the address of the list, or choose a document.")
            raise blocks.StructBlockValidationError(block_errors={"document": ValidationError(message)})
        return value

    class Meta:
        icon = "list-ul"
        label = _("List of operations")
        description = _("The projects that the programme supports, with the date of the list.")


class CoFundingBlock(blocks.StructBlock):
    """Who pays, in the wording that the programme prescribes."""

    text = TranslatedRichTextBlock(
        required=True, label=_("Statement"), help_text=_("In the words that the programme prescribes.")
    )
    emblem = ImageBlock(required=False, label=_("Emblem of the European Union"))

    class Meta:
        icon = "success"
        label = _("Co-funding statement")
        description = _("The exact wording of the co-funding statement, with the emblem of the European Union.")


class ProgrammeBlock(blocks.StreamBlock):
    """Each at most once; nothing is shown of what is not there."""

    calls = CallsBlock()
    operations = OperationsBlock()
    co_funding = CoFundingBlock()

    class Meta:
        required = False
        block_counts = {name: {"max_num": 1} for name in ("calls", "operations", "co_funding")}


def programme_needs(**authority):
    """Return what the page of a managing authority needs of its programme; `authority` are the fields that make it one."""
    return tuple(
        Requirement("programme", LAW, block.label, among=authority, is_there=partial(has_block, kind), must_exist=False)
        for kind, block in ProgrammeBlock().child_blocks.items()
    )


def has_block(kind, page):
    return any(block.block_type == kind for block in page.programme)
