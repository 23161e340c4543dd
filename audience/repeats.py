"""Whether an answer was sent before: two presses of a button are one answer.

A page is the same for all readers, so its form does not tell them apart; the network that an answer comes from does, nearly
always. All of it is kept as a digest, for some seconds only: longer than anybody takes to press twice, too short to take many
colleagues for one.
"""

from dataclasses import dataclass

from django.core.cache import caches

from delivery.client import client_network
from delivery.throttle import AttemptCounter

SENDINGS = AttemptCounter("sendings", 10)
UNKNOWN = 0  # in place of a primary key: the same answer is being stored at this moment


@dataclass(frozen=True, slots=True)
class Sending:
    """One answer, as it was sent."""

    key: str

    def claim(self):
        """Return the primary key of what was stored of this very answer before, `UNKNOWN` included; None for a new one."""
        cache = caches["throttles"]
        return None if cache.add(self.key, UNKNOWN, SENDINGS.seconds) else cache.get(self.key, UNKNOWN)

    def note(self, primary_key):
        """Remember what was stored of it; None where nothing was."""
        if primary_key is None:
            caches["throttles"].delete(self.key)
        else:
            caches["throttles"].set(self.key, primary_key, SENDINGS.seconds)


def sending_of(request, page, language):
    """Return the `Sending` of an answer about a page that a request brings."""
    sent = [request.POST.get(name, "") for name in ("answer", "comment")]
    who = "\0".join([client_network(request), str(page.pk), language, *sent])
    return Sending(SENDINGS.key(who, 0))
