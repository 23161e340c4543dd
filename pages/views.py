"""The public views: a page by its address, the choice of a language, and what machines read."""

import re
from functools import cache

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from languages.codes import LANGUAGES, OWN_NAMES, current
from pages.addresses import path_of
from pages.models import SitePage
from pages.navigation import statement_paths
from pages.preferences import preferred_language
from pages.sitemap import sitemap_xml

STEP = "[a-z0-9]+(?:-[a-z0-9]+)*"
ADDRESS = re.compile(rf"^(?P<address>{STEP}(?:/{STEP})*)?(?(address)/?)\Z")
# A page cache in front keeps a page for a second, and may show it while it fetches a new one or the application is down.
CACHE_CONTROL = "public, s-maxage=1, stale-while-revalidate=60, stale-if-error=86400"
SITEMAP_PAGES = 10_000  # times three languages: below the 50,000 addresses of the sitemaps.org protocol


def public(view):
    """Mark a view as public: read only, outside of transactions, and kept for a second by the cache in front."""

    def wrapped(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    return transaction.non_atomic_requests(require_safe(wrapped))


@public
def page(request, language, address=""):
    """Serve the page that has this address in this language, found with one lookup; else 404."""
    match = ADDRESS.match(address)
    if match is None:
        raise Http404
    address = match["address"] or ""
    row = SitePage.objects.filter(**{f"address_{language}": address}).values_list("pk", "content_type_id").first()
    if row is None:
        raise Http404
    if request.path_info != path_of(language, address):
        query = request.META.get("QUERY_STRING")
        return HttpResponsePermanentRedirect(path_of(language, address) + (f"?{query}" if query else ""))
    # Asked for by its own type at once: Wagtail's `specific()` would fetch the base page's columns twice.
    return ContentType.objects.get_for_id(row[1]).model_class().objects.get(pk=row[0]).serve(request)


@public
def choose_language(request, slug=None):
    """Lead to the reader's language, or let the reader choose between equals: for the home page, or the page with this slug."""
    found = SitePage.objects.filter(**({"slug": slug} if slug else {"depth": 2})).first()
    paths = found.paths() if found else {}
    if not paths:
        raise Http404
    preferred = preferred_language(request.headers.get("Accept-Language", ""), paths)
    if preferred:
        response = HttpResponseRedirect(paths[preferred])
    else:
        choices = [{"code": code, "name": OWN_NAMES[code], "path": path} for code, path in paths.items()]
        context = {"choices": choices, "page": found if slug else None, "statement": statement_paths()}
        response = render(request, "choose_language.html", context)
    patch_vary_headers(response, ["Accept-Language"])
    return response


def nearest_help(path):
    """Return what helps a reader who came to a path that leads nowhere, with one query.

    `nearest` is the page closest above it in its language; `elsewhere` are languages in which this very path exists, as
    (code, path): many a link has only its language wrong.
    """
    first, _slash, address = path.lstrip("/").partition("/")
    match = ADDRESS.match(address)
    if first not in LANGUAGES or match is None or not match["address"]:
        return {}
    address = match["address"]
    steps = address.split("/")
    above = ["/".join(steps[:length]) for length in range(1, len(steps))]
    same = Q()
    for code in LANGUAGES:
        same |= Q(**{f"address_{code}": address})
    found = SitePage.objects.filter(same | Q(**{f"address_{current()}__in": above})).for_links()
    nearest = max(
        (page for page in found if getattr(page, f"address_{current()}") in above),
        key=lambda page: page.depth,
        default=None,
    )
    elsewhere = [
        (code, path_of(code, address)) for page in found for code in LANGUAGES if getattr(page, f"address_{code}") == address
    ]
    return {"nearest": nearest, "elsewhere": elsewhere}


@public
def sitemap(request):
    """The sitemap with alternates; above 10,000 pages an index of several."""
    existing = Q()
    for code in LANGUAGES:
        existing |= Q(**{f"address_{code}__isnull": False})
    leaves = Paginator(SitePage.objects.filter(existing, alias_of=None).order_by("path"), SITEMAP_PAGES)
    number = request.GET.get("p")
    if leaves.num_pages > 1 and number is None:
        context = {"site": settings.SITE_URL, "numbers": leaves.page_range}
        return render(request, "sitemap_index.xml", context, content_type="application/xml")
    return HttpResponse(sitemap_xml(leaves.get_page(number).object_list), content_type="application/xml")


@public
def robots(request):
    """What crawlers may read: everything but the admin and searches."""
    disallowed = [f"Disallow: {path}" for path in settings.NOT_FOR_CRAWLERS]
    lines = ["User-agent: *", *disallowed, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@transaction.non_atomic_requests
@require_safe
def healthz(request):
    """Say that the application answers; asks the database nothing."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@cache
def migrations():
    """Return the migrations of this version of the code and what each replaces; reading their files takes half a second."""
    nodes = MigrationLoader(None).graph.nodes
    return [(key, set(nodes[key].replaces)) for key in nodes]


@transaction.non_atomic_requests
@require_safe
def readyz(request):
    """Say whether database and migrations are fine: 200, or 503 with what is not."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        pending = [key for key, replaced in migrations() if key not in applied and not (replaced and replaced <= applied)]
    except Exception:  # whatever is wrong with the database, the answer is the same
        return JsonResponse({"database": "unreachable"}, status=503, headers={"Cache-Control": "no-store"})
    answer = {"database": "fine", "migrations": "pending" if pending else "fine"}
    return JsonResponse(answer, status=503 if pending else 200, headers={"Cache-Control": "no-store"})
