"""Where the copy extends Wagtail's admin: the work that it does by itself."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from schedule.jobs import JOBS, Daily, Every, Job


@hooks.register(JOBS)
def jobs_of_the_copy():
    """The copy each minute, where there is to be one; old static files at night."""
    label = _("Writing the site as files, for when the application is down")
    copy = Job("write_copy", label, Every(minutes=1), {"if_changed": True}, is_long=True)
    clean = Job("clean_static_files", _("Deleting static files of old releases"), Daily(hour=4, minute=20))
    return [copy, clean] if settings.COPY_ROOT else [clean]
