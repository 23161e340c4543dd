"""Finds in the memory what was published before of texts that are the same or nearly so."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, FilteredRelation, Q, Value, When

from languages.normalising import digest
from languages.texts import is_filled
from translation_memory.likeness import LEAST, LONGER, SHORTER, letters_of, words_to_share
from translation_memory.models import RememberedText

MOST = 3  # matches that are offered for a text
EXACT = 1.0


@dataclass(frozen=True, slots=True)
class Match:
    """A text that was published with another that is like the one in question.

    `likeness` is from 0.6 to 1, and 1 only where both read alike; `source` is that other text, in the language
    `source_language`, `text` its translation. It was published at `address` of an object, of the content type and with the key
    of that, at `remembered_at`; `unit_id` is the key of what was remembered. What was never published
    here comes from the `file` of that name.
    """

    likeness: float
    source_language: str
    source: str
    text: str
    content_type_id: int | None
    object_id: int | None
    address: str
    remembered_at: datetime
    unit_id: int
    file: str | None = None

    @property
    def percent(self):
        """How much alike both are, in whole percent, and 100 only for the same."""
        return 100 if self.likeness == EXACT else min(99, round(self.likeness * 100))


def find_matches(unit, language):
    """Return at most three `Match`es for one language of a unit, the best first, each text once. One query.

    They are found by what the unit says in its other languages, those that are filled. What it says already is none.
    """
    own = digest(unit.texts[language], unit.kind)
    sources = [code for code in unit.languages if code != language and is_filled(unit.texts[code])]
    if not sources:
        return []
    rows = (
        RememberedText.objects.filter(reduce(or_, (is_like(unit, code) for code in sources)), unit__kind=unit.kind)
        .annotate(translation=FilteredRelation("unit__texts", condition=Q(unit__texts__language=language)))
        .filter(translation__isnull=False)
        .exclude(translation__digest=own)
        .annotate(likeness=likeness_to(unit, sources))
        .filter(likeness__gte=LEAST)
        .order_by("-likeness", "-unit__remembered_at", "pk")
        .values_list(
            "likeness",
            "language",
            "text",
            "translation__text",
            "unit__content_type",
            "unit__object_id",
            "unit__address",
            "unit__remembered_at",
            "unit_id",
            "unit__file__name",
            "translation__digest",
        )
    )
    best = {}
    for *values, translated in rows[: MOST * 10]:  # the same translation may have been published in many places
        best.setdefault(translated, Match(*values))
    return list(best.values())[:MOST]


def is_like(unit, language):
    """Return the condition by which the index finds what may be like a text of the unit."""
    text = unit.texts[language]
    letters = letters_of(text, unit.kind)
    is_same = Q(digest=digest(text, unit.kind))
    shared = reduce(or_, (Q(longest__contains=some) for some in words_to_share(letters)), Q(pk__in=[]))
    is_as_long = Q(length__range=(int(len(letters) * SHORTER), int(len(letters) * LONGER) + 1))
    return Q(language=language) & (is_same | (shared & is_as_long))


def likeness_to(unit, sources):
    """Return the expression for how much a row is like the unit, from 0 to 1: what reads alike is 1, all else less."""
    cases = [When(language=code, digest=digest(unit.texts[code], unit.kind), then=Value(EXACT)) for code in sources]
    cases += [
        When(language=code, then=TrigramSimilarity("letters", letters_of(unit.texts[code], unit.kind)) * Value(0.995))
        for code in sources
    ]
    return Case(*cases)
