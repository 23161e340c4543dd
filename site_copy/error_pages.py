"""The pages that a web server shows by itself while the application says nothing: made beforehand, without the database."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from delivery.errors import NOT_FOUND, bad_request, bare_error
from languages.codes import LANGUAGES

TOO_LARGE = 413, _("Too large"), _("This site takes 30 MB at most. Go back and choose a smaller file.")
TOO_MANY = (
    429,
    _("Too many requests"),
    _("More requests came from your network in a short time than we can handle. Wait a minute, then go on."),
)
AWAY = 503, _("This page cannot be shown right now"), _("The fault is ours, not yours. Please try again in a few minutes.")
ADMIN_AWAY = (
    503,
    _("The admin is away for a moment"),
    _("What you saved is safe. Go back: what you typed is usually still there. Save it again in a few minutes."),
)
SEARCH_AWAY = (
    503,
    _("The search is away for a moment"),
    _("The pages of this site can still be read. Start from the home page, or search again in a few minutes."),
)
FORM_AWAY = (
    503,
    _("The form cannot be sent right now"),
    _("Nothing was sent. Go back: what you typed is usually still there. Copy it, and send it again in a few minutes."),
)


def error_pages():
    """Return `{name: HTML}` of all pages, which are in three languages, but where the name ends with one: "search-nl"."""
    alone = {"404": NOT_FOUND, "413": TOO_LARGE, "429": TOO_MANY, "503": AWAY, "admin": ADMIN_AWAY}
    pages = {name: bare_error(None, *page).content for name, page in alone.items()}
    for kind, page in (("search", SEARCH_AWAY), ("form", FORM_AWAY)):
        pages |= {f"{kind}-{code}": bare_error(None, *page, languages=[code]).content for code in LANGUAGES}
    return pages | {"400": bad_request(None).content, "500": render_to_string("500.html").encode()}
