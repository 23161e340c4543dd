"""The feed of a language: its new and changed pages, newest first (Atom, RFC 4287)."""

import uuid

from django.conf import settings
from django.db.models import Min, OuterRef, Subquery
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _

from delivery.public import public
from languages.codes import LANGUAGES
from languages.paths import path_of
from languages.units import shown_text
from pages.models import PublicChange, SiteSettings

MAX_ENTRIES = 50


class Feed(Atom1Feed):
    """Django's Atom feed, with what a site in several languages adds: each link says which language it leads to."""

    def add_root_elements(self, handler):
        super().add_root_elements(handler)
        for code in LANGUAGES:
            if code != self.feed["language"]:
                kind = "application/atom+xml"
                link = {"rel": "alternate", "type": kind, "hreflang": code, "href": absolute_url(reverse("feed", args=[code]))}
                handler.addQuickElement("link", "", link)

    def add_item_elements(self, handler, item):
        super().add_item_elements(_WithLanguage(handler, self.feed["language"]), item)


class _WithLanguage:
    """A writer of XML that names the language at links, on its way to another."""

    def __init__(self, handler, language):
        self.handler, self.language = handler, language

    def addQuickElement(self, name, contents=None, attrs=None):  # noqa: N802  (the name is SAX's)
        more = {"hreflang": self.language, "type": "text/html"} if name == "link" else {}
        self.handler.addQuickElement(name, contents, {**(attrs or {}), **more})

    def __getattr__(self, name):
        return getattr(self.handler, name)


@public
def feed(request, language):
    """Answer with the feed of a language; 404 where no page exists in it."""
    if not request.path_info.endswith("/"):
        return HttpResponsePermanentRedirect(reverse("feed", args=[language]))
    rows = list(latest_changes(language))
    if not rows:
        raise Http404
    # By its tag alone anybody learns that it is another: a page that is withdrawn leaves it, and no moment says so.
    return HttpResponse(feed_xml(rows, language), content_type=Feed.content_type)


def latest_changes(language):
    """Return the pages that changed last for readers of `language`, each with its latest change, with one query.

    An alias is left out: what it shows was told of its source.
    """
    changes = PublicChange.objects.filter(language=language)
    own = changes.filter(page=OuterRef("page")).order_by()
    newest = changes.filter(**{f"page__address_{language}__isnull": False}).order_by("page", "-moment", "-pk").distinct("page")
    return (
        PublicChange.objects.filter(pk__in=newest.values("pk"))
        .annotate(published=Subquery(own.values("page").annotate(first=Min("moment")).values("first")))
        .order_by("-moment", "-pk")
        .values(
            "moment",
            "note",
            "published",
            "page__translation_key",
            f"page__heading_{language}",
            f"page__summary_{language}",
            f"page__address_{language}",
        )[:MAX_ENTRIES]
    )


def feed_xml(rows, language):
    """Return the feed of these rows as XML."""
    site = SiteSettings.current()
    name, site_name = (shown_text(site, field, language).text for field in ("organisation_name", "site_name"))
    feed = Feed(
        title=" – ".join(part for part in (_("New and changed pages"), site_name) if part),
        link=absolute_url(path_of(language, "")),
        description=None,
        subtitle=shown_text(site, "tagline", language).text or None,
        language=language,
        author_name=name or site_name or "–",
        author_link=absolute_url("/"),
        feed_url=absolute_url(reverse("feed", args=[language])),
        feed_guid=absolute_url(reverse("feed", args=[language])),
    )
    for row in rows:
        text = row["note"] or row[f"page__summary_{language}"]
        feed.add_item(
            title=row[f"page__heading_{language}"],
            link=absolute_url(path_of(language, row[f"page__address_{language}"])),
            description=escape(text) if text else None,  # which is HTML by the feed's own word
            unique_id=identifier(row["page__translation_key"], language),
            pubdate=row["published"],
            updateddate=row["moment"],
        )
    return feed.writeString("utf-8")


def identifier(key, language):
    """Return the id of a page in one language, which outlives its address and the site's: a URN made of its unchanging key."""
    return uuid.uuid5(key, language).urn


def absolute_url(path):
    return settings.SITE_URL + path
