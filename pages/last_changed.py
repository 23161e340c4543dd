"""When what readers of a language see last changed: a date per language, as each is translated at its own pace."""

from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.normalising import normalise
from languages.streams import leaves
from languages.units import stored_stream, translated_fields, units

NOT_SEEN = {"change_note"}  # it speaks of the page, and is no part of it


def live_before(page):
    """Return the page as readers see it until now, None where they see none. Makes one query."""
    return type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None


def seen_anew(page, before):
    """Return the languages in which readers of `page` will see something else than they did in `before`. Pure.

    A change that belongs to no language (a date, a picture, the order of blocks) counts for all that see it.
    """
    own = [code for code in LANGUAGES if any(spoken(page, code).values())]
    if before is None:
        return own
    return [code for code in own if seen(page, code) != seen(before, code)]


def noted(page, changed, moment):
    """Return `page.changed_at` with `moment`, a time in ISO form, at each of the languages `changed`."""
    return {
        code: moment if code in changed else page.changed_at.get(code, moment)
        for code in LANGUAGES
        if any(spoken(page, code).values())
    }


def seen(page, language):
    """Return what readers of a language see: two versions of a page that they could not tell apart are equal."""
    return spoken(page, language), neutral(page, language)


def spoken(page, language):
    """Return the page's texts in one language, as texts are compared, by address; what shows nothing is left out."""
    found = {
        unit.address: normalise(unit.texts[language], unit.kind)
        for unit in units(page)
        if unit.address not in NOT_SEEN and language in unit.languages
    }
    return {address: text for address, text in found.items() if text}


def neutral(page, language):
    """Return what the page shows beside its texts: its type's own columns, and the other leaves of streams in their order."""
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
        for leaf in leaves(field.stream_block, stored_stream(page, field), (field.name,))
        if language in leaf.languages and not is_silent(leaf, language)
    ]
    return columns, inner


def is_silent(leaf, language):
    """Say whether a leaf shows nothing to readers of a language: an empty text, or the choice of its block's languages."""
    is_empty = isinstance(leaf.block, TranslatedBlock) and not normalise(leaf.raw.get(language), leaf.block.kind)
    return is_empty or leaf.address[-1] == "only_in"
