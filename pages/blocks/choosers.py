"""What blocks choose from the site and its library; fetched for a whole page at once."""

from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from directory.references import PreloadedChooser
from pages.widgets import PageChooser


class PageBlock(PreloadedChooser, blocks.PageChooserBlock):
    """Chooses a page of this site."""

    def __init__(self, **kwargs):
        super().__init__(page_type="pages.SitePage", **kwargs)

    @cached_property
    def widget(self):
        return PageChooser(target_models=self.target_models)


class ImageBlock(PreloadedChooser, ImageChooserBlock):
    """Chooses a picture from the library."""


class DocumentBlock(PreloadedChooser, DocumentChooserBlock):
    """Chooses a document from the library."""
