"""The mail about a message: to the mailbox of the site, and a copy to its sender. A mail that fails stays due."""

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django_tasks import task

from audience.models import Message
from pages.models import SiteSettings

logger = logging.getLogger(__name__)


@task()
def mail_message(key):
    """Send what is due of a message with this primary key; once, also where two processes come to it together."""
    with transaction.atomic():
        message = Message.objects.select_for_update(skip_locked=True).filter(pk=key).first()
        if message:
            send_due(message)


def send_due(message):
    """Send what is due and note what was sent; a mail that fails is logged, and does not keep the other from being sent."""
    for field, compose in (("is_forward_due", forward), ("is_copy_due", copy)):
        try:
            with translation.override(message.language):
                mail = compose(message) if getattr(message, field) else None
            if mail and mail.send():
                setattr(message, field, False)
        except Exception:  # each kind of mail server fails in its own way
            logger.exception("A mail about message %s could not be sent.", message.reference)
    message.save(update_fields=["is_forward_due", "is_copy_due"])


def forward(message):
    """Return the mail to the mailbox, to which staff reply as if the sender had written it; None while there is no mailbox."""
    mailbox = SiteSettings.current().contact_email
    if not mailbox:
        return None
    subject = _("[%(reference)s] %(kind)s through the website")
    lines = [
        describe(message),
        _("Who answers it, and that it was answered, is noted here:"),
        settings.SITE_URL + reverse("messages:edit", args=[message.pk]),
        "" if message.email else _("No e-mail address was given: there is nobody to reply to."),
    ]
    return EmailMessage(
        subject % {"reference": message.reference, "kind": message.get_kind_display()},
        "\n\n".join(filter(None, lines)),
        None,
        [mailbox],
        reply_to=[message.email] if message.email else None,
    )


def copy(message):
    """Return the copy for the sender."""
    intro = _("We have received your message. Its reference is %(reference)s: mention it if you contact us about it again.")
    closing = _("You did not write this? Then somebody else gave your address: you need not do anything.")
    lines = [intro % {"reference": message.reference}, describe(message), closing]
    subject = _("Your message to Actiris [%(reference)s]") % {"reference": message.reference}
    return EmailMessage(subject, "\n\n".join(lines), None, [message.email])


def describe(message):
    """Return what was filled in, as plain text."""
    answers = [
        (_("Subject"), message.get_kind_display()),
        (_("Page"), settings.SITE_URL + message.path if message.path else message.place),
        (_("E-mail address"), message.email),
    ]
    lines = [_("%(label)s: %(text)s") % {"label": label, "text": text} for label, text in answers if text]
    return "\n".join([*lines, "", message.text])
