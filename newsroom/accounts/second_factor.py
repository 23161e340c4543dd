"""The second factor: who has one, who needs one, and what a session may do that has not shown it.

A session that knows the password only reaches nothing of the admin, by whatever way it began: each request below `/admin/` is
asked, not the login.
"""

import logging

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from django.conf import settings
from django.dispatch import receiver
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.models import GroupPagePermission

from delivery.client import client_address

logger = logging.getLogger("django.security.login")

SHOWN = "second_factor_shown_by"  # in a session: the key of the person who showed theirs in it
SHOWN_BY_PROVIDER = "second_factor_shown_by_provider"  # likewise, where sign-on saw to it
TO_SHOW, TO_SET_UP = "to show", "to set up"
CODES = Authenticator.Type.RECOVERY_CODES
# Where anybody may go: exact, so that nothing below is let through, and what all below is open of.
OPEN = ("/admin/login/", "/admin/logout/", "/admin/session/", "/admin/login/sso/", "/admin/login/sso/callback/")
OPEN_BELOW = ("/admin/jsi18n/", "/admin/sprite/", "/admin/password_reset/", "/admin/login/door/")
TO_SHOW_PATHS = ("/admin/login/code/", "/admin/login/key/")
SET_UP_PATH = "/admin/account/two-steps/"
# Whoever may publish, or change what others may do.
POWERS = (
    "notices.publish_notice",
    *(f"newsroom.{verb}_user" for verb in ("add", "change", "delete")),
    *(f"auth.{verb}_group" for verb in ("add", "change", "delete")),
)


def factors(user):
    """Return what somebody can log in with beside the password; recovery codes stand in for one, and are none."""
    return Authenticator.objects.filter(user_id=user.pk).exclude(type=CODES)


def needs_factor(user):
    """Say whether somebody has to have a second factor: administrators, and whoever may publish or manage people."""
    return settings.SECOND_FACTOR_REQUIRED and (
        user.is_superuser
        or any(map(user.has_perm, POWERS))
        or GroupPagePermission.objects.filter(group__user=user, permission__codename="publish_page").exists()
    )


def missing_step(request):
    """Return what a session still lacks whose password was right: TO_SHOW, TO_SET_UP, or nothing."""
    user = request.user
    if settings.OIDC_SECOND_FACTOR_TRUSTED and request.session.get(SHOWN_BY_PROVIDER) == user.pk:
        return ""
    if factors(user).exists():
        return "" if request.session.get(SHOWN) == user.pk else TO_SHOW
    return TO_SET_UP if needs_factor(user) else ""


def is_fully_in(request):
    """Say whether somebody is logged in and lacks nothing."""
    return request.user.is_authenticated and not missing_step(request)


def is_open(path):
    """Say whether a path below `/admin/` is for everybody, whatever a session lacks."""
    return path in OPEN or path.startswith(OPEN_BELOW)


def may_go_on(step, path):
    """Say whether a path is one of those that lead to the step that a session lacks."""
    if is_open(path):
        return True
    return path in TO_SHOW_PATHS if step == TO_SHOW else path.startswith(SET_UP_PATH)


def lead_to(step, request):
    """Return the answer that leads somebody to the step that their session lacks, and from there where they were going."""
    if step == TO_SET_UP:
        return redirect("mfa_index")
    has_key = factors(request.user).filter(type=Authenticator.Type.WEBAUTHN).exists()
    path = reverse("mfa_reauthenticate_webauthn" if has_key else "mfa_reauthenticate")
    then = f"?{urlencode({'next': request.get_full_path()})}" if request.method in ("GET", "HEAD") else ""
    return redirect(path + then)


@receiver([authenticator_added, authenticator_used])
def note_shown(sender, request, user, authenticator, **kwargs):
    """Take a factor for shown that was used or made; a code by which an app was set up is used up.

    What opens more now has another key: one that somebody knew before, or had planted, stays with what it opened.
    """
    if request.session.get(SHOWN) != user.pk:
        request.session.cycle_key()
        request.session[SHOWN] = user.pk
    if authenticator.type == Authenticator.Type.TOTP and "used_codes" not in authenticator.data:
        authenticator.data["used_codes"] = [plain_code(request.POST.get("code", ""))]
        authenticator.save(update_fields=["data"])


@receiver(authenticator_added)
def log_added(sender, request, user, authenticator, **kwargs):
    logger.warning("Second factor of %s: %s added from %s", user, authenticator.type, client_address(request))


@receiver(authenticator_removed)
def log_removed(sender, request, user, authenticator, **kwargs):
    logger.warning("Second factor of %s: %s removed from %s", user, authenticator.type, client_address(request))


def plain_code(code):
    """Return a code without the spaces and dashes by which people read it."""
    return "".join(filter(str.isalnum, code))[:20]
