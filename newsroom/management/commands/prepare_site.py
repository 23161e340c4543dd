"""Brings a site up to date with this release: what every start does."""

import logging

from django.conf import settings
from django.core.checks import Tags
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from monitoring.checks import MACHINE
from pages.models import SiteSettings

PICTURES_AT_ONCE = 200  # that are stripped before a start goes on

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Does what every start does: migrations, content, standings, search index, strings, pictures, groups, accounts."

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="root", default=str(settings.BASE_DIR / "content"), help="the folder of the content")

    def handle(self, *args, root, **options):
        self.check(tags=[MACHINE], include_deployment_checks=True, databases=[DEFAULT_DB_ALIAS])
        self.migrate()
        self.check(tags=[Tags.database], databases=[DEFAULT_DB_ALIAS])  # such as a language without its columns
        error = self.load_content(root)
        # Only what is missing, for what content left out must not leave anything else undone.
        call_command("rebuild_standing", missing=True, stdout=self.stdout)
        call_command("rebuild_search", missing=True, stdout=self.stdout)
        call_command("rebuild_memory", missing=True, stdout=self.stdout)
        call_command("rebuild_strings", changed=True, stdout=self.stdout)
        call_command("strip_pictures", limit=PICTURES_AT_ONCE, stdout=self.stdout)
        call_command("create_staff", stdout=self.stdout)
        if settings.CONTACT_EMAIL:
            SiteSettings.objects.filter(contact_email="").update(contact_email=settings.CONTACT_EMAIL)
        if error and settings.DEBUG:
            raise error

    def migrate(self):
        """Bring the database up to date. Asking whether it is takes a tenth of the time of doing it."""
        try:
            call_command("migrate", check_unapplied=True, verbosity=0)
        except SystemExit:
            self.stdout.write("Preparing the database …")
            self.stdout.flush()
            call_command("migrate", verbosity=0)

    def load_content(self, root):
        """Load the content; return what kept all of it from being loaded, or None. No content keeps a site from starting."""
        try:
            call_command("load_content", root=root, stdout=self.stdout)
        except CommandError as error:
            self.stderr.write(str(error))
            logger.error("Content: %s", error)
            return error
        except Exception as error:
            logger.exception("Content: nothing was loaded.")
            return CommandError(f"Nothing was loaded: {error!r}")
        return None
