"""Small files that browsers and programs ask for at fixed addresses: web manifest, favicon, security.txt."""

import json
from calendar import monthrange
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static

from delivery.public import public
from languages.codes import LANGUAGES
from languages.texts import text_for_reader
from languages.units import field_texts
from page_cache.recording import turn_at
from pages.models import SiteSettings

COLOUR = "#12423b"  # --brand of the light scheme
GROUND = "#fbfaf6"  # --paper
ICONS = (
    ("img/icon-192.png", "192x192", "any"),
    ("img/icon-512.png", "512x512", "any"),
    ("img/icon-maskable.png", "512x512", "maskable"),
)
A_DAY = "public, max-age=86400"
MONTHS_OF_A_CONTACT = 6


@public
def manifest(request, language=None):
    """The web app manifest (W3C): of a language, or of the pages that have none. Whoever keeps the site as an icon gets
    the browser with it, address bar included: these are pages to read and not an application."""
    site = SiteSettings.current()
    name, site_name = (field_texts(site, field) for field in ("organisation_name", "site_name"))
    name = text_for_reader(name, language or LANGUAGES[0]).text
    site_name = text_for_reader(site_name, language).text if language else ""  # which language would it be in?
    start = f"/{language}/" if language else "/"
    content = {
        "name": " – ".join(part for part in (name, site_name) if part) or settings.SITE_URL,
        "short_name": name or site_name or settings.SITE_URL,
        **({"lang": language, "dir": "ltr"} if language else {}),
        "start_url": start,
        "scope": "/",
        "display": "browser",
        "theme_color": COLOUR,
        "background_color": GROUND,
        "icons": [
            {"src": static(path), "sizes": size, "type": "image/png", "purpose": purpose} for path, size, purpose in ICONS
        ],
    }
    return HttpResponse(json.dumps(content, ensure_ascii=False), content_type="application/manifest+json")


@cache
def favicon_bytes():
    return (settings.BASE_DIR / "static" / "img" / "favicon.ico").read_bytes()


@public
def favicon(request):
    """The icon at the address that programs ask without reading any page."""
    return HttpResponse(favicon_bytes(), content_type="image/x-icon", headers={"Cache-Control": A_DAY})


@public
def robots(request):
    """What crawlers may read: everything but the admin and searches."""
    disallowed = [f"Disallow: {path}" for path in settings.NOT_FOR_CRAWLERS]
    lines = ["User-agent: *", *disallowed, f"Sitemap: {settings.SITE_URL}/sitemap.xml", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def security_txt(request):
    """How to report a vulnerability (RFC 9116): to `SECURITY_CONTACT`, else to the data protection officer, who must know
    of one that touches people's data; 404 where neither is known, since a contact that nobody reads is worse than none."""
    contacts = security_contacts()
    if not contacts:
        raise Http404
    now = datetime.now(UTC)
    turn_at(datetime(now.year + now.month // 12, now.month % 12 + 1, 1, tzinfo=UTC))
    fields = [
        *(("Contact", contact) for contact in contacts),
        ("Expires", expiry(now).strftime("%Y-%m-%dT%H:%M:%SZ")),
        ("Preferred-Languages", ", ".join(LANGUAGES)),
        ("Canonical", f"{settings.SITE_URL}/.well-known/security.txt"),
        *([("Policy", settings.SECURITY_POLICY)] if settings.SECURITY_POLICY else []),
    ]
    return HttpResponse("".join(f"{name}: {value}\n" for name, value in fields), content_type="text/plain; charset=utf-8")


def security_contacts():
    """Return the addresses at which vulnerabilities can be reported, with their schemes; [] where none is known."""
    contacts = settings.SECURITY_CONTACT or [SiteSettings.objects.values_list("data_protection_email", flat=True).first()]
    return [contact if ":" in contact else f"mailto:{contact}" for contact in contacts if contact]


def expiry(now):
    """Return the last second of the month half a year after `now`: always ahead, less than a year, the same for a month."""
    month = now.month - 1 + MONTHS_OF_A_CONTACT
    year, month = now.year + month // 12, month % 12 + 1
    return datetime(year, month, monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC)


@public
def redirect_security_txt(request):
    """Redirect from the address that was usual before the RFC."""
    return HttpResponsePermanentRedirect("/.well-known/security.txt")
