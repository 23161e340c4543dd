"""A StreamField whose blocks stay out of migrations, and which a forged form cannot bring down."""

import json
from uuid import uuid4
from weakref import WeakKeyDictionary

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import trans_real
from wagtail import blocks, fields
from wagtail.admin.telepath import JSContext
from wagtail.blocks.base import BlockField, BlockWidget
from wagtail.blocks.list_block import ListValue

from languages.widgets import set_block_attributes

INCOMPLETE = _(
    "This part of the form did not arrive whole, so nothing was saved. What stands here now is what was there before."
)


class Unreadable:
    """Sentinel for posted data that cannot be read as a stream: announced blocks, or their order, are missing."""


class WholeBlockWidget(BlockWidget):
    """Reads a stream from a form, or says that it cannot; packs its blocks for the browser once for each catalogue in use."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # By the catalogue whose words they hold, and no longer than it; shared by the copies that each form makes of a widget.
        self.packed = WeakKeyDictionary()

    def pack(self):
        """Return the context of scripts and the JSON with which a browser draws the blocks: a third of the time of a form."""
        catalogue = trans_real.catalog()
        if catalogue not in self.packed:
            context = JSContext()
            self.packed[catalogue] = context, json.dumps(context.pack(self.block_def))
        return self.packed[catalogue]

    @property
    def js_context(self):
        return self.pack()[0]

    @property
    def block_json(self):
        return self.pack()[1]

    def value_from_datadict(self, data, files, name):
        try:
            value = super().value_from_datadict(data, files, name)
        except (LookupError, TypeError, ValueError):
            return Unreadable
        give_unique_ids(value)
        return value


def give_unique_ids(value):
    """Give a block or an item of a list an id of its own where one beside it has the same: ids are the addresses of texts."""
    if isinstance(value, blocks.StructValue):
        for child in value.values():
            give_unique_ids(child)
    elif isinstance(value, (blocks.StreamValue, ListValue)):
        ids = set()
        for child in value.bound_blocks if isinstance(value, ListValue) else value:
            if child.id in ids:
                child.id = str(uuid4())
            ids.add(child.id)
            give_unique_ids(child.value)


class WholeBlockField(BlockField):
    """A form's stream that refuses data which is none, and then shows what was there before."""

    def __init__(self, block=None, **kwargs):
        super().__init__(block, **{"widget": WholeBlockWidget(block), **kwargs})
        set_block_attributes(block)  # not before: editors of rich text are known only once all apps are

    def clean(self, value):
        if value is Unreadable:
            raise ValidationError(INCOMPLETE, code="not_whole")
        return super().clean(value)

    def bound_data(self, data, initial):
        return initial if data is Unreadable else super().bound_data(data, initial)

    def has_changed(self, initial, data):
        return data is not Unreadable and super().has_changed(initial, data)


class StreamField(fields.StreamField):
    """Wagtail's StreamField, but migrations record an empty list of blocks, and its form refuses what is no stream.

    With the blocks in them half of all migrations are noise, since a label is enough to make one. The price: a data migration
    sees the stored JSON (`get_prep_value()` of the raw stream) and not the blocks.
    """

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [[]], kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": WholeBlockField, **kwargs})
