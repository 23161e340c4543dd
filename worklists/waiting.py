"""What waits for somebody, in order: what is asked for by its deadline, then what is missing or behind, the oldest first.

Then comes what is in translation and nobody has any more. A row of the table of everything stands here once, whatever the
number of languages in which it waits. What others have taken does not wait for anybody else.
"""

from django.contrib.contenttypes.models import ContentType
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    FilteredRelation,
    IntegerField,
    JSONField,
    OuterRef,
    Q,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import FirstValue, JSONArray, JSONObject, Lead, Least

from languages.codes import LANGUAGES, current_language
from languages.rights import staff
from languages.standing_saving import WAITING
from languages.way_on import NextToEdit
from newsroom.reports.standing_rows import edit_url
from worklists.rights import own_languages, rows_to_change

REQUESTED_RANK, WAITING_RANK, BEGUN_RANK = 0, 1, 2
ORDER = ("rank", "deadline", "asked_at", "since", "pk")


def waiting_rows(user, languages=None, with_begun=False):
    """Return the `Standing`s that wait for somebody, in order, as a queryset.

    `languages` are those in which they work, the account's own unless given. In any other language only what they have taken
    waits for them. With `with_begun` it is also what they have in translation themselves, where nothing else waits.
    """
    conditions = conditions_by_language(user, languages)
    condition = any_of(conditions.values())
    if with_begun:
        condition |= Q(begun__contains=[{"by": user.pk}])
    return rows_with_facts(user).filter(condition).annotate(**order_columns(conditions)).order_by(*ORDER)


def waiting_where(user, fact):
    """Return the rows that wait for somebody in a language of which something holds: `fact` gives its condition by code."""
    conditions = conditions_by_language(user)
    return rows_with_facts(user).filter(any_of(condition & fact(code) for code, condition in conditions.items()))


def conditions_by_language(user, languages=None):
    """Return for each language the condition that a row waits for somebody there, given those in which they work."""
    codes = own_languages(user) if languages is None else list(languages)
    return {code: waits_in(code, user, code in codes) for code in LANGUAGES}


def rows_with_facts(user):
    """Return the rows that can wait for somebody, with all that is asked of them by language."""
    return with_left_texts(with_requests(rows_to_change(user).filter(mirrors=None)))


def with_requests(rows):
    """Return rows joined to their open request in each language: of French under the name "request_fr"."""
    return rows.annotate(
        **{
            f"request_{code}": FilteredRelation("requests", condition=Q(requests__closed_at=None, requests__language=code))
            for code in LANGUAGES
        }
    )


def with_left_texts(rows):
    """Return rows that say whether somebody left texts in translation in each language: in French by the name "left_fr"."""
    return rows.annotate(**{f"left_{code}": is_left(code) for code in LANGUAGES})


def is_left(code):
    """Return the condition that texts in a language are in translation, and that nobody is there who has one of them."""
    names = staff().annotate(begun=ExpressionWrapper(OuterRef("begun"), JSONField()))
    named = names.filter(begun__contains=JSONArray(JSONObject(by="pk", language=Value(code))))
    return Q(**{f"languages__{code}__open__gt": 0}) & ~Exists(named)


def waits_in(code, user, is_own):
    """Return the condition that a row waits for somebody in a language."""
    is_theirs = Q(**{f"request_{code}__taken_by": user.pk})
    if not is_own:
        return is_theirs
    is_free = Q(**{f"request_{code}__isnull": True}) | Q(**{f"request_{code}__taken_by__isnull": True})
    has_work = any_of(Q(**{f"languages__{code}__{state}__gt": 0}) for state in WAITING)
    is_asked = Q(**{f"request_{code}__isnull": False})
    return is_theirs | (is_free & (has_work | is_asked | Q(**{f"left_{code}": True})))


def any_of(conditions):
    """Return the condition that one of some holds; it holds for nothing where there is none."""
    either = Q(pk__in=[])
    for condition in conditions:
        either |= condition
    return either


def order_columns(conditions):
    """Return what rows are sorted by, given the condition of each language: whether asked, by when, since when."""
    is_asked = any_of(condition & Q(**{f"request_{code}__isnull": False}) for code, condition in conditions.items())
    ranks = (When(is_asked, then=Value(REQUESTED_RANK)), When(any_of(conditions.values()), then=Value(WAITING_RANK)))
    return {
        "rank": Case(*ranks, default=Value(BEGUN_RANK), output_field=IntegerField()),
        "deadline": least(conditions, lambda code: F(f"request_{code}__deadline"), DateField()),
        "asked_at": least(conditions, lambda code: F(f"request_{code}__asked_at"), DateTimeField()),
        "since": least(conditions, lambda code: KeyTextTransform(code, "waiting_since"), TextField()),
    }


def least(conditions, value, field):
    """Return the least value over the languages in which a row waits."""
    cases = [Case(When(condition, then=value(code)), output_field=field) for code, condition in conditions.items()]
    return Least(*cases, output_field=field) if len(cases) > 1 else cases[0]


def next_standing(user, instance=None, languages=None, step=1):
    """Return the `Standing` of what somebody works on next, after a page, entry or setting; None where nothing waits.

    It is what stands next in the order of the home, what they have begun included, and after the last one the first. Where
    nothing of `instance` waits any more, or without one, it is the first. With `step` -1 it goes the other way round.
    """
    order = ORDER if step > 0 else [f"-{name}" for name in ORDER]
    rows = waiting_rows(user, languages, with_begun=True).annotate(
        is_own=is_about(instance),
        after=Window(Lead("pk"), order_by=order),
        first=Window(FirstValue("pk"), order_by=order),
    )
    row = rows.order_by("-is_own", *order).values("pk", "is_own", "after", "first").first()
    if row is None:
        return None
    key = (row["after"] or row["first"]) if row["is_own"] else row["first"]
    return None if row["is_own"] and key == row["pk"] else rows.model.objects.get(pk=key)


def is_about(instance):
    """Return the condition that a row is about an object, which holds for none where there is none."""
    if instance is None:
        return Value(value=False)
    kind, key = place_of(instance)
    return ExpressionWrapper(Q(content_type=kind, object_id=key), BooleanField())


def next_to_edit(user, languages, instance, step):
    """Return the same for whoever goes from text to text, as a `NextToEdit`: for the hook of `languages.way_on`."""
    standing = next_standing(user, instance, languages, step)
    url = edit_url(standing, user) if standing else None
    return NextToEdit(standing.names.get(current_language(), ""), url) if url else None


def place_of(instance):
    """Return the keys by which the table of everything knows an object; of an alias those of its source."""
    kind = getattr(instance, "content_type_id", None) or ContentType.objects.get_for_model(instance).pk
    return kind, getattr(instance, "alias_of_id", None) or instance.pk
