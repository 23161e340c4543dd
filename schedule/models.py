"""What is remembered of each job: when it began, how it ended, how long it took."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from schedule.jobs import Every, all_jobs

RETRY = Every(minutes=15)  # what did not end well is tried again
GRACE = timedelta(minutes=30)  # for a job to be begun, to end, and to be tried again, before anybody is told
CLOCKS_DIFFER = timedelta(minutes=5)  # at most, of hosts
LATE, FAILED, FINE = "late", "failed", "fine"


class JobRecord(models.Model):
    """How one job went last; `job` is the `Job` itself, which the code knows."""

    name = models.CharField(max_length=100, primary_key=True)
    began_at = models.DateTimeField(null=True)
    ended_well_at = models.DateTimeField(null=True)
    duration = models.DurationField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    job = None

    class Meta:
        default_permissions = ("view",)
        verbose_name = gettext_lazy("job of the site")
        verbose_name_plural = gettext_lazy("jobs of the site")

    def __str__(self):
        return self.name

    def ended_well(self):
        """Say whether the last run came to its end: one that failed did not, nor one that was interrupted or still runs."""
        return bool(self.began_at and self.ended_well_at and self.ended_well_at >= self.began_at)

    def is_due(self, moment):
        """Say whether the job is to be run. What does not end well is tried again; its `began_at` tells even of a crash."""
        if self.began_at is None:
            return True
        due_at = self.job.timing.last_before(moment)
        if self.job.has_place() and self.ended_well():
            here = self.job.began_here_at()
            return here is None or not due_at <= here <= moment + CLOCKS_DIFFER
        return self.began_at < (due_at if self.ended_well() else max(due_at, RETRY.last_before(moment)))

    def forget_what_is_to_come(self, moment):
        """Forget what happened later than now, by a clock that was wrong then: nothing would be due until that day."""
        for name in ("began_at", "ended_well_at", "failed_at"):
            noted = getattr(self, name)
            if noted and noted > moment + CLOCKS_DIFFER:
                setattr(self, name, None)

    def state(self, moment):
        """Return `LATE` for what has not ended well since it was due, `FAILED` for what is to be tried again, or `FINE`."""
        if self.ended_well_at is None or self.ended_well_at < self.job.timing.last_before(moment - GRACE):
            return LATE
        return FAILED if self.failed_at and self.failed_at > self.ended_well_at else FINE

    def state_words(self, moment):
        """Say the state in the active language."""
        state = self.state(moment)
        if state == LATE:
            return pgettext("job", "late") if self.began_at else _("never run")
        return pgettext("job", "failed") if state == FAILED else pgettext("job", "fine")


def job_records():
    """Return a `JobRecord` for each job of this site, with one query; those of jobs that never began are not stored."""
    stored, now = JobRecord.objects.in_bulk(), timezone.now()
    records = []
    for job in all_jobs().values():
        record = stored.get(job.name) or JobRecord(name=job.name)
        record.job = job
        record.forget_what_is_to_come(now)
        records.append(record)
    return records
