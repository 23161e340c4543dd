"""Documents for readers: served while a page that they can reach shows them, and not to whoever has the address alone."""

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
from pages.models import SitePage

CLOSED = {DOCUMENTS, "wagtail_uploads"}  # folders of MEDIA_ROOT that are not served as they are
SHOWN_IN_THE_BROWSER = {"application/pdf"}
BIGINT = 2**63


@public(is_kept=False)
def serve_document(request, key, name):
    """Serve the file of a document, or one of its editions."""
    document = SiteDocument.objects.filter(pk=key).first() if int(key) < BIGINT else None
    file = file_named(document, name)
    if file is None or not is_shown(document):
        raise Http404
    return file_response(request, file)


def file_named(document, name):
    """Return the file, or the edition, of a document that has a name and is there; None where there is none."""
    files = document.files() if document else ()
    return next((file for file in files if PurePath(file.name).name == name and file.storage.exists(file.name)), None)


@public(is_kept=False)
def redirect_old_address(request, name):
    """Redirect from where the web server used to serve documents unchecked; not permanently, as files change."""
    document, file = find_by_file(name)
    if not document or not is_shown(document):
        raise Http404
    return HttpResponseRedirect(document.address_of(file))


@public(is_kept=False)
def serve_media(request, path):
    """Serve all other uploaded files, where no web server in front does."""
    if is_closed(path):
        raise Http404
    return serve(request, path, document_root=settings.MEDIA_ROOT)


def is_closed(path):
    """Say whether a path below the uploaded files is in a folder that is not served as it is."""
    return posixpath.normpath(path).lstrip("/").split("/")[0].lower() in CLOSED


def shown_document_paths():
    """Return all paths at which readers open documents now, those of before included, with few queries."""
    return {path for document, file in shown_files() for path in (document.address_of(file), settings.MEDIA_URL + file.name)}


def shown_files():
    """Yield each document that readers open now with each of its files, with few queries."""
    pages = SitePage.objects.existing().filter(live=True).values_list("pk", flat=True)
    shown = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in={str(key) for key in pages},
    ).values_list("to_object_id", flat=True)
    documents = SiteDocument.objects.filter(pk__in={int(key) for key in shown}).select_related("collection")
    collections = {document.collection_id: document.collection for document in documents}
    private = {key for key, collection in collections.items() if collection.get_view_restrictions().exists()}
    for document in documents:
        for file in document.files() if document.collection_id not in private else ():
            if file.storage.exists(file.name):
                yield document, file


def is_shown(document):
    """Say whether a page that readers can reach shows a document. The index of references holds what is live."""
    is_private = document.collection.get_view_restrictions().exists()
    keys = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(SiteDocument),
        to_object_id=str(document.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    ).values_list("object_id", flat=True)
    return not is_private and SitePage.objects.existing().filter(pk__in=[int(key) for key in keys], live=True).exists()


def find_by_file(name):
    """Return a document that has a file of this name, and the file; `(None, None)` where there is none."""
    file_name = f"{DOCUMENTS}/{name}"
    has_file = Q()
    for field in FILES:
        has_file |= Q(**{field: file_name})
    document = SiteDocument.objects.filter(has_file).first()
    return document, next((file for file in document.files() if file.name == file_name), None) if document else None


def file_response(request, file):
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
