"""What fields tell the browser: in which language a text is, and how long it may be."""

from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock

from languages.blocks import TranslatedBlock


def set_attributes(field, language=""):
    """Let the widget of a form's field say its language, and its limit as `data-max-length`.

    With `maxlength` browsers cut off what somebody pastes, without a word; the field itself refuses what is too long, and says
    by how much.
    """
    attrs = field.widget.attrs
    if language:
        attrs["lang"] = language
    limit = attrs.pop("maxlength", None)
    if limit:
        attrs["data-max-length"] = limit


def set_form_attributes(form, languages):
    """Apply `set_attributes` to every field of a form; `languages` maps their names to their languages."""
    for name, field in form.fields.items():
        set_attributes(field, languages.get(name, ""))


def set_block_attributes(block):
    """Apply `set_attributes` to every field within a block."""
    if isinstance(block, TranslatedBlock):
        for code, child in block.child_blocks.items():
            set_attributes(child.field, code if block.kind != "url" else "")
    elif isinstance(block, (blocks.StructBlock, blocks.StreamBlock)):
        for child in block.child_blocks.values():
            set_block_attributes(child)
    elif isinstance(block, blocks.ListBlock):
        set_block_attributes(block.child_block)
    elif isinstance(block, blocks.FieldBlock) and not isinstance(block, ChooserBlock):
        set_attributes(block.field)
