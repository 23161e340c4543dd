"""The mail about what waits: at most one a day for each person, in their language, and only where it says something new."""

import logging
from datetime import UTC, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from draft_links.models import DraftComment
from languages.rights import staff
from languages.user_language import mail_language
from review.calls import newest_call
from review.waiting import APPROVAL, READY, SENT_BACK
from worklists.deadlines import SOON
from worklists.home_panels import MAILED, panels_of_mail
from worklists.home_work import HomeWork
from worklists.models import DailyMail, TranslationRequest
from worklists.waiting import waiting_rows, waiting_where

logger = logging.getLogger(__name__)


def send_digests():
    """Send what is due; return how many mails were sent and how many failed. What failed is tried again the next time."""
    people = staff().exclude(email="")
    new = people.exclude(pk__in=DailyMail.objects.values("user"))
    DailyMail.objects.bulk_create([DailyMail(user=user) for user in new], ignore_conflicts=True)
    sent = failed = 0
    for key in DailyMail.objects.filter(user__in=people, is_wanted=True).order_by("pk").values_list("pk", flat=True):
        try:
            sent += send_digest(key)
        except Exception:  # each kind of mail server fails in its own way, and nobody else's mail waits for it
            failed += 1
            logger.exception("The daily mail %s could not be sent.", key)
    return sent, failed


@transaction.atomic
def send_digest(key):
    """Send one person's mail, where it is due; return whether it was sent. Of two hosts at once one sends it."""
    daily = DailyMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("user")
    daily_mail = daily.filter(pk=key, is_wanted=True).first()
    if daily_mail is None or is_of_today(daily_mail.sent_at):
        return False
    now = timezone.now()
    with translation.override(mail_language(daily_mail.user)):
        work = HomeWork(daily_mail.user)
        left = left_to(work)
        if not set(left) - set(daily_mail.left) and not has_news(work, daily_mail.sent_at):
            return False
        compose(work).send()
    daily_mail.sent_at, daily_mail.left = now, left
    daily_mail.save(update_fields=["sent_at", "left"])
    return True


def is_of_today(moment):
    return moment is not None and timezone.localdate(moment) == timezone.localdate()


def compose(work):
    """Return the mail to somebody in the active language."""
    panels = [panel for panel in panels_of_mail(work) if panel.objects]
    context = {
        "panels": [panel.content() for panel in panels],
        "site": settings.SITE_URL,
        "home": settings.SITE_URL + reverse("wagtailadmin_home"),
        "account": f"{settings.SITE_URL}{reverse('wagtailadmin_account')}#tab-notifications",
    }
    number = sum(panel.total for panel in panels)
    subject = _("What waits for you in the admin of the site (%(number)d)") % {"number": number}
    return EmailMessage(subject, render_to_string("worklists/digest.txt", context), None, [work.user.email])


def left_to(work):
    """Return names of what waits for somebody because whoever had it has gone: texts in translation, and pages sent back."""
    rows = waiting_where(work.user, lambda code: Q(**{f"left_{code}": True})).order_by("pk").values_list("pk", flat=True)
    pages = [item.page_id for item in work.reviews[SENT_BACK] if item.submitted_by != work.user]
    return [*(f"texts {key}" for key in rows), *(f"page {key}" for key in pages)]


def has_news(work, since):
    """Say whether anything is new for somebody since a moment (None: ever), or due in a day or two."""
    return has_new_work(work.user, since) or has_decisions(work, since) or has_comments(work.user, since)


def has_new_work(user, since):
    """Say whether something waits for somebody since a moment (None: ever), came back to them, or is due in a day or two."""
    if since is None:
        return waiting_rows(user).exists() or returned_requests(user).exists()
    given = TranslationRequest.objects.open().filter(taken_by=user, given_by__isnull=False, taken_at__gt=since)
    return (
        waiting_where(user, lambda code: is_news(code, since)).exists()
        or given.exists()
        or returned_requests(user).filter(returned_at__gt=since).exists()
    )


def is_news(code, since):
    """Return the condition that a row waits in a language since a moment, or is due there in a day or two."""
    today = timezone.localdate()
    days = (today - timedelta(days=1), today + timedelta(days=SOON))  # and once more when it has passed
    moment = since.astimezone(UTC).isoformat(timespec="microseconds")
    is_asked = Q(**{f"request_{code}__asked_at__gt": since}) | Q(**{f"request_{code}__deadline__range": days})
    return is_asked | Q(**{f"waiting_since__{code}__gt": moment})


def has_decisions(work, since):
    """Say whether a review asks something of somebody since a moment (None: ever).

    An administrator can decide about everything, but a step that has people of its own asks nothing of them.
    """
    newest = {kind: items[0].newest for kind, items in work.reviews.items() if items and kind in MAILED}
    if work.user.is_superuser:
        newest |= {APPROVAL: newest_call(work.user), READY: None}
    return any(moment and (since is None or moment > since) for moment in newest.values())


def has_comments(user, since):
    """Say whether somebody wrote about a draft that a person shared since a moment (None: ever)."""
    comments = DraftComment.objects.filter(link__author=user, taken_over_at=None)
    return (comments.filter(moment__gt=since) if since else comments).exists()


def returned_requests(user):
    """Return the open requests of somebody that are back with all, because whoever had them could not do them."""
    return TranslationRequest.objects.open().filter(asked_by=user, returned_at__isnull=False)
