"""How Wagtail's comparison of two versions shows our fields: only what changed, word by word, each text in its language.

What reads alike is no change (`languages.normalising`), nor is nothing in place of nothing.
"""

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import FieldComparison, M2MFieldComparison, register_comparison_class
from wagtail.fields import RichTextField

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES, current_language, name_in
from languages.fields import StreamField
from languages.normalising import fact_digest, normalise
from languages.streams import items_by_id
from languages.texts import texts_by_language
from languages.units import kind_of, stored_stream
from languages.value_labels import value_label
from languages.word_diff import mark_changes

CHANGE = '<span class="difference"{}>{}</span>'


class TextComparison(FieldComparison):
    """One text of a model, in one language or in none."""

    def __init__(self, field, before, after):
        super().__init__(field, before, after)
        self.kind, self.language = kind_of(field), getattr(field, "language", "")

    def field_label(self):
        of = getattr(self.field, "translated_field", self.field)
        return label_in_language(capfirst(of.verbose_name), self.language)

    def has_changed(self):
        return normalise(self.val_a, self.kind) != normalise(self.val_b, self.kind)

    def htmldiff(self):
        return render_change(mark_changes(self.val_a, self.val_b, self.kind), self.language)


class FactComparison(FieldComparison):
    """A date, a number, a reference."""

    def has_changed(self):
        return fact_digest(self.val_a) != fact_digest(self.val_b)

    def htmldiff(self):
        return render_change(render_replacement(self.field.formfield(), self.val_a, self.val_b))


class StreamComparison(FieldComparison):
    """A stream: the blocks that are new, gone or changed, and of these the parts that changed."""

    def __init__(self, field, before, after):
        super().__init__(field, before, after)
        self.before, self.after = (items_by_id(field.stream_block, stored_stream(one, field)) for one in (before, after))

    def has_changed(self):
        return bool(self.changes) or is_reordered(self.before, self.after)

    @cached_property
    def changes(self):
        """The blocks that changed: `(class of Wagtail's styles, label, lines)`."""
        changed_blocks = []
        for key in {**self.after, **self.before}:
            old, new = self.before.get(key), self.after.get(key)
            block = (new or old)[0]
            lines = list(block_changes(block, item_value(old, block), item_value(new, block)))
            if lines or not (old and new):
                changed_blocks.append(("" if old and new else "addition" if new else "deletion", block.label, lines))
        return changed_blocks

    def htmldiff(self):
        parts = [
            format_html(
                '<div class="comparison__child-object {}"><strong>{}</strong><dl class="comparison__list">{}</dl></div>',
                kind,
                label,
                format_html_join("", "<dt>{}</dt><dd>{}</dd>", lines),
            )
            for kind, label, lines in self.changes
        ]
        if is_reordered(self.before, self.after):
            parts.append(format_html("<p>{}</p>", _("Blocks stand in another order.")))
        return format_html_join("", "{}", ((part,) for part in parts))


def block_changes(block, before, after, labels=()):
    """Yield `(label, HTML)` for each text and fact that differs between two stored values of a block; None is no block."""
    if isinstance(block, TranslatedBlock):
        sides = [texts_by_language(block.texts(side)) for side in (before, after)]
        for code in LANGUAGES:
            old, new = (side[code] for side in sides)
            if normalise(old, block.kind) != normalise(new, block.kind):
                yield label_in_language(join_labels(labels), code), render_change(mark_changes(old, new, block.kind), code)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            sides = [(side or {}).get(name) for side in (before, after)]
            yield from block_changes(child, *sides, (*labels, child.label))
    elif isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        old, new = items_by_id(block, before), items_by_id(block, after)
        for key in {**new, **old}:
            child = (new.get(key) or old[key])[0]
            yield from block_changes(
                child, item_value(old.get(key), child), item_value(new.get(key), child), (*labels, child.label)
            )
        if is_reordered(old, new):
            yield join_labels(labels), _("Blocks stand in another order.")
    elif fact_digest(before) != fact_digest(after):
        yield join_labels(labels), render_change(render_replacement(block.field, before, after))


def item_value(item, block):
    """Return the stored value of an item, None where there is none of this kind of block."""
    return item[1]["value"] if item and item[0] is block else None


def is_reordered(before, after):
    """Say whether what is on both sides stands in another order."""
    return [key for key in before if key in after] != [key for key in after if key in before]


def render_replacement(field, before, after):
    """Return a fact of before and one of now as HTML, apart from each other."""
    sides = [("del", value_label(field, before)), ("ins", value_label(field, after))]
    return format_html_join(" ", "<{0}>{1}</{0}>", ((name, text) for name, text in sides if text))


def render_change(html, language=""):
    return format_html(CHANGE, format_html(' lang="{}"', language) if language else "", html)


def join_labels(labels):
    return " – ".join(str(label) for label in dict.fromkeys(labels) if label)


def label_in_language(label, language):
    """Return a label with the language that it is about."""
    return f"{label} ({name_in(language, current_language())})" if language else str(label)


def register_comparisons():
    """Let Wagtail compare with these."""
    register_comparison_class(models.Field, comparison_class=FactComparison)
    register_comparison_class(models.ForeignKey, comparison_class=FactComparison)
    register_comparison_class(models.ManyToManyField, comparison_class=M2MFieldComparison)
    for field in (models.CharField, models.TextField, RichTextField):
        register_comparison_class(field, comparison_class=TextComparison)
    register_comparison_class(StreamField, comparison_class=StreamComparison)
