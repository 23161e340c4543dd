"""How a browser or another program learns to search here: the description of the search in a language (OpenSearch 1.1)."""

from textwrap import shorten
from urllib.parse import urlsplit

from django.conf import settings
from django.shortcuts import render
from django.utils.translation import gettext as _

from delivery.metadata import join_title
from delivery.public import public
from languages.units import shown_text
from pages.models import SiteSettings
from pages.navigation import Navigation
from search.words import words

MEDIA_TYPE = "application/opensearchdescription+xml"
# What the specification leaves room for, in characters.
SHORT, LONG, TAGS = 16, 48, 256


@public
def opensearch(request, language):
    """Answer with the description of the search in a language."""
    site = SiteSettings.current()
    tags = menu_words(language)
    context = {
        "language": language,
        "site_url": settings.SITE_URL,
        "short_name": short_name(site, language),
        "long_name": first_that_fits(LONG, *descriptions(site, language)),
        "description": descriptions(site, language)[0],
        "tags": shorten(" ".join(tags), TAGS, placeholder="", break_on_hyphens=False),
        "example": max(tags, key=len, default=""),  # a word of a heading, and one that says something
    }
    return render(request, "search/opensearch.xml", context, content_type=MEDIA_TYPE)


def short_name(site, language):
    """Return by what name a browser keeps the search: "Actiris NL", so that it can keep that of each language.

    The name of the organisation is never cut, as half of it may be somebody else's.
    """
    name, code = own_name(site, language), language.upper()
    return first_that_fits(SHORT, *([f"{name} {code}", name] if name else []), f"{_('Search')} {code}")


def descriptions(site, language):
    """Return in words whose search this is, and in which language; the longest first."""
    name, site_name = own_name(site, language), shown_text(site, "site_name", language).text
    names = filter(None, [join_title(name, site_name), name, site_name, urlsplit(settings.SITE_URL).netloc])
    return [_("%(name)s: search in English") % {"name": name} for name in names]


def own_name(site, language):
    return shown_text(site, "organisation_name", language).text


def first_that_fits(longest, *texts):
    """Return the first of some texts that has room, "" where none has."""
    return next((text for text in texts if len(text) <= longest), "")


def menu_words(language):
    """Return the words of the headings in the menu, each once."""
    headings = (getattr(page, f"heading_{language}") for page in Navigation(language).menu)
    return list(dict.fromkeys(word for heading in headings for word in words(heading)))
