"""Who writes in which languages. Whoever may not write in all of them changes the texts of their own, and nothing else."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext as _
from wagtail.admin import messages

from languages.codes import LANGUAGES, language_name

WRITE_ALL = "newsroom.write_all_languages"
PERMISSION_BACKEND = "django.contrib.auth.backends.ModelBackend"  # the one backend that knows them


def writes_all(user):
    """Say whether somebody writes in every language, and changes what has none; nobody that is known does not."""
    return bool(user and user.has_perm(WRITE_ALL))


def languages_to_write(user):
    """Return the codes of the languages in which somebody may write, in the order of the site; none where nobody is known."""
    return LANGUAGES if writes_all(user) else tuple(code for code in LANGUAGES if code in getattr(user, "languages", ()))


def refuse_unless(is_allowed):
    """Raise PermissionDenied for anyone who may not do what is asked for."""
    if not is_allowed:
        raise PermissionDenied


def staff():
    """Return the accounts in use that may open the admin: nothing waits for any other."""
    return get_user_model().objects.with_perm("wagtailadmin.access_admin", backend=PERMISSION_BACKEND)


def is_staff(user):
    return user.is_active and user.has_perm("wagtailadmin.access_admin")


def people_who_write(language):
    """Return the staff who write in a language; administrators only where it stands in their account."""
    writing_all = get_user_model().objects.with_perm(WRITE_ALL, include_superusers=False, backend=PERMISSION_BACKEND)
    own = Q(languages__contains=[language])
    return staff().filter(own | Q(pk__in=writing_all.values("pk")))


def language_names(codes):
    """Return the names of languages in a sentence, in the order of the site: "Dutch, French"."""
    return ", ".join(language_name(code) for code in LANGUAGES if code in codes)


def limit_words(user):
    """Return why somebody cannot change something, for a tooltip and for the line above the form."""
    codes = languages_to_write(user)
    if not codes:
        return _("Your account has no language to write in yet: an administrator chooses it.")
    return _("Your account works in %(languages)s only: you change those texts, and read the rest.") % {
        "languages": language_names(codes)
    }


def refusal_words(user, labels):
    """Return the message about what was posted without a right to it: `labels` name it, each once."""
    codes, what = languages_to_write(user), ", ".join(dict.fromkeys(labels))
    if not codes:
        return _("Not saved, because your account has no language to write in yet: %(what)s.") % {"what": what}
    return _("Not saved, because your account works in %(languages)s only: %(what)s.") % {
        "languages": language_names(codes),
        "what": what,
    }


def say_what_was_refused(request, instance):
    """Tell whoever saved an object what their form kept out of it."""
    if words := getattr(instance, "refusal_words", ""):
        messages.warning(request, words)
