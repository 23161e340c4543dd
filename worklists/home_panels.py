"""The home of each role: what waits for somebody, what they began or asked for, what is due. Empty panels are left out."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from worklists.home_work import BEGUN, CHANGED, REVIEW, HomeWork
from worklists.review_panels import ApprovalPanel, ReadyPanel, SentBackPanel
from worklists.rows import asked_row, begun_row, changed_row, message_row, review_row, waiting_row
from worklists.work_panel import WorkPanel


class WaitingPanel(WorkPanel):
    name = "waiting"
    order = 30
    heading = _("Waiting for you")

    @property
    def objects(self):
        return self.work.waiting

    def make_row(self, item):
        return waiting_row(item, self.user, self.work.own_languages, self.work.waiting_requests(item))

    @property
    def all_url(self):
        return report_url(waits="me")


class BegunPanel(WorkPanel):
    name = "begun"
    order = 40
    heading = _("Begun by you")

    @property
    def objects(self):
        return self.work.rows_by_kind[BEGUN]

    def make_row(self, item):
        return begun_row(item, self.user)

    @property
    def all_url(self):
        return report_url(waits="begun")


class AskedPanel(WorkPanel):
    name = "asked"
    order = 50
    heading = _("Asked for by you")

    @property
    def objects(self):
        return self.work.asked

    def make_row(self, item):
        return asked_row(item, self.user)

    @property
    def all_url(self):
        return f"{reverse('translation-requests_report')}?{urlencode({'whose': 'asked'})}"


class ReviewDatesPanel(WorkPanel):
    """What whoever looks after it has to look at again; of those who publish, of everybody."""

    name = "review_dates"
    order = 60
    heading = _("Past their review date")

    @property
    def objects(self):
        return self.work.rows_by_kind[REVIEW]

    def make_row(self, item):
        return review_row(item, self.user)

    @property
    def all_url(self):
        return report_url(review="overdue", **({} if self.work.is_publisher else {"responsible": "me"}))


class MessagesPanel(WorkPanel):
    name = "messages"
    order = 70
    heading = _("Messages without an answer")

    @property
    def objects(self):
        return self.work.messages

    def make_row(self, item):
        return message_row(item, self.user)

    @property
    def all_url(self):
        return f"{reverse('messages:index')}?{urlencode({'state': 'open'})}"


class ChangedPanel(WorkPanel):
    """No work, but the way back to it."""

    name = "changed"
    order = 200
    heading = _("Changed by you last")
    is_counted = False
    all_url = None

    @property
    def objects(self):
        return self.work.rows_by_kind[CHANGED]

    def make_row(self, item):
        return changed_row(item, self.user)


class NothingWaitsPanel(Component):
    """A line in place of all that is empty."""

    name = "nothing_waits"
    order = 10
    template_name = "worklists/nothing_waits.html"


PANELS = (SentBackPanel, ApprovalPanel, ReadyPanel, WaitingPanel, BegunPanel, AskedPanel, ReviewDatesPanel, MessagesPanel)


def panels_for(user):
    """Return the panels of somebody's home that say something, or the one that says that nothing waits."""
    work = HomeWork(user)
    panels = [panel for panel in (kind(work) for kind in PANELS) if panel.objects]
    return [*(panels or [NothingWaitsPanel()]), *([ChangedPanel(work)] if work.rows_by_kind[CHANGED] else [])]


def panels_of_mail(work):
    """Return the panels of which the daily mail tells: nothing of readers, and nothing that somebody has begun themselves."""
    return [kind(work) for kind in (SentBackPanel, ApprovalPanel, ReadyPanel, WaitingPanel, AskedPanel)]


def report_url(**filters):
    return f"{reverse('languages_report')}?{urlencode(filters)}"
