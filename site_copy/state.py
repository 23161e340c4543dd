"""Whether the copy can be another by now: a table changed, the release is another, or an hour passed."""

import json
from pathlib import Path

from django.utils import timezone

from page_cache.changes import read_stamps
from page_cache.release import release
from site_copy.folder import OWN

SECONDS = 60 * 60  # after which it is written anyway: dates pass, and files change without a word
# Nothing that readers see is made of these tables. Each minute, each wrong password or each open form writes to some.
UNSEEN = ("schedule_", "axes_", "wagtailadmin_editingsession")


def state_now():
    """Return what the site is made of now: its release, and the stamps of the tables that readers see."""
    stamps = {table: stamp for table, stamp in read_stamps().items() if not table.startswith(UNSEEN)}
    return {"release": release(), "stamps": stamps}


def is_due(root, state):
    """Say whether the copy in a folder is to be written, given the `state_now()`."""
    try:
        last = json.loads(path_of(root).read_text())
        return last["state"] != state or not 0 <= timezone.now().timestamp() - last["moment"] < SECONDS
    except (OSError, ValueError, LookupError, TypeError):  # never written, or not by us
        return True


def remember(root, state):
    """Note what the site was made of before it was copied."""
    draft = path_of(root).with_suffix(".draft")
    draft.write_text(json.dumps({"state": state, "moment": timezone.now().timestamp()}))
    draft.replace(path_of(root))


def path_of(root):
    return Path(root) / OWN / "state.json"
