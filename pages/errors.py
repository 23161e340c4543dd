"""Clear answers to what cannot be served, in the language of the address."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from languages.codes import LANGUAGES, current
from pages.navigation import Navigation


def error_page(request, status, title, text, nearest=None, elsewhere=()):
    """Return an error page with the site's navigation; it is never more than a few seconds in a cache."""
    language = current()
    context = {
        "language": language,
        "navigation": Navigation(language),
        "status": status,
        "title": title,
        "text": text,
        "nearest": nearest,
        "elsewhere": elsewhere,
    }
    response = render(request, "error.html", context, status=status)
    response.headers["Cache-Control"] = "public, s-maxage=1"
    return response


def bad_request(request, exception):
    """400: what was sent is no request we understand. Asks the database nothing: the request itself may be hostile."""
    return render(request, "400.html", {"language": current(), "languages": LANGUAGES}, status=400)


def permission_denied(request, exception):
    return error_page(request, 403, _("No access"), _("You do not have access to this page."))


def page_not_found(request, exception):
    from pages.views import nearest_help  # views raise what this answers

    text = _("This page does not exist, or no longer exists.")
    return error_page(request, 404, _("Page not found"), text, **nearest_help(request.path_info))


def csrf_failure(request, reason=""):
    text = _("This form was open for too long, or was not sent from this site. Go back, reload the page and try again.")
    return error_page(request, 403, _("The form could not be accepted"), text)


def server_error(request):
    """500: nothing may be assumed to work, so the page asks nothing of database, templates' context or translations."""
    return render(request, "500.html", status=500)
