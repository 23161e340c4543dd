"""Documents for readers: open while a page that they can reach shows them. Whoever has the address alone gets nothing."""

import posixpath
from mimetypes import guess_type
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.views.static import serve
from wagtail.models import Page, ReferenceIndex
from wagtail.utils.sendfile import sendfile
from wagtail.utils.sendfile_streaming_backend import sendfile as streamed

from assets.models import DOCUMENTS, FILES, SiteDocument
from delivery.public import public
from languages.codes import LANGUAGES
from pages.models import SitePage

CLOSED = {DOCUMENTS, "wagtail_uploads"}  # folders of MEDIA_ROOT that are not simply shown
SHOWN_IN_THE_BROWSER = {"application/pdf"}
BIGINT = 2**63


@public
def document(request, key, name):
    """The file of a document, or one of its editions."""
    found = SiteDocument.objects.filter(pk=key).first() if int(key) < BIGINT else None
    file = next((file for file in found.files() if PurePath(file.name).name == name), None) if found else None
    if not file or not is_shown(found) or not file.storage.exists(file.name):
        raise Http404
    return answer(request, file)


@public
def formerly(request, name):
    """Where documents were to be found before they had an address that asks who shows them: not for ever, as files change."""
    found, file = with_file(name)
    if not found or not is_shown(found):
        raise Http404
    return HttpResponseRedirect(found.address_of(file))


@public
def media(request, path):
    """All other uploaded files, where no web server in front shows them."""
    if posixpath.normpath(path).lstrip("/").split("/")[0].lower() in CLOSED:
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def is_shown(found):
    """Say whether a page that readers can reach shows a document. The index of references holds what is live."""
    is_private = found.collection.get_view_restrictions().exists()
    keys = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        to_object_id=str(found.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    reachable = Q()
    for code in LANGUAGES:
        reachable |= Q(**{f"address_{code}__isnull": False})
    return not is_private and SitePage.objects.filter(reachable, pk__in=[int(key) for key in keys], live=True).exists()


def with_file(name):
    """Return a document that has a file of this name, and the file; a pair of None where there is none."""
    stored = f"{DOCUMENTS}/{name}"
    named = Q()
    for field in FILES:
        named |= Q(**{field: stored})
    found = SiteDocument.objects.filter(named).first()
    return found, next((file for file in found.files() if file.name == stored), None) if found else None


def answer(request, file):
    """Return a file as it is, never to be run; what browsers do not show is for downloading."""
    kind = guess_type(file.name)[0] or "application/octet-stream"
    response = sendfile(
        request,
        file.path,
        attachment=kind not in SHOWN_IN_THE_BROWSER,
        attachment_filename=PurePath(file.name).name,
        mimetype=kind,
        backend=streamed,
    )
    # What was withdrawn is gone at once: no cache gives it out while the site is down.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
