"""Where the copy extends Wagtail's admin: the work that it does by itself."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from schedule.jobs import JOBS, Every, Job


@hooks.register(JOBS)
def jobs_of_the_copy():
    """Each minute, where there is to be a copy."""
    label = _("Writing the site as files, for when the application is down")
    return [Job("write_copy", label, Every(minutes=1), {"if_changed": True})] if settings.COPY_ROOT else []
