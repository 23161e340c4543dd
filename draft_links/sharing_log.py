"""What the history of a page tells of its links: that a draft was shared and until when, and that it is no longer.

For whom is left out: the history is kept longer than links are.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogFormatter, log

from directory.dates import format_day
from draft_links.models import share_label
from languages.codes import current_language

SHARED, REVOKED = "draft_links.share", "draft_links.revoke"


def note_sharing(link, user):
    """Log that somebody made a link."""
    data = {"language": link.language, "until": timezone.localdate(link.expires_at).isoformat()}
    log(instance=link.page.specific_deferred, action=SHARED, user=user, data=data)


def note_revocation(link, user):
    """Log that somebody ended a link."""
    log(instance=link.page.specific_deferred, action=REVOKED, user=user, data={"language": link.language})


class SharedFormatter(LogFormatter):
    """What the link shows, and until when."""

    label = gettext_lazy("Share draft")
    message = gettext_lazy("Shared the draft by a link")

    def format_comment(self, log_entry):
        day = format_day(date.fromisoformat(log_entry.data["until"]), current_language())
        return _("%(what)s, until %(day)s") % {"what": share_label(log_entry.data["language"]), "day": day}


class RevokedFormatter(LogFormatter):
    label = gettext_lazy("Revoke link to the draft")
    message = gettext_lazy("Revoked a link to the draft")

    def format_comment(self, log_entry):
        return str(share_label(log_entry.data["language"]))
