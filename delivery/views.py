"""The public views: a page by its address, and the choice of a language."""

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from delivery.accept_language import preferred_language
from delivery.public import public
from languages.codes import LANGUAGES, OWN_NAMES
from pages.addresses import ADDRESS, HOME_DEPTH
from pages.finding import find_page
from pages.list_parts import PARAMETER, number_of, part_path
from pages.models import SitePage
from pages.navigation import statement_paths


@public
def page(request, language, address=""):
    """Serve the page that has this address in this language, found with one lookup, or a part of a list; else 404."""
    match = ADDRESS.match(address)
    if match is None:
        raise Http404
    page, number = find_page(language, match["address"] or "")
    own_path = page.paths().get(language) if page else None  # None where it went meanwhile
    if own_path is None:
        raise Http404
    asked = number_of(request.GET.get(PARAMETER, "")) if page.is_list else None
    path = part_path(language, own_path, asked or number)
    if asked or request.path_info != path:
        query = without_part(request.GET) if asked else request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(path + (f"?{query}" if query else ""))
    return page.serve(request, part=number)


def without_part(parameters):
    """Return a query without the parameter by which parts of lists were asked for."""
    left = parameters.copy()
    del left[PARAMETER]
    return left.urlencode()


def language_asked_for(request):
    """Return the language that the reader clearly prefers, "" for none: it decides where a neutral address leads."""
    return preferred_language(request.headers.get("Accept-Language", ""), LANGUAGES) or ""


@public(by=language_asked_for)
def choose_language(request, slug=None):
    """Lead to the reader's language, or let the reader choose between equals: for the home page, or the page with this slug."""
    page = SitePage.objects.filter(**({"slug": slug} if slug else {"depth": HOME_DEPTH})).first()
    paths = page.paths() if page else {}
    if not paths:
        raise Http404
    preferred = preferred_language(request.headers.get("Accept-Language", ""), paths)
    if preferred:
        response = HttpResponseRedirect(paths[preferred])
    else:
        choices = [{"code": code, "name": OWN_NAMES[code], "path": path} for code, path in paths.items()]
        context = {"choices": choices, "page": page if slug else None, "statement": statement_paths()}
        response = render(request, "choose_language.html", context)
    patch_vary_headers(response, ["Accept-Language"])
    return response
