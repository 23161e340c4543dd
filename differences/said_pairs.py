"""What objects say in two languages: kept, so that each can be compared with all others, and read from the others' drafts."""

from django.contrib.contenttypes.models import ContentType

from differences.models import SaidPair
from languages.alignment import refresh
from languages.twin_checks.elsewhere import OtherText, text_pairs
from languages.units import units
from languages.versions import latest_versions

MOST = 5  # texts of other objects beside one: of more nobody reads the rest
# Given the pairs of texts of an object (a target and its source), the pairs of other objects with the same target and another
# source: of each such source the row that came first, unless the object itself said its pair before. `source < … UNION ALL
# source > …` instead of `<>` lets the index pass over the rows with the same source, which may be thousands.
SAID_BEFORE = """
    WITH ours AS (SELECT id FROM languages_standing WHERE content_type_id = %(kind)s AND object_id = %(key)s)
    SELECT * FROM (
    SELECT found.*, row_number() OVER (PARTITION BY target, own_source ORDER BY id) AS number FROM (
    SELECT DISTINCT ON (own.target, own.source, other.source)
        other.*, own.source AS own_source, place.content_type_id, place.object_id
    FROM unnest(%(targets)s::bigint[], %(sources)s::bigint[]) AS own (target, source)
    CROSS JOIN LATERAL (
        SELECT * FROM differences_saidpair WHERE target = own.target AND source < own.source
        UNION ALL
        SELECT * FROM differences_saidpair WHERE target = own.target AND source > own.source
    ) AS other
    JOIN languages_standing AS place ON place.id = other.standing_id
    WHERE place.id IS DISTINCT FROM (SELECT id FROM ours) AND NOT EXISTS (
        SELECT FROM differences_saidpair AS mine
        WHERE mine.target = own.target AND mine.source = own.source
            AND mine.standing_id = (SELECT id FROM ours) AND mine.id < other.id
    )
    ORDER BY own.target, own.source, other.source, other.id
    ) AS found
    ) AS numbered WHERE number <= %(most)s ORDER BY target, own_source, id
"""


def pairs_of(instance, texts):
    """Return `{(target, source): TextPair}` of an object with these units. Makes no query."""
    return text_pairs(texts, refresh(getattr(instance, "alignment", {}), texts))


def store_pairs(standing, pairs):
    """Keep what the object of a row says; what it said before keeps its row. One query, and one each for what went and came."""
    before = {(row.target, row.source): row.pk for row in SaidPair.objects.filter(standing=standing)}
    if lost := [key for numbers, key in before.items() if numbers not in pairs]:
        SaidPair.objects.filter(pk__in=lost).delete()
    fresh = [numbers for numbers in pairs if numbers not in before]
    SaidPair.objects.bulk_create(SaidPair(standing=standing, target=target, source=source) for target, source in fresh)


def said_before(instance, pairs):
    """Return the `SaidPair`s of other objects, said before those of this one, that have their target and another source.

    Each has `own_source`, which ours has, and `content_type_id` and `object_id` of where it is said. What this object says
    itself is left out: it is compared with that within. One query.
    """
    if not pairs:
        return []
    targets, sources = map(list, zip(*pairs, strict=True))
    place = {"kind": ContentType.objects.get_for_model(instance).pk, "key": instance.pk}
    said = SaidPair.objects.raw(SAID_BEFORE, {**place, "targets": targets, "sources": sources, "most": MOST})
    return [one for one in said if (one.target, one.source) not in pairs]


def read_others(said, pairs):
    """Return the `OtherText`s of what `said_before` returned, but for what the latest draft of its object says no more."""
    drafts = latest_drafts({(one.content_type_id, one.object_id) for one in said})
    texts = {place: texts_by_numbers(draft) for place, draft in drafts.items()}
    others = []
    for one in said:
        unit = texts.get((one.content_type_id, one.object_id), {}).get((one.target, one.source))
        if unit:
            others.append(OtherText(pairs[one.target, one.own_source], unit, one))
    return others


def texts_by_numbers(instance):
    """Return `{(target, source): unit}` of an object, {} for one that cannot be taken apart, of which its own row tells."""
    try:
        texts = list(units(instance))
        by_address = {unit.address: unit for unit in texts}
        return {numbers: by_address[pair.address] for numbers, pair in pairs_of(instance, texts).items()}
    except Exception:  # whatever is wrong with it says nothing of the object that is compared with it
        return {}


def latest_drafts(places):
    """Return `{(key of the content type, key): latest draft}` of objects that are there, with a query for each kind."""
    by_kind, drafts = {}, {}
    for kind, key in places:
        by_kind.setdefault(kind, []).append(key)
    for kind, keys in by_kind.items():
        model = ContentType.objects.get_for_id(kind).model_class()
        if model is None:  # of a release before this one
            continue
        drafts |= {(kind, key): draft for key, draft in latest_versions(model, keys).items()}
    return drafts
