"""What becomes of a translation request: asked for, taken, handed on, given back, withdrawn, done.

Whoever takes or gets one is locked meanwhile, and whoever asks locks the row of the object: a request that is made while
somebody leaves, or while the last text is finished, would else wait for ever.
"""

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.utils import get_user_display_name

from languages.codes import current_language, name_in
from languages.standing import Standing
from languages.standing_saving import UNFINISHED, count_open_elsewhere, has_work
from worklists.models import TranslationRequest
from worklists.rights import may_take

Outcome = TranslationRequest.Outcome


def source_of(standing):
    """Return the row of what an alias shows, where its texts are mended; of anything else its own."""
    if standing.mirrors is None:
        return standing
    return Standing.objects.filter(content_type=standing.content_type_id, object_id=standing.mirrors).first() or standing


def lock_rows(standings):
    """Return the rows where the texts of some are mended, locked, each once, in the order of their keys.

    Two people who ask for the same rows, which each sees in another order, would else wait for each other; so would they if
    one of them locked the person that both ask, and only then another row.
    """
    keys = {source_of(standing).pk for standing in standings}
    return list(Standing.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


@transaction.atomic
def ask(standing, language, user, deadline=None, note="", person=None):
    """Ask for the texts of an object in a language, of `person` or of all who write it; return the `TranslationRequest`.

    Raises ValidationError, with a sentence, where there is nothing to do, where it has been asked already, or where the person
    cannot do it.
    """
    standing = Standing.objects.select_for_update(no_key=True).get(pk=source_of(standing).pk)
    reason = reason_against_asking(standing, language) or (person and reason_against_person(person, standing, language))
    if reason:
        raise ValidationError(reason)
    translation_request = TranslationRequest(
        standing=standing, language=language, asked_by=user, deadline=deadline, note=note, taken_by=person
    )
    if person:
        translation_request.taken_at = translation_request.asked_at
        translation_request.given_by = user if user != person else None
    try:
        with transaction.atomic():
            translation_request.save()
    except IntegrityError:  # somebody else was quicker
        raise ValidationError(already_asked(standing, language)) from None
    return translation_request


def reason_against_asking(standing, language):
    """Return why nobody can be asked for a language of an object, "" where they can."""
    if TranslationRequest.objects.open().filter(standing=standing, language=language).exists():
        return already_asked(standing, language)
    if has_work(standing.languages, language, UNFINISHED) or count_open_elsewhere(standing.languages, language):
        return ""
    values = {"what": standing.names.get(current_language(), ""), "language": name_in(language, current_language())}
    return _("%(what)s: nothing is missing or behind in %(language)s.") % values


def already_asked(standing, language):
    return _("%(what)s: %(language)s has already been asked for.") % {
        "what": standing.names.get(current_language(), ""),
        "language": name_in(language, current_language()),
    }


def reason_against_person(person, standing, language):
    """Return why somebody cannot be given the texts of an object, "" where they can. The account is locked from now on."""
    person = lock_person(person)
    if person and may_take(person, standing, language):
        return ""
    values = {"name": get_user_display_name(person) if person else "", "language": name_in(language, current_language())}
    return _("%(name)s cannot change this in %(language)s.") % values


def lock_person(user):
    """Return an account as it is now, locked, None where it is gone: whoever closes it comes after what is given to it."""
    return get_user_model().objects.select_for_update(no_key=True).filter(pk=user.pk).first()


@transaction.atomic
def take(translation_request, user):
    """Give a request to whoever takes it; return whether they have it now. Of two people at once one has it."""
    locked = lock_person(user)
    if locked is None or not may_take(locked, translation_request.standing, translation_request.language):
        return False
    free = TranslationRequest.objects.open().filter(pk=translation_request.pk, taken_by=None)
    return bool(free.update(taken_by=user, taken_at=timezone.now(), given_by=None, returned_at=None))


@transaction.atomic
def hand_on(translation_request, person, user):
    """Give a request to another person, as `user`. Raises ValidationError where they cannot do it, or as `change_open` does."""
    if reason := reason_against_person(person, translation_request.standing, translation_request.language):
        raise ValidationError(reason)
    given_by = user if user != person else None
    change_open(translation_request, taken_by=person, taken_at=timezone.now(), given_by=given_by, returned_at=None)


def give_back(translation_request):
    """Give a request back to all who write its language. Raises ValidationError as `change_open` does."""
    change_open(translation_request, taken_by=None, taken_at=None, given_by=None, returned_at=None)


def withdraw(translation_request):
    """Close a request without a translation. Raises ValidationError as `change_open` does."""
    change_open(translation_request, closed_at=timezone.now(), outcome=Outcome.WITHDRAWN)


def change_open(translation_request, **values):
    """Change a request. Raises ValidationError where it is closed by now, or where another person has it than was read."""
    still_open = TranslationRequest.objects.open().filter(pk=translation_request.pk)
    if still_open.filter(taken_by=translation_request.taken_by_id).update(**values):
        return
    if still_open.exists():
        raise ValidationError(
            _("Nothing was changed: somebody took this request, handed it on or gave it back in the meantime.")
        )
    raise ValidationError(_("This request was closed in the meantime."))


def close_finished(finished):
    """Close what is done, given pairs of a row and the languages in which nothing is left to do."""
    for standing, codes in finished:
        rows = Standing.objects.filter(content_type=standing.content_type_id, object_id=standing.object_id)
        open_requests = TranslationRequest.objects.open().filter(standing__in=rows, language__in=codes)
        open_requests.update(closed_at=timezone.now(), outcome=Outcome.DONE)
