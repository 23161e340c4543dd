"""Relations between pages, drawn as a diagram."""

from itertools import pairwise

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.models import Organisation
from directory.references import DeletedChoice, EntryChooserBlock
from languages.blocks import LimitedBlock, TranslatedBlock, TranslatedTextBlock
from pages.addresses import SECTION_DEPTH
from pages.blocks.choosers import PageBlock
from pages.blocks.named import NamedBlock
from pages.relations import relations


class RelationBlock(NamedBlock):
    """How one page hangs together with another page, or with an organisation of the directory."""

    page = PageBlock(label=_("From this page"))
    relation = TranslatedBlock(
        required=True,
        label=_("Words for the relation"),
        help_text=_("A few words that lead from the first to the second, such as ‘is funded by’."),
    )
    target = PageBlock(required=False, label=_("To this page"))
    organisation = EntryChooserBlock(Organisation, required=False, label=_("Or to this organisation"))

    def clean(self, value):
        """Refuse a relation that leads nowhere, to two places, or back to where it begins."""
        value = super().clean(value)
        if self.is_deferred_validation or any(isinstance(end, DeletedChoice) for end in value.values()):
            return value  # what was deleted says so at its field, and is not shown
        if bool(value["target"]) == bool(value["organisation"]):
            message = _("Choose either a page or an organisation.")
            raise blocks.StructBlockValidationError(block_errors={"target": ValidationError(message)})
        if value["target"] and value["page"] and value["target"].pk == value["page"].pk:
            message = _("A page cannot be related to itself.")
            raise blocks.StructBlockValidationError(block_errors={"target": ValidationError(message)})
        return value

    class Meta:
        icon = "link"
        label = _("Relation between two items")
        label_format = "{page} {relation} {target} {organisation}"


class RelationsBlock(LimitedBlock):
    """A diagram of pages and organisations, with the same as a table."""

    title = TranslatedBlock(required=True, label=_("Title"))
    intro = TranslatedTextBlock(label=_("Introduction"))
    pages = blocks.ListBlock(
        PageBlock(label=_("Page")),
        default=[],
        required=False,
        max_num=24,
        label=_("Pages to show"),
        help_text=_("In this order, below the heading of their section, including those without a relation."),
    )
    relations = blocks.ListBlock(RelationBlock(), default=[], required=False, max_num=30, label=_("Relations"))

    def get_context(self, value, parent_context=None):
        """Add what the diagram and the table show, from what was fetched for the whole page."""
        context = super().get_context(value, parent_context)
        return {**context, "diagram": relations(value, context.get("navigation"))}

    def get_preview_value(self):
        """Return pages of this site, so that the preview shows a diagram and not its empty frame."""
        site_page = self.child_blocks["pages"].child_block.target_model  # which is made of these blocks
        pages = list(site_page.objects.live().filter(depth__gt=SECTION_DEPTH).for_links()[:3])
        words = {"nl": "werkt samen met", "fr": "collabore avec", "en": "works with"}
        related = [{"page": one, "relation": words, "target": other} for one, other in pairwise(pages)]
        title = {"nl": "Hoe alles samenhangt", "fr": "Les liens", "en": "How it all fits together"}
        return self.normalize({"title": title, "pages": pages, "relations": related})

    class Meta:
        icon = "site"
        label = _("Diagram of relations")
        description = _("Shows how pages are related, as boxes joined by arrows. Each box leads to its page.")
        template = "blocks/relations.html"
        preview_value = {}
