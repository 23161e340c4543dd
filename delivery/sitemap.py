"""The sitemap, by the protocol of sitemaps.org with the alternates that search engines read beside it.

Written as plain strings: ten thousand pages in three languages are thirty thousand entries of five lines.
"""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from delivery.public import public
from languages.codes import LANGUAGES
from languages.paths import path_of
from pages.addresses import HOME_DEPTH, neutral_path
from pages.models import SitePage

OPENING = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
SITEMAP_PAGES = 10_000  # times three languages: below the 50,000 addresses of the sitemaps.org protocol
COLUMNS = ("depth", "slug", "changed_at", *(f"address_{code}" for code in LANGUAGES))


@public
def sitemap(request, number=None):
    """The sitemap with alternates; above 10,000 pages an index of several, each with a number (?p= is how it was asked for)."""
    paginator = sitemap_parts()
    if number is not None and int(number) > paginator.num_pages:
        raise Http404
    number = number or request.GET.get("p")
    if paginator.num_pages > 1 and number is None:
        context = {"site": settings.SITE_URL, "paths": sitemap_paths()[1:]}
        return render(request, "sitemap_index.xml", context, content_type="application/xml")
    return HttpResponse(sitemap_xml(paginator.get_page(number).object_list), content_type="application/xml")


def sitemap_parts():
    return Paginator(SitePage.objects.existing().filter(alias_of=None).order_by("path"), SITEMAP_PAGES)


def sitemap_paths():
    """Return the path of the sitemap, and those of its parts where there are several."""
    count = sitemap_parts().num_pages
    parts = [reverse("sitemap_part", args=[number]) for number in range(1, count + 1)] if count > 1 else []
    return [reverse("sitemap"), *parts]


def sitemap_xml(pages):
    """Return the sitemap of a queryset of pages. Addresses hold nothing that XML would have to escape."""
    return OPENING + "".join(page_entries(row) for row in pages.values_list(*COLUMNS).iterator()) + "</urlset>\n"


def page_entries(row):
    """Return the entries of one page, one for each language in which it exists, each naming them all."""
    depth, slug, changed_at, *addresses = row
    paths = paths_by_language(addresses)
    links = "".join(alternate_link(code, path) for code, path in paths.items())
    links += alternate_link("x-default", neutral_path(slug, depth == HOME_DEPTH))
    return "".join(
        f"<url>\n<loc>{settings.SITE_URL}{path}</loc>\n{lastmod(changed_at.get(code))}{links}</url>\n"
        for code, path in paths.items()
    )


def paths_by_language(addresses):
    """Return the paths of a page by language; `addresses` come in the order of the languages, None where it does not exist."""
    return {code: path_of(code, address) for code, address in zip(LANGUAGES, addresses, strict=True) if address is not None}


def alternate_link(code, path):
    return f'<xhtml:link rel="alternate" hreflang="{code}" href="{settings.SITE_URL}{path}"/>\n'


def lastmod(moment):
    return f"<lastmod>{moment}</lastmod>\n" if moment else ""
