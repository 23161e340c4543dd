"""What blocks choose from the site and its library; fetched for a whole page at once."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from directory.references import Preloaded


class PageBlock(Preloaded, blocks.PageChooserBlock):
    """Chooses a page of this site."""

    def __init__(self, **kwargs):
        super().__init__(page_type="pages.SitePage", **kwargs)


class ImageBlock(Preloaded, ImageChooserBlock):
    """Chooses a picture from the library."""


class DocumentBlock(Preloaded, DocumentChooserBlock):
    """Chooses a document from the library."""
