"""How long somebody stays logged in, and what is said when that is over.

A session ends after a time without use and, used or not, after a day's work. What a form does by itself (it tells others
that it is open) is no use; typing is, since the page says so now and then (static/js/session.js).
"""

import time
from datetime import UTC, datetime
from operator import itemgetter

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, logout
from django.contrib.auth.signals import user_logged_in
from django.contrib.sessions.models import Session
from django.dispatch import receiver
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.formats import date_format
from django.utils.html import format_html, json_script
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.accounts import second_factor

BEGAN, USED, BROWSER = "began", "used", "browser"
# Substrings of the user agent, most specific first. A library that knows all of them weighs megabytes.
BROWSERS = {"Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "Chrome/": "Chrome", "Safari/": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS": "macOS",
    "Linux": "Linux",
}
USE_INTERVAL = 60  # seconds: the time of the last use is not written at every request
AUTOMATIC_PATHS = ("/admin/editing-sessions/", "/admin/jsi18n/", "/admin/sprite/")


class SessionEndMiddleware:
    """Below `/admin/`: end what is too old, note what is used, and answer a script with 401 when its session has ended."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/admin/"):
            return self.get_response(request)
        if request.user.is_authenticated:
            limit_session(request)
        response = self.refusal(request) or self.get_response(request)
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path_info == reverse("wagtailadmin_logout") and request.method == "POST":
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    def refusal(self, request):
        """Return what answers instead of a view, None where the view may answer."""
        path = request.path_info
        if request.user.is_anonymous:
            return session_ended() if expects_json(request) and not second_factor.is_open(path) else None
        step = second_factor.missing_step(request)
        # A given password comes before a factor is set up, and after one that there is.
        if settings.LOCAL_LOGIN and request.user.must_change_password and step != second_factor.TO_SHOW:
            return None if path == reverse("own_password") or second_factor.is_open(path) else redirect("own_password")
        if step and not second_factor.may_go_on(step, path):
            return session_ended() if expects_json(request) else second_factor.lead_to(step, request)
        return None


def limit_session(request):
    """Log out anyone who has been in for too long; else note that the session is used, which makes it last longer."""
    session, now = request.session, int(time.time())
    if now - session.setdefault(BEGAN, now) > settings.SESSION_HOURS * 60 * 60:
        logout(request)
    elif is_activity(request) and now - session.get(USED, 0) > USE_INTERVAL:
        session[USED] = now


def is_activity(request):
    """Say whether somebody did something, rather than their page by itself."""
    path = request.path_info
    return not path.startswith(AUTOMATIC_PATHS) and not (path == "/admin/session/" and request.method != "POST")


def expects_json(request):
    """Say whether a script asks, and not a browser on somebody's behalf."""
    return (
        "application/json" in request.headers.get("Accept", "") or request.headers.get("X-Requested-With") == "XMLHttpRequest"
    )


def session_ended():
    message = _("You are no longer logged in.")
    return JsonResponse({"success": False, "error_code": "session_ended", "error_message": message}, status=401)


@receiver(user_logged_in)
def note_login(sender, request, user, **kwargs):
    request.session[BEGAN] = int(time.time())
    request.session[BROWSER] = browser_name(request.headers.get("User-Agent", ""))


def browser_name(agent):
    """Return what somebody calls the browser of a `User-Agent`: "Firefox, Windows"; empty where neither is known."""
    return ", ".join(filter(None, (first_name_in(BROWSERS, agent), first_name_in(SYSTEMS, agent))))


def first_name_in(names, agent):
    return next((name for part, name in names.items() if part in agent), "")


def sessions_of(user):
    """Return the sessions in which somebody is logged in, the one that began last first: by a token that opens nothing.

    Each is a row of Django's. There are no more than staff have: readers have none.
    """
    sessions = []
    for session in Session.objects.filter(expire_date__gt=timezone.now()):
        data = session.get_decoded()
        is_theirs = data.get(SESSION_KEY) == str(user.pk)
        if is_theirs and constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash()):
            sessions.append((data.get(BEGAN, 0), session))
    return {token_of(session.session_key): session for _began, session in sorted(sessions, key=itemgetter(0), reverse=True)}


def token_of(session_key):
    return salted_hmac("a session in the list of one's own", session_key).hexdigest()


def session_description(session):
    """Return in which browser a session began, when, and when it was last used, to a minute."""
    data = session.get_decoded()
    began = data.get(BEGAN, 0)
    return _("%(browser)s: since %(began)s, last used %(used)s") % {
        "browser": data.get(BROWSER) or _("Unknown browser"),
        "began": format_minute(began),
        "used": format_minute(data.get(USED, began)),
    }


def format_minute(timestamp):
    return date_format(timezone.localtime(datetime.fromtimestamp(timestamp, UTC)), "SHORT_DATETIME_FORMAT")


@never_cache
def session_state(request):
    """Say who is logged in, if anybody, and by which token forms are known; a POST says that somebody is typing."""
    user = request.user
    if not second_factor.is_fully_in(request):
        return JsonResponse({"user": None})
    return JsonResponse({"user": user.pk, "name": user.get_username(), "token": get_token(request)})


@never_cache
@require_safe
def logged_in_again(request):
    """Where the login leads that was opened beside a form."""
    return render(request, "newsroom/logged_in_again.html")


urlpatterns = [path("session/", session_state, name="session"), path("session/back/", logged_in_again, name="session_back")]


def session_script():
    """Return the script that notices the end of a session while a form is open, and what it says."""
    words = {
        "state": reverse("session"),
        "login": f"{reverse('wagtailadmin_login')}?next={reverse('session_back')}",
        "title": _("You are no longer logged in"),
        "text": _("What you typed is still here. Log in again in another tab, then come back: this page goes on by itself."),
        "other": _("Somebody else is logged in now. Log in with the account with which you opened this page."),
        "link": _("Log in again"),
        "close": _("Back to my text"),
        "again": _("You are logged in again. Nothing was lost."),
    }
    return json_script(words, "session-words") + format_html(
        '<script src="{}" type="module"></script>', static("js/session.js")
    )
