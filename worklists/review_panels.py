"""What a review asks of somebody, on their home."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from review.waiting import APPROVAL, READY, SENT_BACK
from worklists.rows import decision_row, sent_back_row
from worklists.work_panel import WorkPanel


class ReviewPanel(WorkPanel):
    """What a review asks of somebody."""

    kind = ""

    @property
    def objects(self):
        return self.work.reviews[self.kind].items

    @property
    def total(self):
        return self.work.reviews[self.kind].number

    def make_row(self, item):
        return decision_row(item)

    @property
    def all_url(self):
        return f"{reverse('wagtailadmin_reports:workflow')}?{urlencode({'reviewable': 'true'})}"


class SentBackPanel(ReviewPanel):
    name = "sent_back"
    order = 15
    heading = _("Sent back to you")
    kind = SENT_BACK

    def make_row(self, item):
        return sent_back_row(item)

    @property
    def all_url(self):
        return (
            f"{reverse('wagtailadmin_reports:workflow')}?{urlencode({'status': 'needs_changes', 'requested_by': self.user.pk})}"
        )


class ApprovalPanel(ReviewPanel):
    name = "approval"
    order = 20
    heading = _("Waiting for your approval")
    kind = APPROVAL


class ReadyPanel(ReviewPanel):
    name = "ready"
    order = 25
    heading = _("Ready to be published")
    kind = READY
