"""Jobs: management commands that the site runs by itself, each when it is due. The apps above register theirs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from django.core.cache import caches
from django.utils.functional import Promise
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

JOBS = "register_jobs"  # the hook of functions that return a list of `Job`s


@dataclass(frozen=True, slots=True)
class Every:
    """So many minutes apart, at round moments: how punctual a call is, and which host makes it, does not matter."""

    minutes: int

    def last_before(self, moment):
        """Return the last moment up to `moment` at which the job was to begin."""
        seconds = self.minutes * 60
        return datetime.fromtimestamp(moment.timestamp() // seconds * seconds, UTC)

    def __str__(self):
        return ngettext("every minute", "every %(number)s minutes", self.minutes) % {"number": self.minutes}


@dataclass(frozen=True, slots=True)
class Daily:
    """Once a day at an hour of the site's clock, not between two and three: the clock skips that hour in spring."""

    hour: int
    minute: int = 0

    def last_before(self, moment):
        """Return the last moment up to `moment` at which the job was to begin."""
        zone, hour = get_default_timezone(), time(self.hour, self.minute)
        day = moment.astimezone(zone).date()
        today = datetime.combine(day, hour, zone).astimezone(UTC)
        return today if today <= moment else datetime.combine(day - timedelta(days=1), hour, zone).astimezone(UTC)

    def __str__(self):
        return _("every day at %(hour)s") % {"hour": f"{self.hour}:{self.minute:02}"}


@dataclass(frozen=True, slots=True)
class Job:
    """A management command with its options, what it does in a few words for administrators, and when it is due."""

    name: str
    label: str | Promise
    timing: Every | Daily
    options: dict = field(default_factory=dict)
    cache: str = ""  # the one whose contents it works on: where each host has a cache of its own, it is run on each
    folder: str | Path = ""  # the one whose files it works on, likewise
    is_long: bool = False  # it may take many minutes, which the others do not wait for
    count_waiting: Callable[[], int] | None = None  # returns how much waits for it, where that is counted

    def has_place(self):
        """Say whether it works on a cache or a folder, which remembers itself when it was worked on."""
        return bool(self.cache or self.folder)

    def began_here_at(self):
        """Return when its cache or folder was worked on last, None where it never was."""
        if self.cache:
            return caches[self.cache].get(f"job:{self.name}")
        try:
            return datetime.fromisoformat(self.stamp().read_text())
        except (FileNotFoundError, ValueError):
            return None

    def note_beginning(self, moment):
        """Note in its cache or folder, if it works on one, when it was worked on."""
        if self.cache:
            caches[self.cache].set(f"job:{self.name}", moment, None)
        elif self.folder:
            self.stamp().parent.mkdir(parents=True, exist_ok=True)
            self.stamp().write_text(moment.isoformat())

    def stamp(self):
        """Return the path of the file that says when the folder was worked on."""
        return Path(self.folder, f".{self.name}")


def all_jobs():
    """Return the jobs of this site by name, those that are due most often first."""
    jobs = [job for register in hooks.get_hooks(JOBS) for job in register()]
    return {job.name: job for job in sorted(jobs, key=sort_key)}


def sort_key(job):
    """Return what jobs are sorted by: those of every few minutes first, then those of the day, each by name."""
    return (0, job.timing.minutes, job.name) if isinstance(job.timing, Every) else (1, 0, job.name)
