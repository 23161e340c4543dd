"""Where the copy extends Wagtail's admin: the work that it does by itself."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from schedule.jobs import JOBS, Daily, Every, Job
from site_copy.folder import OWN


@hooks.register(JOBS)
def jobs_of_the_copy():
    """The copy each minute, where there is to be one; old static files at night. Each host may have folders of its own."""
    label = _("Deleting static files of old releases")
    jobs = [Job("clean_static_files", label, Daily(hour=4, minute=20), folder=settings.STATIC_ROOT)]
    if settings.COPY_ROOT:
        label, options = _("Writing the site as files, for when the application is down"), {"if_changed": True}
        own = Path(settings.COPY_ROOT, OWN)
        jobs.append(Job("write_copy", label, Every(minutes=1), options, folder=own, is_long=True))
    return jobs
