"""The page of the design system: every component in every state, for staff, in the language that its address names."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.admin.auth import require_admin_access

from languages.codes import LANGUAGES, OWN_NAMES, current_language
from pages.navigation import Navigation
from styleguide.specimens import all_components


class DesignNavigation(Navigation):
    """The navigation of the site, but its switch of languages stays on this page."""

    @property
    def languages(self):
        return [
            {"code": code, "name": OWN_NAMES[code], "path": path(code), "is_current": code == self.language}
            for code in LANGUAGES
        ]


def path(language):
    return reverse("design", args=[language])


@require_admin_access
def index(request):
    """Lead to the page in the language in which the admin speaks."""
    return HttpResponseRedirect(path(current_language()))


@require_admin_access
def design(request, language):
    """Draw all components as readers of `language` see them, under the policy of the public site."""
    if language not in LANGUAGES:
        raise Http404
    with translation.override(language):
        context = {
            "language": language,
            "navigation": DesignNavigation(language),
            "title": _("Design system"),
            "groups": all_components(),
        }
        response = render(request, "styleguide/design.html", context)
    response.has_public_policy = True
    response.headers["Content-Language"] = language
    return response
