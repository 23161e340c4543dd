"""Documents for readers: served while a page that they can reach shows them, and not to whoever has the address alone."""

import logging
from functools import wraps
from mimetypes import guess_type
from pathlib import PurePath

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpResponseNotModified, HttpResponseRedirect
from django.utils.http import http_date
from django.utils.translation import gettext_lazy
from django.views.static import serve, was_modified_since
from wagtail.models import Page, ReferenceIndex
from wagtail.utils.sendfile import sendfile
from wagtail.utils.sendfile_streaming_backend import sendfile as streamed

from assets.models import DOCUMENTS, FILES, SiteDocument
from delivery.errors import bare_error
from delivery.public import public
from pages.models import SitePage

logger = logging.getLogger(__name__)
TRY_LATER = gettext_lazy("Try again in a few minutes. The pages of this site work meanwhile.")
CLOSED = {DOCUMENTS, "wagtail_uploads"}  # folders of MEDIA_ROOT that are not served as they are
SHOWN_IN_THE_BROWSER = {"application/pdf"}
BIGINT = 2**63


def say_when_away(view):
    """Answer 503 where files cannot be read now; what is not there is a matter of the view."""

    @wraps(view)
    def careful_view(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except FileNotFoundError as error:
            raise Http404 from error
        except OSError as error:
            logger.warning("A file cannot be read: %s", error)
            response = bare_error(request, 503, gettext_lazy("This file cannot be opened now"), TRY_LATER)
            response.headers["Retry-After"] = "60"
            response.headers["Cache-Control"] = "no-store"
            return response

    return careful_view


@public(is_kept=False)
@say_when_away
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
@say_when_away
def serve_media(request, path):
    """Serve all other uploaded files, where no web server in front does."""
    if is_closed(path):
        raise Http404
    if has_paths(default_storage):
        return serve(request, path, document_root=settings.MEDIA_ROOT)
    response = stored_response(request, default_storage, path, content_type=type_of(path))
    response.headers["Cache-Control"] = "public, max-age=3600, stale-if-error=86400"
    response.headers["Content-Security-Policy"] = "script-src 'none'; object-src 'none'; frame-ancestors 'none'"
    return response


def is_closed(path):
    """Say whether a path below the uploaded files is in a folder that is not served as it is, or is no plain name of a file.

    Of other spellings a storage would make a name, and reach what is closed.
    """
    steps = path.split("/")
    is_plain = not {"", ".", ".."} & set(steps) and "\\" not in path and path.isprintable()
    return not is_plain or steps[0].lower() in CLOSED


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
            if is_there(file):
                yield document, file


def is_there(file):
    """Say whether a file is stored, as far as is known: one whose storage does not answer is taken to be there."""
    try:
        return file.storage.exists(file.name)
    except OSError:
        return True


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
    kind, name = type_of(file.name), PurePath(file.name).name
    is_saved = kind not in SHOWN_IN_THE_BROWSER
    if has_paths(file.storage):
        response = sendfile(request, file.path, attachment=is_saved, attachment_filename=name, mimetype=kind, backend=streamed)
    else:
        shown = {"as_attachment": is_saved, "filename": name, "content_type": kind}
        response = stored_response(request, file.storage, file.name, **shown)
    # What was withdrawn is gone at once: no cache gives it out while the site is down.
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Content-Security-Policy"] = "default-src 'none'"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def type_of(name):
    return guess_type(name)[0] or "application/octet-stream"


def has_paths(storage):
    """Say whether a storage is a folder of this host."""
    try:
        return bool(storage.path(""))
    except NotImplementedError:
        return False


def stored_response(request, storage, name, **options):
    """Return what a storage elsewhere holds, or 304 where the reader has it; `options` are those of `FileResponse`."""
    changed = storage.get_modified_time(name).timestamp()
    if not was_modified_since(request.headers.get("If-Modified-Since"), changed):
        return HttpResponseNotModified()
    response = FileResponse(storage.open(name), **options)
    response.headers["Last-Modified"] = http_date(changed)
    return response
