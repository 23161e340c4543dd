"""Public addresses that only read: whoever would write to them hears that, and nothing of a form that nobody sent."""

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

READ_ONLY = [
    "/",
    "/nl/",
    "/nl/nergens/",
    "/nl/zoeken/",
    "/nl/zoeken/suggesties/",
    "/fr/recherche/opensearch.xml",
    "/nl/feed/",
    "/nl/glossary.jsonld",
    "/nl/manifest.webmanifest",
    "/sitemap.xml",
    "/robots.txt",
    "/favicon.ico",
    "/healthz",
    "/readyz",
    "/documents/1/a.pdf",
    "/media/documents/a.pdf",
    "/nl/schrijf-ons",
    "/_design/",
]


@pytest.mark.parametrize("path", READ_ONLY)
def test_whoever_would_write_is_told_which_methods_there_are(path, home):
    client = Client(enforce_csrf_checks=True)
    for method in ("post", "put", "delete", "patch"):
        response = getattr(client, method)(path)
        assert (response.status_code, response.headers.get("Allow")) == (405, "GET, HEAD"), method


def public_views():
    """Return the views of all addresses outside of the admin."""
    patterns = get_resolver().url_patterns
    included = [one for one in patterns if isinstance(one, URLResolver) and not str(one.pattern).startswith("admin/")]
    patterns = [one for one in patterns if isinstance(one, URLPattern)] + [
        each for one in included for each in one.url_patterns
    ]
    return {pattern.callback for pattern in patterns}


def test_every_public_view_that_takes_no_form_is_read_only():
    names = {view.__name__ for view in public_views() if not getattr(view, "csrf_exempt", False)}
    assert names == set(), "Mark it with delivery.public.read_only."
