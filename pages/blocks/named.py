"""Blocks that are called after several of their texts in the form."""

from django.forms import Media
from django.utils.functional import cached_property
from wagtail.admin.telepath import register
from wagtail.blocks import StructBlock
from wagtail.blocks.struct_block import StructBlockAdapter


class NamedBlock(StructBlock):
    """A block called after several of its texts, in whose heading nothing stands for the empty ones: Wagtail puts "null"."""


class NamedBlockAdapter(StructBlockAdapter):
    js_constructor = "pages.blocks.NamedBlock"

    @cached_property
    def media(self):
        return super().media + Media(js=["js/editor/named_blocks.js"])


register(NamedBlockAdapter(), NamedBlock)
