"""What the site should have done by itself and has not, and what does not answer it, on the home of administrators."""

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component

from page_cache.steady import failing_places
from schedule.models import LATE, job_records
from schedule.report import ScheduleReport


class ScheduleReadersPanel(Component):
    """A panel for those who may see the report of automatic work."""

    order = 5

    def render_html(self, parent_context):
        user = parent_context["request"].user
        if not ScheduleReport.permission_policy.user_has_permission(user, "view"):
            return ""
        return super().render_html(parent_context)


class LateJobsPanel(ScheduleReadersPanel):
    """A line a job that is late, or one where none ever ran. Uses one query."""

    name = "late_jobs"
    template_name = "schedule/late_panel.html"

    def get_context_data(self, parent_context):
        records, now = job_records(), timezone.now()
        return {
            "was_ever_called": any(record.began_at for record in records),
            "records": [record for record in records if record.state(now) == LATE],
            "url": reverse(ScheduleReport.url_name()),
        }


class CachesPanel(ScheduleReadersPanel):
    """Says that a cache does not answer, as the process that shows the home knows it. Uses no query."""

    name = "cache_away"
    template_name = "schedule/caches_panel.html"

    def get_context_data(self, parent_context):
        return {"places": failing_places()}
