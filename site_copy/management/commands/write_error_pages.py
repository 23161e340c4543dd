"""Writes the pages that the web server shows by itself."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from site_copy.contents import ERRORS
from site_copy.error_pages import error_pages
from site_copy.folder import Folder


class Command(BaseCommand):
    help = "Writes the pages that the web server shows by itself beside the static files; called after collectstatic."
    requires_system_checks = []

    def handle(self, *args, **options):
        folder = Folder(Path(settings.STATIC_ROOT) / ERRORS)
        for name, html in error_pages().items():
            folder.write(f"{name}.html", html, "text/html")
