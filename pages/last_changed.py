"""When the page last changed for readers of each language, as each is translated at its own pace."""

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from modeltranslation.fields import TranslationField
from wagtail.fields import StreamField

from languages.blocks import TranslatedBlock
from languages.codes import LANGUAGES
from languages.normalising import normalise
from languages.streams import leaves
from languages.units import stored_stream, translated_fields, units

NOT_SEEN = {"change_note"}  # it speaks of the page, and is no part of it
PICTURES = ("illustration", "photograph")  # of the columns that all types of page have, those that readers see beside texts


def moment_of_change(page, language):
    """Return when a page last changed for readers of a language, in ISO form; "" on the day on which it first appeared.

    The day of the first loading stands on every page alike, and would tell readers nothing.
    """
    moment = page.changed_at.get(language, "")
    if not moment or not page.first_published_at:
        return moment
    changed_on, appeared_on = (timezone.localdate(one) for one in (parse_datetime(moment), page.first_published_at))
    return moment if changed_on > appeared_on else ""


def live_version(page):
    """Return the page as readers see it until now, None where they see none. Makes one query."""
    return type(page).objects.filter(pk=page.pk, live=True).first() if page.pk else None


def changed_languages(page, before):
    """Return the languages in which readers of `page` will see something else than they did in `before`. Pure.

    A change that belongs to no language (a date, a picture, the order of blocks) counts for all that see it.
    """
    own = [code for code in LANGUAGES if any(texts_in(page, code).values())]
    if before is None:
        return own
    return [code for code in own if reader_view(page, code) != reader_view(before, code)]


def updated_times(page, changed, moment):
    """Return `page.changed_at` with `moment`, a time in ISO form, at each of the languages `changed`."""
    return {
        code: moment if code in changed else page.changed_at.get(code, moment)
        for code in LANGUAGES
        if any(texts_in(page, code).values())
    }


def reader_view(page, language):
    """Return what readers of a language see: two versions of a page that they could not tell apart are equal."""
    return texts_in(page, language), neutral_values(page, language)


def texts_in(page, language):
    """Return the page's texts in one language, as texts are compared, by address; what shows nothing is left out."""
    texts = {
        unit.address: normalise(unit.texts[language], unit.kind)
        for unit in units(page)
        if unit.address not in NOT_SEEN and language in unit.languages
    }
    return {address: text for address, text in texts.items() if text}


def neutral_values(page, language):
    """Return what the page shows beside its texts: pictures, its type's columns, the other leaves of streams in order."""
    translated = set(translated_fields(type(page)))
    column_values = [
        (field.name, field.value_from_object(page))
        for field in [*map(page._meta.get_field, PICTURES), *page._meta.local_fields]
        if not isinstance(field, (StreamField, TranslationField)) and field.name not in translated
    ]
    leaf_values = [
        (leaf.address, None if isinstance(leaf.block, TranslatedBlock) else leaf.raw)
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
        for leaf in leaves(field.stream_block, stored_stream(page, field), (field.name,))
        if language in leaf.languages and not is_empty_for(leaf, language)
    ]
    return column_values, leaf_values


def is_empty_for(leaf, language):
    """Say whether a leaf shows nothing to readers of a language: an empty text, or the choice of its block's languages."""
    is_empty = isinstance(leaf.block, TranslatedBlock) and not normalise(leaf.raw.get(language), leaf.block.kind)
    return is_empty or leaf.address[-1] == "only_in"
