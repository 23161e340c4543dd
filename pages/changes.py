"""When what readers of a language see last changed: a date per language, as each is translated at its own pace."""

from django.utils import timezone
from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.streams import leaves
from languages.units import stored, translated_fields, units


def noted(page):
    """Return `page.changed_at` with today's time at each language in which readers will see something else than before.

    A change that belongs to no language (a date, a picture, the order of blocks) counts for all. Makes one query.
    """
    before = type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None
    now = timezone.now().isoformat(timespec="seconds")
    if before is None or neutral(page) != neutral(before):
        return {code: now for code in LANGUAGES if any(spoken(page, code).values())}
    return {
        code: now if spoken(page, code) != spoken(before, code) else page.changed_at.get(code, now)
        for code in LANGUAGES
        if any(spoken(page, code).values())
    }


def spoken(page, language):
    """Return the page's texts in one language, by address."""
    return {unit.address: unit.texts[language] for unit in units(page)}


def neutral(page):
    """Return what the page shows in every language alike: its type's own columns, and the leaves of streams without text."""
    translated = set(translated_fields(type(page)))
    columns = [
        (field.name, field.value_from_object(page))
        for field in page._meta.local_fields
        if not isinstance(field, (StreamField, TranslationField)) and field.name not in translated
    ]
    inner = [
        (leaf.address, None if isinstance(leaf.block, TranslatedBlock) else leaf.raw)
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for leaf in leaves(field.stream_block, stored(page, field), (field.name,))
    ]
    return columns, inner
