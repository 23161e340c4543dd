"""Nothing waits for somebody who has gone: what they had goes back to all who write its language."""

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page

from languages.rights import is_staff, languages_to_write
from worklists.models import TranslationRequest
from worklists.rights import rows_to_change


def return_requests(people=None):
    """Give back what those cannot do any longer who have it: all of them, or some `people`. Return the number of requests.

    An account may be closed, or have lost a language, the admin, or the right to change those pages.
    """
    taken = TranslationRequest.objects.exclude(taken_by=None)
    return return_lost(taken if people is None else taken.filter(taken_by__in=people))


def return_requests_below(page):
    """Give back what those cannot do any longer who have it, of a page that was moved and all below it; return how many."""
    moved = Page.objects.descendant_of(page, inclusive=True)
    is_moved = moved.filter(pk=OuterRef("standing__object_id"), content_type=OuterRef("standing__content_type"))
    return return_lost(TranslationRequest.objects.filter(Exists(is_moved), taken_by__isnull=False))


def return_lost(taken):
    """Give back those of some requests that are taken which those cannot do who have them; return how many.

    It makes a few queries for each of these people, whatever the number of requests.
    """
    by_person = {}
    for translation_request in taken.open().select_related("taken_by"):
        by_person.setdefault(translation_request.taken_by, []).append(translation_request)
    lost = {person: requests_beyond(person, requests) for person, requests in by_person.items()}
    return sum(return_of(person, requests) for person, requests in lost.items() if requests)


def requests_beyond(person, requests):
    """Return those of a person's requests that they cannot do."""
    if not is_staff(person):
        return requests
    codes = languages_to_write(person)
    rows = rows_to_change(person).filter(pk__in=[one.standing_id for one in requests])
    keys = set(rows.values_list("pk", flat=True))
    return [one for one in requests if one.language not in codes or one.standing_id not in keys]


def return_of(person, requests):
    """Give back those of some requests that a person still has: what was handed on meanwhile is somebody else's."""
    return return_to_all(TranslationRequest.objects.filter(pk__in=[one.pk for one in requests], taken_by=person))


def return_to_all(requests):
    """Give back open requests, and remember it for whoever asked for them."""
    return requests.open().update(taken_by=None, taken_at=None, given_by=None, returned_at=timezone.now())
