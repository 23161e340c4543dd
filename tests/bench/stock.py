"""Our content in stock Wagtail, to compare with: none of our panels, forms, streams, memory or search.

For the editor a mandate, once with one language, as any site in one language has it, and once with as many fields as ours: a
field per text and language. Derived from our own model, so that both follow it. For the search a page of plain texts.
Installed by the settings of the benchmarks only.
"""

from django.db import models
from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.streams import items
from languages.units import translated_fields
from mandates.models import MandatePage

OF = MandatePage  # the kind of the longest page


def names_in(languages):
    """Return a function from the name of a text to `(language, name of its field)` in a form that has these languages."""
    return lambda name: [(code, name if len(languages) == 1 else f"{name}_{code}") for code in languages]


def content_fields(model):
    """Yield each field that the form of `model` shows and that stock pages lack, and whether it is translated."""
    shown, translated = model.get_edit_handler().get_form_class().base_fields, translated_fields(model)
    of_one_language = {f"{name}_{code}" for name in translated for code in LANGUAGES}
    for field in model._meta.get_fields():
        if field.name in translated:
            yield field, True
        elif field.name in shown and field.name not in of_one_language and not hasattr(Page, field.name):
            yield field, False


def stock_field(field, languages):
    """Return a field of a stock page for one of ours."""
    if isinstance(field, StreamField):
        return StreamField(stock_block(field.stream_block, languages), blank=True)
    copied = field.clone()
    if isinstance(copied, models.ForeignKey):
        copied.remote_field.related_name = "+"
    copied.blank = True
    return copied


def stock_block(block, languages):
    """Return a stock block with the content of one of ours: a translated text is one field, or a group of them."""
    if isinstance(block, TranslatedBlock):
        language_block = type(block).language_block
        if len(languages) == 1:
            return language_block(block, label=block.label, required=False)
        return blocks.StructBlock(
            [(code, language_block(block, label=code, required=False)) for code in languages], label=block.label
        )
    label = getattr(block.meta, "label", None)
    if isinstance(block, blocks.ListBlock):
        return blocks.ListBlock(stock_block(block.child_block, languages), label=label, required=False)
    if isinstance(block, (blocks.StructBlock, blocks.StreamBlock)):
        kind = blocks.StructBlock if isinstance(block, blocks.StructBlock) else blocks.StreamBlock
        children = [(name, stock_block(child, languages)) for name, child in block.child_blocks.items()]
        return kind(children, label=label, required=False)
    return block


def stock_value(block, raw, languages):
    """Return the stored value of a `stock_block` for one of ours."""
    if isinstance(block, TranslatedBlock):
        texts = block.texts(raw)
        return texts.get(languages[0], "") if len(languages) == 1 else {code: texts.get(code, "") for code in languages}
    if isinstance(block, blocks.StructBlock):
        return {
            name: stock_value(child, raw[name], languages) for name, child in block.child_blocks.items() if name in (raw or {})
        }
    if isinstance(block, (blocks.StreamBlock, blocks.ListBlock)):
        return [{**item, "value": stock_value(child, item["value"], languages)} for child, item in items(block, raw)]
    return raw


def stock_page(name, of, languages):
    """Return a stock page model called `name` with the content of `of`; `filled` gives a new page what one of ours says."""
    fields = {}
    for field, is_translated in content_fields(of):
        for _code, own in names_in(languages)(field.name) if is_translated else [(None, field.name)]:
            fields[own] = stock_field(field, languages)

    def filled(cls, page):
        values = {}
        for field, is_translated in content_fields(of):
            if is_translated:
                for code, own in names_in(languages)(field.name):
                    values[own] = getattr(page, f"{field.name}_{code}") or ""
            elif isinstance(field, StreamField):
                values[field.name] = stock_value(field.stream_block, getattr(page, field.name).get_prep_value(), languages)
            else:
                values[field.name] = getattr(page, field.name)
        return cls(title=page.title, slug=f"{name}-{page.slug}".lower(), **values)

    def contents(page):
        """What the page says beside its title, as (name of the field, value)."""
        return [
            (field.verbose_name, getattr(page, field.name)) for field in type(page)._meta.local_fields if field.name in fields
        ]

    return type(
        name,
        (Page,),
        {
            "__module__": __name__,
            "contents": contents,
            "content_panels": [*Page.content_panels, *map(FieldPanel, fields)],
            "filled": classmethod(filled),
            "Meta": type("Meta", (), {"app_label": "bench"}),
            **fields,
        },
    )


OneLanguage = stock_page("OneLanguage", OF, LANGUAGES[:1])
AsManyFields = stock_page("AsManyFields", OF, LANGUAGES)


class SearchedPage(Page):
    """The texts of a page in three languages, searched as Wagtail does it: all of them in one vector."""

    search_fields = [
        *Page.search_fields,
        *(index.SearchField(f"heading_{code}", boost=2) for code in LANGUAGES),
        *(index.SearchField(f"{name}_{code}") for name in ("summary", "text") for code in LANGUAGES),
    ]

    class Meta:
        app_label = "bench"


for name in ("heading", "summary", "text"):
    for code in LANGUAGES:
        SearchedPage.add_to_class(f"{name}_{code}", models.TextField(blank=True))
MODELS = (OneLanguage, AsManyFields, SearchedPage)
