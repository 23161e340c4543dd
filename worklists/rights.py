"""Who may ask for translations, take them and hand them on: whoever may change the texts. All of it is asked on the server."""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permissions import page_permission_policy

from languages.codes import LANGUAGES
from languages.rights import PERMISSION_BACKEND, WRITE_ALL, is_staff, languages_to_write, staff
from newsroom.reports import standing_rows

CHANGE = {"change"}


def rows_to_change(user):
    """Return the rows of the table of everything whose texts somebody may change, in whichever languages."""
    return standing_rows.visible_to(user, CHANGE, CHANGE)


def own_languages(user):
    """Return the languages in which an account works, in their order; none where somebody writes in all and names none."""
    return [code for code in LANGUAGES if code in user.languages and code in languages_to_write(user)]


def translators_of(language):
    """Return the people whose account names a language to work in."""
    return staff().filter(languages__contains=[language])


def people_who_may_take(language=None):
    """Return the people who may change texts in a language, or in any, translators or not, by name; administrators too."""
    in_all = get_user_model().objects.with_perm(WRITE_ALL, backend=PERMISSION_BACKEND)
    in_own = Q(languages__contains=[language]) if language else ~Q(languages=[])
    return staff().filter(in_own | Q(pk__in=in_all.values("pk"))).order_by("first_name", "last_name", "username")


def may_take(user, standing, language):
    """Say whether somebody may change the texts of an object in a language, so that it can wait for them."""
    return is_staff(user) and language in languages_to_write(user) and rows_to_change(user).filter(pk=standing.pk).exists()


def may_manage(user, translation_request):
    """Say whether somebody may withdraw a request, or decide who has it: whoever asked, and publishers."""
    return translation_request.asked_by_id == user.pk or page_permission_policy.user_has_permission(user, "publish")


def may_hand_on(user, translation_request):
    """Say whether somebody may give a request to another person, or back to all."""
    return translation_request.taken_by_id == user.pk or may_manage(user, translation_request)
