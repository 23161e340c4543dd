"""Wagtail's reports of workflows: what became of each step, by language, with as many queries for many pages as for few."""

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.reports.workflows import WorkflowTasksView, WorkflowView

from reporting.spreadsheets import SafeExportMixin
from review.steps import step_of, steps_of, tasks_by_workflow, with_columns_of_languages
from review.waiting import names_of

PAGE, STEP, STATUS = _("Page"), pgettext_lazy("column", "Step"), pgettext_lazy("column", "Status")
STARTED, ENDED, SUBMITTED_BY = _("Started at"), _("Completed at"), pgettext_lazy("column", "Submitted by")


class ReviewsReport(SafeExportMixin, WorkflowView):
    """A row for each time that a page was submitted, with what became of each step."""

    results_template_name = "review/reviews_results.html"
    export_headings = {
        "name": PAGE,
        "get_status_display": STATUS,
        "progress": pgettext_lazy("column", "Approval"),
        "submitted_by": SUBMITTED_BY,
        "created_at": STARTED,
    }
    list_export = list(export_headings)

    def get_queryset(self):
        return super().get_queryset().prefetch_related(None)

    def decorate_paginated_queryset(self, object_list):
        """Add names and steps, and leave out rows of pages that are gone."""
        names, steps = names_of(set(object_list)), steps_of(list(object_list))
        for row in object_list:
            row.name, row.steps = names.get(row.object_id, ""), steps[row]
            row.progress = "; ".join(f"{step.name}: {step.words}" for step in row.steps)
            row.submitted_by = get_user_display_name(row.requested_by)
        return [row for row in object_list if row.name]


class StepsReport(SafeExportMixin, WorkflowTasksView):
    """A row for each step that a page came to."""

    results_template_name = "review/steps_results.html"
    export_headings = {
        "name": PAGE,
        "step.name": STEP,
        "step.words": STATUS,
        "submitted_by": SUBMITTED_BY,
        "started_at": STARTED,
        "finished_at": ENDED,
    }
    list_export = list(export_headings)

    def get_queryset(self):
        states = with_columns_of_languages(super().get_queryset().prefetch_related(None))
        return states.select_related("workflow_state__requested_by").annotate(language=F("task__languagetask__language"))

    def decorate_paginated_queryset(self, object_list):
        """Add names and what became of each step, and leave out rows of pages that are gone."""
        names = names_of({row.workflow_state for row in object_list})
        workflows = {row.workflow_state.workflow_id for row in object_list}
        last = {key: steps[-1].task_id for key, steps in tasks_by_workflow(workflows).items() if steps}
        for row in object_list:
            row.name = names.get(row.workflow_state.object_id, "")
            is_last_step = row.task_id == last.get(row.workflow_state.workflow_id)
            row.step = step_of(row, row, {}, is_last_step, is_active=False)
            row.submitted_by = get_user_display_name(row.workflow_state.requested_by)
        return [row for row in object_list if row.name]
