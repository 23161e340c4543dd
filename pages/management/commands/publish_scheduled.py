"""Publishes and unpublishes what is due: each page by itself, and each once however many runs there are."""

import logging

from django.core.management.base import BaseCommand
from django.db import OperationalError, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from pages import address_writer, scheduling

TRIES = 3  # PostgreSQL throws out one of two transactions that wait for each other
logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """In place of Wagtail's, which stops at the first page that fails and publishes again what another run has published."""

    help = (
        "Publishes and unpublishes what is due; what fails is taken off the schedule, logged and reported, and the others go. "
        "Where the database fails, the page stays due for the next run."
    )

    def handle(self, *args, **options):
        for key in list(
            Page.objects.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at").values_list("pk", flat=True)
        ):
            attempt(unpublish, give_up_unpublishing, key)
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at")
        for key in list(due.values_list("pk", flat=True)):
            attempt(publish, give_up_publishing, key)


def attempt(work, give_up, key):
    """Do what is due, again after a deadlock; whatever else it throws is logged, and `give_up` tells those concerned.

    A lock or a connection that stays away says nothing of the page: it stays due, and the next run tries again.
    """
    for number in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                address_writer.lock()  # runs at the same time follow each other, and find what is done already
                return work(key)
        except OperationalError:
            if number == TRIES:
                logger.exception("%s of %s failed %s times and stays due", work.__name__, key, TRIES)
        except Exception:
            logger.exception("%s of %s failed", work.__name__, key)
            return take_off_schedule(give_up, key)
    return None


def unpublish(key):
    page = Page.objects.select_for_update(no_key=True).filter(pk=key, live=True, expire_at__lt=timezone.now()).first()
    if page:
        page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def publish(key):
    due = Revision.objects.filter(pk=key, approved_go_live_at__lt=timezone.now())
    # As whoever saves a page: locked before it is read, so that nobody puts off meanwhile what is being published.
    Page.objects.select_for_update(no_key=True).filter(pk=due.values_list("object_id", flat=True).first()).exists()
    if revision := due.first():
        revision.publish(log_action=scheduling.BY_THE_HOUR)


def give_up_publishing(key):
    revision = Revision.objects.get(pk=key)
    scheduling.give_up_publishing(revision.content_object, revision)


def give_up_unpublishing(key):
    scheduling.give_up_unpublishing(Page.objects.get(pk=key).specific)


def take_off_schedule(give_up, key):
    """Take what failed off the schedule, and tell who scheduled it and who looks after the page; log what fails."""
    try:
        with transaction.atomic():
            give_up(key)
    except Exception:
        logger.exception("%s: %s stays due, as it could not be taken off the schedule", give_up.__name__, key)
