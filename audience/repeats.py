"""Whether an answer was sent before: two presses of a button are one answer.

A page is the same for all readers, so its form does not tell them apart; the network that an answer comes from does, nearly
always. All of it is kept as a digest, for some seconds only: longer than anybody takes to press twice, too short to take many
colleagues for one.
"""

import logging
from dataclasses import dataclass

from django.core.cache import caches

from delivery.client import client_network
from delivery.throttle import AttemptCounter

logger = logging.getLogger(__name__)
SENDINGS = AttemptCounter("sendings", 10)
UNKNOWN = 0  # in place of a primary key: the same answer is being stored at this moment


@dataclass(frozen=True, slots=True)
class Sending:
    """One answer, as it was sent. Without a cache nothing is known of it, and it counts as new."""

    key: str

    def claim(self):
        """Return the primary key of what was stored of this very answer before, `UNKNOWN` included; None for a new one."""
        try:
            cache = caches["throttles"]
            return None if cache.add(self.key, UNKNOWN, SENDINGS.seconds) else cache.get(self.key, UNKNOWN)
        except Exception:  # each kind of cache fails in its own way, and nobody is to lose anything by it
            logger.exception("Whether an answer was sent before could not be read.")
            return None

    def note(self, primary_key):
        """Remember what was stored of it; None where nothing was."""
        try:
            if primary_key is None:
                caches["throttles"].delete(self.key)
            else:
                caches["throttles"].set(self.key, primary_key, SENDINGS.seconds)
        except Exception:
            logger.exception("That an answer was stored could not be kept.")


def sending_of(request, page, language):
    """Return the `Sending` of an answer about a page that a request brings."""
    sent = [request.POST.get(name, "") for name in ("answer", "comment")]
    who = "\0".join([client_network(request), str(page.pk), language, *sent])
    return Sending(SENDINGS.key(who, 0))
