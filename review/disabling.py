"""Taking a step or a workflow out of use: nothing is published by that, and what gets lost is said before."""

from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.workflows import Disable, DisableTask
from wagtail.models import TaskState, WorkflowTask

from pages import address_writer
from review.lapses import SUCCESSFUL


class DisableStep(DisableTask):
    """Refuses while a page waits for nobody else: Wagtail goes on to publication, although nobody approved it."""

    def get(self, request, *args, **kwargs):
        return self.refuse(request) or super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        address_writer.lock()  # as whoever submits or decides does: no page comes to the step meanwhile
        return self.refuse(request) or super().post(request, *args, **kwargs)

    def refuse(self, request):
        """Lead back with the reason where pages would be published; return None where none would."""
        number = waiting_for_nobody_else(self.object).count()
        if not number:
            return None
        text = ngettext(
            "This step cannot be disabled now: %(number)s page waits there, and would be published although nobody approved "
            "it. Approve it first, ask for changes, or cancel its workflow.",
            "This step cannot be disabled now: %(number)s pages wait there, and would be published although nobody approved "
            "them. Approve them first, ask for changes, or cancel their workflows.",
            number,
        )
        where = {"task": self.object.pk, "status": TaskState.STATUS_IN_PROGRESS}
        address = f"{reverse('wagtailadmin_reports:workflow_tasks')}?{urlencode(where)}"
        messages.error(request, text % {"number": number}, buttons=[messages.button(address, _("Show where"))])
        return redirect(self.get_edit_url)


class DisableWorkflow(Disable):
    """Says that pages lose the workflow."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        words = [context.get("warning_message", "")]
        if self.object.workflow_pages.exists():
            words.append(_("Pages lose this workflow. Whoever enables it again has to choose its pages anew."))
        return context | {"warning_message": " ".join(filter(None, words))}


def waiting_for_nobody_else(task):
    """Return the task states of pages that wait at a step, and for no other person afterwards.

    A step that belongs to a language is skipped where nothing changed in it, so only others are sure to come.
    """
    taken = TaskState.objects.filter(
        workflow_state=OuterRef(OuterRef("workflow_state")), task=OuterRef("task"), status__in=SUCCESSFUL
    )
    others = WorkflowTask.objects.filter(
        workflow=OuterRef("workflow_state__workflow"), task__active=True, task__languagetask=None
    ).exclude(task=task)
    waiting = TaskState.objects.filter(task=task, status=TaskState.STATUS_IN_PROGRESS)
    return waiting.filter(~Exists(others.filter(~Exists(taken))))
