"""What blocks are called in the form."""

import re

from wagtail.blocks import BaseStreamBlock, ListBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.models import get_page_models

from pages.blocks.named import NamedBlock


def blocks_below(block):
    """Yield a block and all that it is made of."""
    yield block
    if isinstance(block, ListBlock):
        yield from blocks_below(block.child_block)
    elif isinstance(block, StructBlock | BaseStreamBlock):
        for child in block.child_blocks.values():
            yield from blocks_below(child)


def test_whatever_is_called_after_several_texts_is_a_block_that_leaves_out_the_empty_ones():
    fields = [field for model in get_page_models() for field in model._meta.get_fields() if isinstance(field, StreamField)]
    named = [one for field in fields for one in blocks_below(field.stream_block) if getattr(one.meta, "label_format", None)]
    assert {type(one).__name__ for one in named} >= {"PictureBlock", "ActorBlock", "RelationBlock", "FigureBlock"}
    assert all(isinstance(one, NamedBlock) for one in named)
    for one in named:
        assert set(re.findall(r"\{(\w+)\}", one.meta.label_format)) <= set(one.child_blocks)
