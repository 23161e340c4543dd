"""How everything stands in every language, for staff: what each may see, where it is mended, and in which words it is said."""

from dataclasses import dataclass
from urllib.parse import quote

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Page
from wagtail.permissions import ModelPermissionPolicy, page_permission_policy

from languages.codes import LANGUAGES, OFFICIAL
from languages.numbers import format_number
from languages.standing import Standing
from languages.standing_values import standing_models
from staff_notes.permissions import form_url

WITH_PAGES = {"add", "change", "publish", "bulk_delete", "lock", "unlock"}
WITH_ENTRIES = {"add", "change", "delete", "view"}
MISSING, BEHIND, OPEN, COMPLETE = "missing", "behind", "open", "complete"
UNFINISHED = (MISSING, BEHIND, OPEN)
ABSENT = "absent"  # a language that nobody asks for, and in which nothing was written
ICONS = {MISSING: "warning", BEHIND: "history", OPEN: "edit", COMPLETE: "check", ABSENT: "minus"}


@dataclass(frozen=True, slots=True)
class StandingPart:
    """One thing to say of an object in a language: its state, the words for it, and the number of texts."""

    state: str
    text: str
    number: int = 0

    @property
    def icon(self):
        return ICONS[self.state]


def visible_to(user, with_pages=WITH_PAGES, with_entries=WITH_ENTRIES):
    """Return the rows of what somebody may work on: pages by their place, entries and settings by their kind.

    `with_pages` and `with_entries` say what they may do with them, any of that.
    """
    kinds = ContentType.objects.get_for_models(*standing_models())
    of_pages = Q(content_type__in=[kind.pk for model, kind in kinds.items() if issubclass(model, Page)])
    if not user.is_superuser:
        pages = page_permission_policy.instances_user_has_any_permission_for(user, with_pages)
        of_pages &= Q(object_id__in=pages.order_by().values("pk"))
    others = [
        kind.pk
        for model, kind in kinds.items()
        if not issubclass(model, Page) and ModelPermissionPolicy(model).user_has_any_permission(user, with_entries)
    ]
    return Standing.objects.filter(of_pages | Q(content_type__in=others))


def in_state(state, languages=LANGUAGES):
    """Return the condition on rows that a text is in a state in one of `languages`, or that all are complete."""
    if state == COMPLETE:
        return Q(**{f"languages__{code}__{number}": 0 for code in languages for number in UNFINISHED})
    condition = Q()
    for code in languages:
        condition |= Q(**{f"languages__{code}__{state}__gt": 0})
    return condition


def count_states(user):
    """Return `{language: {"behind": number of objects, "missing": …, "open": …}}`; an alias counts with its source."""
    states = (BEHIND, MISSING, OPEN)
    counts = {f"{state}_{code}": Count("pk", filter=in_state(state, [code])) for code in LANGUAGES for state in states}
    totals = visible_to(user).filter(mirrors=None).aggregate(**counts)
    return {code: {state: totals[f"{state}_{code}"] for state in states} for code in LANGUAGES}


def kind_of(standing):
    """Return the name of an object's kind: "network"."""
    return str(capfirst(model_of(standing)._meta.verbose_name))


def model_of(standing):
    return ContentType.objects.get_for_id(standing.content_type_id).model_class()


def status_of(standing):
    """Say whether readers see an object, and whether it has changes that they do not see yet."""
    if not standing.is_live:
        return pgettext("status", "draft")
    return pgettext("status", "live, with a draft") if standing.has_draft else pgettext("status", "live")


def edit_url(standing, user, language=None):
    """Return the address of an object's form, at the first text to mend in `language`; None for anyone who may not.

    An alias is mended in the form of its source. Whether somebody may edit a page, its form decides.
    """
    return form_at(standing, user, standing.languages.get(language, {}).get("first"), language)


def form_at(standing, user, address, language):
    """Return the address of an object's form at a text, given by its address in the object; None for anyone who may not."""
    return unit_url(form_url(user, model_of(standing), standing.mirrors or standing.object_id), address, language)


def unit_url(url, address, language):
    """Return the address of a form at one of its texts; the form's own without a text, None without a form."""
    return f"{url}#unit={quote(address)}:{language}" if url and address else url


def standing_parts(language, numbers):
    """Return the `StandingPart`s to say of an object in one language, given its entry of `Standing.languages`."""
    if not numbers:
        return []
    missing, behind, unfinished = (numbers.get(state, 0) for state in UNFINISHED)
    unconfirmed = numbers.get("unconfirmed", 0)
    if missing and language not in OFFICIAL and not numbers["filled"]:
        return [StandingPart(ABSENT, _("no text yet"))]
    to_say = []
    if missing and language in OFFICIAL:
        text = ngettext("%(number)s missing", "%(number)s missing", missing)
        to_say.append(StandingPart(MISSING, with_number(text, missing), missing))
    elif missing:
        text = ngettext("%(number)s untranslated", "%(number)s untranslated", missing)
        to_say.append(StandingPart(MISSING, with_number(text, missing), missing))
    if behind:
        text = ngettext("%(number)s behind", "%(number)s behind", behind)
        to_say.append(StandingPart(BEHIND, with_number(text, behind), behind))
    if unconfirmed:
        text = ngettext("%(number)s to confirm", "%(number)s to confirm", unconfirmed)
        to_say.append(StandingPart(OPEN, with_number(text, unconfirmed), unconfirmed))
    if typed := unfinished - unconfirmed:
        text = ngettext("%(number)s in translation", "%(number)s in translation", typed)
        to_say.append(StandingPart(OPEN, with_number(text, typed), typed))
    return to_say or [StandingPart(COMPLETE, _("complete"))]


def words_to_translate(numbers):
    """Return how much there is to translate, "" where there is nothing."""
    number = numbers.get("words") if numbers else 0
    return with_number(ngettext("%(number)s word", "%(number)s words", number), number) if number else ""


def with_number(text, number):
    return text % {"number": format_number(number)}
