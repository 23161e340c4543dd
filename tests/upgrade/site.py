"""What must survive an upgrade, as plain data: what readers read, where old addresses lead, groups, files, what staff made.

Runs on the release that makes the fixture and on the newest code alike, so it uses little of either.
"""

import hashlib
from collections import Counter
from datetime import UTC, datetime
from unittest import mock

from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from assets.models import SiteDocument, SiteImage
from pages.models import SitePage

TODAY = datetime(2026, 11, 28, 12, tzinfo=UTC)  # pages say "until" or "since" by the day on which they are read
COUNTED = (
    "pages.SitePage",
    "wagtailcore.Revision",
    "directory.Organisation",
    "directory.Person",
    "directory.GlossaryTerm",
    "audience.Feedback",
    "audience.Visit",
    "search.Promotion",
    "search.SearchCount",
    "newsroom.User",
    "newsroom.LoadedItem",
)


def site_snapshot():
    """Return what must survive, as JSON may hold it."""
    with mock.patch.object(timezone, "now", return_value=TODAY):
        return {
            "pages": read_pages(),
            "redirects": {
                path: follow(path) for path in Redirect.objects.order_by("old_path").values_list("old_path", flat=True)
            },
            "groups": {group.name: rights(group) for group in Group.objects.order_by("name")},
            "files": {file.name: digest(file.read()) for file in files()},
            "rows": dict(Counter({label: apps.get_model(label).objects.count() for label in COUNTED})),
        }


def read_pages():
    """Return the visible text of <main> of every page in every language in which it exists, by its path."""
    client, texts = Client(), {}
    for page in SitePage.objects.filter(live=True).order_by("path"):
        for path in page.paths().values():
            response = client.get(path)
            texts[path] = visible(response.content.decode()) if response.status_code == 200 else str(response.status_code)
    return texts


def visible(html):
    """Return the text that people see within <main>, with single spaces."""
    main = BeautifulSoup(html, "html.parser").find("main")
    for unseen in main.find_all(["script", "style", "template", "svg"]) + main.find_all(hidden=True):
        unseen.decompose()
    return " ".join(main.get_text(" ").split())


def follow(path):
    """Return where an old address leads in the end: the status, and the path."""
    response = Client().get(f"{path}/", follow=True)
    return [response.status_code, response.request["PATH_INFO"]]


def rights(group):
    """Return what a group may do: its permissions, those on pages and those on collections."""
    own = [f"{app}.{name}" for app, name in group.permissions.values_list("content_type__app_label", "codename")]
    pages = GroupPagePermission.objects.filter(group=group).values_list("permission__codename", "page_id")
    collections = GroupCollectionPermission.objects.filter(group=group).values_list("permission__codename", "collection_id")
    return {
        "everywhere": sorted(own),
        "pages": sorted(f"{name} {key}" for name, key in pages),
        "collections": sorted(f"{name} {key}" for name, key in collections),
    }


def files():
    return [
        *(image.file for image in SiteImage.objects.order_by("pk")),
        *(one.file for one in SiteDocument.objects.order_by("pk")),
    ]


def digest(data):
    return hashlib.sha256(data).hexdigest()
