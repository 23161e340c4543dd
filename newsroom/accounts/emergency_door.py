"""The way in for an administrator where local passwords are closed and the provider of sign-on is away: a link, once.

It stands in for the password alone; a second factor is asked as ever.
"""

import logging
import re
from functools import partial

from django.conf import settings
from django.contrib.auth import login
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from delivery.client import client_address
from languages.user_language import mail_language
from monitoring.logs import register_hidden
from newsroom.models import User

logger = logging.getLogger("django.security.login")

MINUTES = 15
OPENED = gettext_lazy("A way in for emergencies to %(site)s was opened for %(name)s. It closes after %(minutes)d minutes.")
USED = gettext_lazy("%(name)s came in to %(site)s by the way in for emergencies.")
register_hidden(re.compile(r"(/admin/(?:login/door|password_reset/confirm)/)[^\s\"']+"), r"\1…")  # each lets somebody in
signer = signing.TimestampSigner(salt="emergency door")


def link_for(admin):
    """Return a link by which an administrator logs in once, within a quarter of an hour; all administrators are written to."""
    token = signer.sign_object([admin.pk, state_of(admin)])
    logger.warning("The emergency door was opened for %s", admin)
    tell_administrators(OPENED, admin)
    return settings.SITE_URL + reverse("emergency_door", args=[token])


def state_of(admin):
    """Return what is different after a login."""
    return f"{admin.last_login and admin.last_login.isoformat()} {admin.session_generation}"


def tell_administrators(text, admin):
    words = {"name": admin.get_username(), "site": settings.SITE_URL, "minutes": MINUTES}
    for one in User.objects.filter(is_superuser=True, is_active=True).exclude(email=""):
        with translation.override(mail_language(one)):
            send_mail(_("A way in for emergencies"), _(text) % words, None, [one.email], fail_silently=True)


def holder_of(token):
    """Return the administrator for whom a link is, locked, and None where it is not valid any more."""
    try:
        key, state = signer.unsign_object(token, max_age=MINUTES * 60)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    admin = User.objects.select_for_update().filter(pk=key, is_superuser=True, is_active=True).first()
    return admin if admin and state_of(admin) == state else None


@never_cache
@transaction.atomic
def emergency_door(request, token):
    """Ask whoever has a link to press a button, as programs open links too, and let them in."""
    admin = None if settings.LOCAL_LOGIN else holder_of(token)
    if not admin:
        raise Http404
    if request.method != "POST":
        return render(request, "newsroom/emergency_door.html")
    login(request, admin, backend="django.contrib.auth.backends.ModelBackend")
    logger.warning("%s came in by the emergency door from %s", admin, client_address(request))
    transaction.on_commit(partial(tell_administrators, USED, admin))
    return redirect("wagtailadmin_home")


urlpatterns = [path("login/door/<str:token>/", emergency_door, name="emergency_door")]
