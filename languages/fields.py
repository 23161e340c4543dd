"""A StreamField whose blocks stay out of migrations."""

from wagtail import fields


class StreamField(fields.StreamField):
    """Wagtail's StreamField, but migrations record an empty list of blocks.

    With the blocks in them half of all migrations are noise, since a label is enough to make one. The price: a data migration
    sees the stored JSON (`get_prep_value()` of the raw stream) and not the blocks.
    """

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs
