"""The folder in which the processes of gunicorn count together (PROMETHEUS_MULTIPROC_DIR): one a start, gone at its end."""

import os
import re
import shutil
import tempfile
from contextlib import suppress
from itertools import count
from pathlib import Path

NAME = "PROMETHEUS_MULTIPROC_DIR"
PREFIX = "actiris-metrics-"
MEMORY = Path("/dev/shm")  # noqa: S108  (the folder gets a random name): no disk that is full or slow gets in the way
own = None  # the folder, where this process made it


def make():
    """Make the folder and name it in the environment, before anything that counts is imported; once in a start."""
    global own
    if NAME in os.environ:
        return
    place = MEMORY if os.access(MEMORY, os.W_OK) else Path(tempfile.gettempdir())
    remove_those_of_the_dead(place)
    own = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=place))
    os.environ[NAME] = str(own)


def remove_those_of_the_dead(place):
    """Remove what starts have left behind that were killed."""
    for path in place.glob(f"{PREFIX}*"):
        number = re.match(rf"{PREFIX}(\d+)-", path.name)
        with suppress(OSError):
            if number and path.stat().st_uid == os.geteuid() and not Path(f"/proc/{number[1]}").exists():
                shutil.rmtree(path)


def remove():
    """Remove the folder at the end of the process that made it."""
    if own is not None:
        shutil.rmtree(own, ignore_errors=True)


def free_place(taken):
    """Return the lowest number from 1 on that no living worker has taken."""
    return next(number for number in count(1) if number not in taken)
