"""Who does what at which level, drawn as bands one below the other."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from directory.models import Organisation
from directory.references import DeletedChoice, EntryChooserBlock
from languages.blocks import LimitedBlock, TranslatedBlock, TranslatedTextBlock
from pages.addresses import SECTION_DEPTH
from pages.blocks.choosers import PageBlock
from pages.blocks.named import NamedBlock
from pages.levels import levels


class ActorBlock(NamedBlock):
    """A page or an organisation, and what it does at this level."""

    page = PageBlock(required=False, label=_("Page"))
    organisation = EntryChooserBlock(Organisation, required=False, label=_("Or this organisation"))
    words = TranslatedBlock(required=True, label=_("What it does"), help_text=_("A few words, without a full stop."))

    def clean(self, value):
        """Refuse neither and both."""
        value = super().clean(value)
        if self.is_deferred_validation or any(isinstance(end, DeletedChoice) for end in value.values()):
            return value
        if bool(value["page"]) == bool(value["organisation"]):
            message = _("Choose either a page or an organisation.")
            raise blocks.StructBlockValidationError(block_errors={"page": ValidationError(message)})
        return value

    class Meta:
        icon = "group"
        label = _("Who, and what")
        label_format = "{page} {organisation} {words}"


class LevelBlock(NamedBlock):
    """One level, such as Europe."""

    name = TranslatedBlock(required=True, label=_("Name"))
    role = TranslatedBlock(
        label=_("What happens there"), help_text=_("In a line: what is decided, paid or done at this level.")
    )
    actors = blocks.ListBlock(ActorBlock(), default=[], max_num=8, label=_("Who does what"))

    class Meta:
        icon = "grip"
        label = _("Level")
        label_format = "{name}"


class LevelsBlock(LimitedBlock):
    """Levels one below the other, from the widest to the nearest."""

    title = TranslatedBlock(required=True, label=_("Title"))
    intro = TranslatedTextBlock(label=_("Introduction"))
    levels = blocks.ListBlock(
        LevelBlock(),
        default=[],
        max_num=4,
        label=_("Levels, the widest first"),
        help_text=_("Such as Europe, Belgium, Brussels."),
    )

    def get_context(self, value, parent_context=None):
        """Add what is drawn, from what was fetched for the whole page."""
        return {**super().get_context(value, parent_context), "levels": levels(value)}

    def get_preview_value(self):
        """Return pages of this site, so that the preview shows levels and not their empty frame."""
        site_page = self.child_blocks["levels"].child_block.child_blocks["actors"].child_block.child_blocks["page"].target_model
        pages = list(site_page.objects.live().filter(depth__gt=SECTION_DEPTH).for_links()[:3])
        names = (
            {"nl": "Europa", "fr": "Europe", "en": "Europe"},
            {"nl": "België", "fr": "Belgique", "en": "Belgium"},
            {"nl": "Brussel", "fr": "Bruxelles", "en": "Brussels"},
        )
        words = {"nl": "werkt hier aan mee", "fr": "y contribue", "en": "contributes to it"}
        actors = [{"page": page, "words": words} for page in pages]
        return self.normalize({"title": self.preview_title, "levels": [{"name": name, "actors": actors} for name in names]})

    preview_title = {"nl": "Wie doet wat?", "fr": "Qui fait quoi ?", "en": "Who does what?"}

    class Meta:
        icon = "list-ol"
        label = _("Who does what at which level")
        description = _("Bands one below the other, from Europe to Brussels, with who does what in each.")
        template = "blocks/levels.html"
        preview_value = {}
