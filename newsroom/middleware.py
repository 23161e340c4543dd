"""Middleware around the admin's views: its own content security policy, and an answer where publishing is refused."""

import re

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from newsroom.accounts.sessions import expects_json
from pages.scheduling import error_messages

UNKNOWN = "admin/.*/$"  # the route of what Wagtail's admin does not know
MOVING = re.compile(r"/(?:move|set_position)/")
# Wagtail's editor needs inline styles and scripts; the public site does not.
POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:", *settings.PICTURE_HOSTS],
    "font-src": [SELF, "data:"],
    "object-src": [NONE],
    "base-uri": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [SELF],
}


class AdminPolicyMiddleware:
    """Loosen the policy below `/admin/`, and nowhere else; keep all of it out of caches and search engines.

    A view of the admin that shows what readers see keeps their policy: it sets `has_public_policy` on its response. A preview
    comes through all middleware as a request of its own, for the page's public address, and brings the public policy along;
    the editor shows it in a frame, which only the admin's policy allows.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/admin/"):
            if not getattr(response, "has_public_policy", False):
                response.headers.pop(HEADER, None)
                response._csp_replace = POLICY
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


class ExportMiddleware:
    """Answer 404 where somebody asks a list for a spreadsheet that has none: Wagtail's lists send an empty one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, args, kwargs):
        view = getattr(view_func, "view_class", None)
        if not (isinstance(view, type) and issubclass(view, SpreadsheetExportMixin)):
            return
        columns = getattr(view_func, "view_initkwargs", {}).get("list_export", view.list_export)
        if not columns and request.GET.get("export") in SpreadsheetExportMixin.FORMATS:
            raise Http404


class ButtonAddressMiddleware:
    """Lead whoever looks at an address that only takes what a button sends to the screen above it, and say so.

    Somebody whose session had ended when they pressed the button comes there from the login.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_looking = request.method in ("GET", "HEAD") and request.path_info.startswith("/admin/")
        if not is_looking or response.status_code != 405 or expects_json(request):
            return response
        text = _("Nothing was done yet, for example because you were logged out in between. Press the button again.")
        messages.warning(request, text)
        return redirect(screen_above(request.path_info))


def screen_above(path):
    """Return the nearest address above one of the admin at which there is something."""
    folders = path.strip("/").split("/")[:-1]
    above = (f"/{'/'.join(folders[:number])}/" for number in range(len(folders), 0, -1))
    return next(address for address in above if resolve(address).route != UNKNOWN)


class PublishingRefusedMiddleware:
    """Answer a refusal to publish that no form could show with the reason, and never with an error page.

    The editor's form, the copy form and the bulk actions say what is missing themselves. This is for the ways that have no
    form, such as an approval from the dashboard, or two people who take the same address at the same moment. The
    transaction of the request has been taken back by then.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, ValidationError) or not request.path_info.startswith("/admin/"):
            return None
        lines = error_messages(exception)
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"success": False, "error_code": "refused", "error_message": " ".join(lines)}, status=400)
        headline = _("Not moved.") if MOVING.search(request.path_info) else getattr(exception, "headline", _("Not published."))
        messages.error(request, " ".join([str(headline), *lines]))
        referrer = request.headers.get("Referer", "")
        is_own = url_has_allowed_host_and_scheme(referrer, {request.get_host()})
        destination = referrer if is_own else reverse("wagtailadmin_home")
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # Wagtail's dialogues, such as approval with a comment
            return JsonResponse({"step": "success", "redirect": destination})
        return redirect(destination)
