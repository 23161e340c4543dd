"""Publishing by the hour: what has become impossible is reported, and the other pages still go."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from languages.parity import require_publishable
from languages.user_language import mail_language
from pages import address_writer

BY_THE_HOUR = "wagtail.publish.scheduled"
REFUSED = "pages.schedule_refused"
NOT_PUBLISHED = _("Not published: %(page)s")


def publish(publish_by_wagtail, page, revision, *args, **kwargs):
    """Publish `revision` of `page`, or schedule it, through Wagtail's own function, if `languages/parity.py` allows it.

    Raises ValidationError, before anything changes, when the official languages are not complete, when one is behind without a
    reason, or when an address is taken; but at the hour of a schedule it takes the page off it, logs that, tells the people
    concerned, and returns: to try again would help nobody until somebody has changed the page.
    """
    try:
        with transaction.atomic():
            address_writer.lock()
            require_publishable(revision.as_object())
            return publish_by_wagtail(revision, *args, **kwargs)
    except ValidationError as error:
        if kwargs.get("log_action") != BY_THE_HOUR:
            raise
        refuse_publishing(page, revision, error_messages(error))


def error_messages(error):
    """Return the messages of a ValidationError as plain sentences, nested ones included."""
    if hasattr(error, "error_dict"):
        return [line for errors in error.error_dict.values() for one in errors for line in error_messages(one)]
    if getattr(error, "block_errors", None):
        return [line for one in error.block_errors.values() for line in error_messages(one)]
    return [str(message) for message in error.messages]


def refuse_publishing(page, revision, lines):
    """Take the revision off the schedule, log why, and write to whoever scheduled it or looks after the page."""
    take_off_schedule(page, revision, lines)
    intro = _("This page was to be published now, but something is missing:")
    tell_people(page, revision, NOT_PUBLISHED, [intro, "\n".join(f"- {line}" for line in lines)])


def give_up_publishing(page, revision):
    """Take a revision off the schedule that could not be published for a reason that only the log knows, and say so."""
    take_off_schedule(page, revision, [])
    line = _("This page was to be published now, but that failed. Publish it yourself; if that fails too, tell IT.")
    tell_people(page, revision, NOT_PUBLISHED, [line])


def give_up_unpublishing(page):
    """Take the end off a page that could not be taken offline at its hour, and say so: it is still public."""
    type(page).objects.filter(pk=page.pk).update(expire_at=None)
    line = _("This page was to be taken offline now, but that failed: readers still see it. Take it offline yourself.")
    tell_people(page, page.latest_revision, _("Still online: %(page)s"), [line])


def take_off_schedule(page, revision, reasons):
    page.revisions.filter(pk=revision.pk).update(approved_go_live_at=None)
    log(instance=page, action=REFUSED, revision=revision, data={"reasons": reasons})


def tell_people(page, revision, subject, paragraphs):
    """Write to all people concerned; `subject` and `paragraphs` may be lazy, for each in the language of their mail."""
    for person in people_concerned(page, revision):
        with translation.override(mail_language(person)):
            send_notice(person, str(subject), page, [str(paragraph) for paragraph in paragraphs])


def people_concerned(page, revision):
    """Return the people with an address who made a revision, own its page or look after it, each once."""
    people = (revision and revision.user, page.owner, page.specific.responsible)
    return list({person.email: person for person in people if person and person.email}.values())


def send_notice(person, subject, page, paragraphs):
    """Write to one person, in the active language; a broken mail server must not keep the other pages from being published."""
    send_mail(
        subject % {"page": page.get_admin_display_title()},
        "\n\n".join([*paragraphs, settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])]),
        None,
        [person.email],
        fail_silently=True,
    )
