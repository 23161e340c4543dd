"""Single sign-on by OpenID Connect: who somebody is and what they may do here, as the provider says at each login.

A person is known by the provider's name and its subject for them, never by an address. Roles and languages come from their
groups: what the provider no longer says is taken away.
"""

import hashlib
import logging

import requests
from allauth.account.signals import user_logged_in
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect import views
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import DataError, IntegrityError, transaction
from django.dispatch import receiver
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from languages.codes import LANGUAGES
from monitoring.advisory_locks import AdvisoryLock
from newsroom.accounts.second_factor import SHOWN_BY_PROVIDER
from newsroom.models import User

logger = logging.getLogger("django.security.login")

PROVIDER = "sso"
ADMINISTRATOR = "Administrators"  # in OIDC_GROUPS; no group of ours
FAILED = gettext_lazy("Logging in did not work. Try again; if it fails again, tell an administrator.")
NO_ROLE = gettext_lazy("Your account has no role on this site. Ask an administrator to add you to a group that has one.")
TAKEN = gettext_lazy(
    "There is an account here with your email address already. Ask an administrator to link it to the one you log in with."
)
CLOSED = gettext_lazy("Your account here is closed. Ask an administrator.")


def refuse(request, reason, status=403):
    return render(request, "newsroom/sign_on_refused.html", {"reason": reason}, status=status)


def uid_of(subject):
    """Return the key of a person of the provider: another provider that uses the same subject means somebody else."""
    return hashlib.sha256(f"{settings.OIDC_ISSUER} {subject}".encode()).hexdigest()


class SignOnAdapter(DefaultSocialAccountAdapter):
    def populate_user(self, request, sociallogin, data):
        """Keep what the provider said for this login, and of it nothing but the subject in the database."""
        said = sociallogin.account.extra_data
        sociallogin.id_token, userinfo = said.get("id_token") or {}, said.get("userinfo") or {}
        sociallogin.claims = sociallogin.id_token | userinfo
        sociallogin.subjects = {str(claims["sub"]) for claims in (sociallogin.id_token, userinfo) if "sub" in claims}
        subject = sociallogin.account.uid
        sociallogin.account.uid, sociallogin.account.extra_data = uid_of(subject), {"sub": subject}
        return super().populate_user(request, sociallogin, data)

    def pre_social_login(self, request, sociallogin):
        """Let somebody in with the roles that they have now, or say why not."""
        is_ours = str(sociallogin.id_token.get("iss", "")).rstrip("/") == settings.OIDC_ISSUER
        if not is_ours or len(sociallogin.subjects) != 1 or sociallogin.state.get("process") != "login":
            logger.warning("Sign-on refused: the answer names another provider or person than it should")
            raise ImmediateHttpResponse(refuse(request, FAILED))
        if reason := admit(sociallogin):
            logger.warning("Sign-on refused for the subject %s: %s", *sociallogin.subjects, reason)
            raise ImmediateHttpResponse(refuse(request, _(reason)))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        logger.warning("Sign-on failed: %s", exception or error)
        raise ImmediateHttpResponse(refuse(request, FAILED, 401))


@transaction.atomic
def admit(sociallogin):
    """Make the account of a login what the provider says, new where there is none; return why nobody gets in, if so."""
    if not sociallogin.user.pk:
        wait_for_first_logins()
        sociallogin.lookup()  # a login of the same person in the same moment may have made the account
    user, roles = sociallogin.user, roles_of_claims(sociallogin.claims)
    if user.pk:
        give(user, roles)
        return CLOSED if not user.is_active else "" if roles else NO_ROLE
    if not roles:
        return NO_ROLE
    if user.email and User.objects.filter(email__iexact=user.email).exists():
        return TAKEN
    user.username = free_username(user.username or user.email.partition("@")[0] or PROVIDER)
    user.save()
    sociallogin.account.user = user
    sociallogin.account.save()
    logger.warning("Sign-on: a new account, %s", user)
    give(user, roles)
    return ""


def wait_for_first_logins():
    """Let first logins come one after the other until the transaction ends: no name is given twice, no account made twice."""
    AdvisoryLock.FIRST_LOGINS.wait()


def roles_of_claims(claims):
    """Return the roles, with the languages of each, that the groups of a person stand for: `{role: {codes}}`."""
    groups = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    groups = [groups] if isinstance(groups, str) else groups
    known, roles = {ADMINISTRATOR, *Group.objects.values_list("name", flat=True)}, {}
    for group in groups if isinstance(groups, list) else ():
        role, *languages = settings.OIDC_GROUPS.get(str(group), "").split() or [""]
        if role in known:
            roles.setdefault(role, set()).update(code for code in languages if code in LANGUAGES)
        elif role:
            logger.error("Sign-on: OIDC_GROUPS names a role %s that is not there", role)
    return roles


def give(user, roles):
    """Give somebody exactly these roles and languages."""
    before = (user.is_superuser, sorted(user.groups.values_list("name", flat=True)), user.languages)
    user.is_superuser = ADMINISTRATOR in roles
    user.languages = sorted(set().union(*roles.values()))
    if user.must_change_password:  # one that somebody else gave, and that nobody needs now
        user.set_unusable_password()
        user.must_change_password = False
    user.save(update_fields=["is_superuser", "languages", "password", "must_change_password"])
    user.groups.set(Group.objects.filter(name__in=roles))
    after = (user.is_superuser, sorted(user.groups.values_list("name", flat=True)), user.languages)
    if before != after:
        logger.warning("Sign-on: %s is now %s, %s", user, ", ".join(sorted(roles)) or "without a role", user.languages)


def free_username(wanted):
    """Return a user name that nobody has, as near as can be to the one that is wanted."""
    wanted = wanted[:140]
    taken = set(User.objects.filter(username__istartswith=wanted).values_list("username", flat=True))
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name.casefold() not in {one.casefold() for one in taken})


def link(user, subject):
    """Let somebody who has an account here log in to it by the provider from now on."""
    SocialAccount.objects.update_or_create(
        provider=PROVIDER, uid=uid_of(subject), defaults={"user": user, "extra_data": {"sub": subject}}
    )
    logger.warning("Sign-on: %s is linked to the subject %s", user, subject)


@receiver(user_logged_in)
def note_provider(sender, request, user, sociallogin=None, **kwargs):
    if sociallogin:
        request.session[SHOWN_BY_PROVIDER] = user.pk


def catch(view):
    """Say so where the provider does not answer, or not as it should."""

    def catching(request, provider_id=PROVIDER):
        try:
            return view(request, provider_id)
        except (requests.RequestException, ValueError, KeyError) as error:
            logger.warning("Sign-on failed: %r", error)
        except (AttributeError, TypeError, DataError, IntegrityError):
            # A claim of another kind than it should be.
            logger.exception("Sign-on failed: what the provider says cannot be used")
        return refuse(request, FAILED, 401)

    return never_cache(catching)


urlpatterns = [
    path("login/sso/", catch(views.login), name="openid_connect_login"),
    path("login/sso/callback/", catch(views.callback), {"provider_id": PROVIDER}, name="openid_connect_callback"),
]
