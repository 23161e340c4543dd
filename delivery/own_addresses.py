"""What answers at an address of the site that is no page: its search, its forms, its files."""

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve
from django.utils.functional import cached_property

from delivery.documents import is_closed, redirect_old_address, serve_document, serve_media, shown_document_paths
from delivery.health import healthz, readyz
from delivery.views import choose_language, page
from pages.models import SitePage

PAGES = (page, choose_language)
FOR_MACHINES = (healthz, readyz)


class OwnAddresses:
    """Says what answers. What it asks of the database it asks once, however many addresses there are."""

    def has(self, path):
        """Say whether the site itself answers at a path now, such as its search or a document; pages do not count."""
        match = match_of(path)
        if match is None or match.func in (*PAGES, serve_media):
            return is_public_file(path)
        return match.func not in (serve_document, redirect_old_address) or path in self.documents

    def leads_readers(self, path):
        """Say whether a reader who is sent to a path finds something there: what machines ask, or a draft, is none of it."""
        match = match_of(path)
        if match is not None and match.func not in PAGES:
            if match.func in FOR_MACHINES or "token" in match.kwargs or match.func.__module__.startswith("wagtail."):
                return False
            if "slug" in match.kwargs:
                return match.kwargs["slug"] in self.slugs
        return self.has(path)

    @cached_property
    def documents(self):
        return shown_document_paths()

    @cached_property
    def slugs(self):
        return set(SitePage.objects.existing().values_list("slug", flat=True))


def match_of(path):
    """Return the view of a path, with its arguments, as Django finds it; None where there is none."""
    try:
        return resolve(path)
    except Resolver404:
        return None


def is_public_file(path):
    """Say whether an uploaded file that is open to everybody, such as a picture, has this address."""
    name = path.removeprefix(settings.MEDIA_URL)
    if not path.startswith(settings.MEDIA_URL) or not name or is_closed(name):
        return False
    try:
        return default_storage.exists(name)
    except (SuspiciousOperation, ValueError, OSError):  # no name that a file can have
        return False
