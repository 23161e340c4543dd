"""Taking away a second factor that its owner has lost; nobody reads what it was."""

import logging

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log

from newsroom.accounts.factor_adapters import write_about_factor
from newsroom.models import User

logger = logging.getLogger("django.security.login")


@transaction.atomic
def reset_factor(person, by=None):
    """Take away all of somebody's factors, end their sessions, and write it to them; `by` is empty on the command line."""
    Authenticator.objects.filter(user_id=person.pk).delete()
    User.objects.filter(pk=person.pk).update(session_generation=F("session_generation") + 1)
    log(instance=person, action="newsroom.reset_factor", user=by)
    logger.warning("Second factor of %s: reset by %s", person, by or "a command")
    transaction.on_commit(lambda: write_about_factor(person, "reset"))


@reauthentication_required(app="allauth.mfa")
def reset_factor_of(request, pk):
    """Ask an administrator whether to take away a person's factors, and do it."""
    if not request.user.is_superuser:
        raise PermissionDenied
    person = get_object_or_404(User, pk=pk)
    if person == request.user:
        return redirect("mfa_index")
    name = get_user_display_name(person)
    if request.method == "POST":
        reset_factor(person, request.user)
        messages.success(request, _("%(name)s sets up a new second step at the next login.") % {"name": name})
        return redirect("wagtailusers_users:edit", person.pk)
    return render(request, "newsroom/reset_factor.html", {"person": person, "name": name})
