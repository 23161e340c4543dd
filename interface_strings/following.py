"""How a process comes to show what was edited in another one: it compares one value with the database, once a second."""

import logging
from threading import Lock
from time import monotonic

from django.db import Error

from interface_strings import overlay
from interface_strings.models import StringsVersion

logger = logging.getLogger(__name__)
SECONDS = 1  # between two looks, in a process


class ShownStrings:
    """What this process shows: the `version` that it took up last, and when it looked (by the clock that never goes back)."""

    def __init__(self):
        self.version, self.looked_at, self.lock = None, 0.0, Lock()
        self.is_cut_off = False  # from the database, which is said once
        self.unwritten = None  # the version that could not be written, which is said once too

    def follow(self):
        """Take up what has changed, unless this process has looked within the last second or is looking just now."""
        if monotonic() - self.looked_at < SECONDS or not self.lock.acquire(blocking=False):
            return
        try:
            self.looked_at = monotonic()
            self.take_up()
        finally:
            self.lock.release()

    def take_up(self):
        """Show the edits of today; without a database, or a folder to write to, go on with what there is and try again."""
        try:
            version = StringsVersion.current()
            self.is_cut_off = False
            if version == self.version:
                return
            overlay.bring_up_to_date(version)
        except Error as error:
            if not self.is_cut_off:
                logger.warning("Interface strings: the database does not say whether any were edited.", exc_info=error)
            self.is_cut_off = True
            return
        except OSError as error:
            if version != self.unwritten:
                logger.error("Interface strings: edits are not shown, as %s cannot be written: %s", overlay.root(), error)
            self.unwritten = version
            return
        overlay.forget_translations()
        self.version = version


shown_strings = ShownStrings()


def follow_in_round(**signal):
    """Take up what has changed, in a process that answers nobody (`schedule.rounds`)."""
    shown_strings.follow()


def take_up_changes():
    """Show in this process, at once, what it has just changed itself."""
    with shown_strings.lock:
        shown_strings.take_up()
