"""Computes the `Standing` of an object, from its units and from what its languages remember.

Any page, snippet or setting of the project with translated texts has one. What only some of them have is read where it
is there: `live`, `has_unpublished_changes`, `latest_revision`, `alias_of_id`, and for the people who look after it
`responsible_id`, `owner_id` and `review_on`.
"""

import re
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone, translation
from wagtail.documents.models import AbstractDocument
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.log_actions import get_active_log_context

from languages.alignment import refresh
from languages.codes import LANGUAGES, OFFICIAL
from languages.lags import lags, moved_twins
from languages.open_texts import open_texts
from languages.parity import gaps
from languages.sorting import sort_key
from languages.standing import Standing
from languages.text_checks import content_models
from languages.texts import TAG, is_filled
from languages.units import translated_fields, units

UNTRANSLATED_KINDS = ("url", "own")  # an address leads elsewhere in each language, own words have no twin
LETTER = re.compile(r"\w")
CHANGE_FIELDS = ["changed_at", "changed_by"]
FLAG_FIELDS = ["is_live", "has_draft"]
STANDING_FIELDS = ["names", "order", "languages", "begun", "responsible", "review_on", "mirrors", *FLAG_FIELDS]


@cache
def standing_models():
    """Return the models whose objects stand in the table: those that hold texts in several languages."""
    return tuple(
        model
        for model in content_models()
        if not issubclass(model, (AbstractImage, AbstractDocument))
        and (translated_fields(model) or any(isinstance(field, StreamField) for field in model._meta.get_fields()))
    )


def work_by_language(texts, memory):
    """Return what there is to do in each language, as `Standing.languages`, for units and the memory of `languages.alignment`.

    Missing is what keeps an official language from being published, and in another language what readers see in an official
    one. Words are counted in the twin that has them; what is in translation has its words until it is done. Pure.
    """
    missing = {(unit.address, code) for pairs in (gaps(texts), missing_translations(texts)) for unit, code in pairs}
    behind = {(lag.address, lag.language): lag.twins[0][0] for lag in lags(memory)}
    by_address = {unit.address: unit for unit in texts}
    open_now = open_texts(memory)
    unfinished = {(text.address, text.language): followed_twin(memory, text, by_address[text.address]) for text in open_now}
    work = {code: work_in_language(code, texts, missing, behind, unfinished) for code in LANGUAGES}
    for code, numbers in work.items():
        numbers["unconfirmed"] = sum(text.is_unconfirmed for text in open_now if text.language == code)
    return work


def followed_twin(memory, text, unit):
    """Return the twin that an open text follows: one that changed, any where it was missing, None where it moves first."""
    moved = next((twin for twin, *_digests in moved_twins(memory, text.address, text.language)), None)
    return moved or (None if text.before else first_filled_twin(unit, text.language))


def work_in_language(code, texts, missing, behind, unfinished):
    """Return what there is to do in one language; a text that is missing is not behind as well."""
    to_mend, first_open, words = [], "", 0
    for unit in texts:
        place = (unit.address, code)
        if place in unfinished:
            first_open = first_open or unit.address
            words += count_words(unit, unfinished[place]) if unfinished[place] else 0
        elif place in missing or place in behind:
            to_mend.append(unit.address)
            words += count_words(unit, behind.get(place) or first_filled_twin(unit, code) or code)
    return {
        "missing": sum((address, code) in missing for address in to_mend),
        "behind": sum((address, code) not in missing for address in to_mend),
        "open": sum(language == code for _address, language in unfinished),
        "words": words,
        "first": to_mend[0] if to_mend else first_open,
        "filled": sum(is_filled(unit.texts[code]) for unit in texts if unit.kind not in UNTRANSLATED_KINDS),
    }


def begun_texts(memory):
    """Return what people have in translation, as `Standing.begun`. Pure."""
    entries = {}
    for text in open_texts(memory):
        if text.by is not None and not text.is_unconfirmed:
            first = {"by": text.by, "language": text.language, "number": 0, "since": text.since, "first": text.address}
            entry = entries.setdefault((text.by, text.language), first)
            entry["number"] += 1
            entry["since"] = min(entry["since"], text.since)
    return list(entries.values())


def missing_translations(texts):
    """Yield `(unit, language)` for each other language in which a text is empty that an official language has."""
    for unit in texts:
        if unit.kind not in UNTRANSLATED_KINDS and any(
            is_filled(unit.texts[code]) for code in OFFICIAL if code in unit.languages
        ):
            yield from ((unit, code) for code in unit.languages if code not in OFFICIAL and not is_filled(unit.texts[code]))


def first_filled_twin(unit, language):
    return next((code for code in unit.languages if code != language and is_filled(unit.texts[code])), None)


def count_words(unit, language):
    """Return how many words a translator reads in one language of a unit; a slug is made, and not translated."""
    if unit.kind == "slug":
        return 0
    return sum(1 for word in TAG.sub(" ", unit.texts[language]).split() if LETTER.search(word))


def compute_standing(instance, draft=None):
    """Return the unsaved `Standing` of an object; `draft` is its latest draft, where that is another instance. No query."""
    draft = draft or instance
    texts, names = list(units(draft)), {code: display_name(draft, code) for code in LANGUAGES}
    memory = refresh(getattr(draft, "alignment", {}), texts)
    moment, user = last_change(instance)
    return Standing(
        content_type=ContentType.objects.get_for_model(instance),
        object_id=instance.pk,
        names=names,
        order={code: sort_key(name)[0] for code, name in names.items()},
        languages=work_by_language(texts, memory),
        begun=begun_texts(memory),
        changed_at=moment,
        changed_by_id=user,
        responsible_id=getattr(draft, "responsible_id", None) or getattr(instance, "owner_id", None),
        review_on=getattr(draft, "review_on", None),
        mirrors=getattr(instance, "alias_of_id", None),
        **publication_flags(instance),
    )


def display_name(instance, code):
    """Return what an object is called for staff whose admin is in the language `code`."""
    with translation.override(code):
        return getattr(instance, "get_admin_display_title", instance.__str__)()


def last_change(instance):
    """Return when an object was changed last, and the key of whoever did it: that of its latest revision, or now."""
    revision = instance.latest_revision if getattr(instance, "latest_revision_id", None) else None
    if revision:
        return revision.created_at, revision.user_id
    user = get_active_log_context().user
    return getattr(instance, "latest_revision_created_at", None) or timezone.now(), user.pk if user else None


def publication_flags(instance):
    """Return whether readers see an object, and whether something waits to be published; entries are public at once."""
    return {"is_live": getattr(instance, "live", True), "has_draft": getattr(instance, "has_unpublished_changes", False)}
