"""Rounds of automatic work in one process, which loads the site once and not each minute."""

import os
import signal
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

from django.db import close_old_connections
from django.dispatch import Signal

round_begins = Signal()  # for what a process that is_alive long has to take up, such as strings that somebody edited


@contextmanager
def held_back(number):
    """Hold a signal back while the block lasts, so that it breaks no job off; yield a function that waits for it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {number})
    try:
        yield lambda seconds: signal.sigtimedwait({number}, seconds) is not None
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def go_round(work, seconds, parent=None):
    """Call `work()` every so many seconds, until SIGTERM or the end of the process `parent` (a PID). Breaks nothing off."""
    with held_back(signal.SIGTERM) as wait_for_end:
        while parent is None or is_alive(parent):
            began = monotonic()
            close_old_connections()  # one that broke is opened anew
            round_begins.send_robust(sender=go_round)  # which logs what fails
            work()
            close_old_connections()
            if wait_for_end(max(0, seconds - (monotonic() - began))):
                return


def is_alive(number):
    """Say whether a process of this machine is there and no zombie."""
    try:
        os.kill(number, 0)
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
