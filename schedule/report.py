"""How what the site does by itself went, for administrators."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import ModelPermissionPolicy

from languages.numbers import format_number
from reporting.views import Report
from schedule.models import JobRecord, job_records


def state_of(record):
    return record.state_words(timezone.now())


def seconds_of(record):
    """Return how long the last run took, in words, "" where there was none."""
    if record.duration is None:
        return ""
    return _("%(number)s s") % {"number": format_number(round(record.duration.total_seconds(), 1))}


def waiting_for(record):
    """Return how much waits for a job, in figures, "" where nothing does or nobody counts."""
    number = record.job.count_waiting() if record.job.count_waiting else 0
    return format_number(number) if number else ""


class ScheduleReport(Report):
    """One row a job, those that never ran too."""

    slug = "schedule"
    page_title = gettext_lazy("Automatic work")
    header_icon = "time"
    menu_order = 1200
    permission_policy = ModelPermissionPolicy(JobRecord)
    table_classname = "listing schedule-table"
    columns = [
        Column("label", label=pgettext_lazy("column", "What is done"), accessor="job.label", width="25%"),
        Column("timing", label=pgettext_lazy("column", "When"), accessor="job.timing"),
        Column("state", label=pgettext_lazy("column", "State"), accessor=state_of),
        Column("waiting", label=pgettext_lazy("job", "Waiting"), accessor=waiting_for),
        DateColumn("ended_well_at", label=pgettext_lazy("job", "Ended well")),
        Column("duration", label=pgettext_lazy("job", "Took"), accessor=seconds_of, width="5%"),
        DateColumn("failed_at", label=pgettext_lazy("job", "Failed")),
        Column("error", label=pgettext_lazy("column", "Last error"), width="30%"),
    ]

    def get_queryset(self):
        return job_records()

    def to_row_dict(self, item):
        """Return what is exported of a job: in the language of the admin, and moments as such."""
        words = {
            "job.label": item.job.label,
            "job.timing": item.job.timing,
            "state": state_of(item),
            "waiting": waiting_for(item),
            "duration": seconds_of(item),
        }
        return {name: str(words[name]) if name in words else getattr(item, name) for name in self.list_export}
