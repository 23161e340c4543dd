"""The one counter of attempts: how often somebody did something in a while. A count lives in a cache for that while only.

Where the cache does not answer each process counts for itself (`page_cache.steady`): there is always a limit.
"""

from dataclasses import dataclass

from django.core.cache import caches
from django.utils import timezone
from django.utils.crypto import salted_hmac


@dataclass(frozen=True, slots=True)
class AttemptCounter:
    """Counts attempts of one kind, by whoever makes them, in windows of so many seconds.

    The counts of the last `windows_kept` windows can be read. It is our own, as django-ratelimit refuses caches of files.
    """

    kind: str
    seconds: int
    windows_kept: int = 1

    def add(self, who, now=None):
        """Count one more attempt and return how many there are in this window."""
        number, left = self.window(now)
        return increment(self.key(who, number), left + (self.windows_kept - 1) * self.seconds)

    def count(self, who, windows_ago=0):
        """Return the number of attempts in this window, or in one before it, without adding to it."""
        number, _left = self.window()
        return caches["throttles"].get(self.key(who, number - windows_ago), 0)

    def seconds_left(self, now=None):
        """Return how many seconds are left of this window."""
        return self.window(now)[1]

    def window(self, now=None):
        """Return the number of the present window, and how many seconds are left of it."""
        moment = int((now or timezone.now()).timestamp())
        return moment // self.seconds, self.seconds - moment % self.seconds

    def key(self, who, number):
        """Return the key of a count in a window: it can be neither read back nor told to be the same client's in the next."""
        digest = salted_hmac(f"throttle.{self.kind}", f"{number} {who}", algorithm="sha256").hexdigest()
        return f"{self.kind}:{digest}"


def increment(key, seconds):
    """Add one to a number in the cache that lives for so many seconds and return it.

    Two processes may count at once and lose one, as caches of files cannot add; whoever asks too much is noticed all the same.
    """
    cache = caches["throttles"]
    cache.add(key, 0, seconds)
    try:
        number = cache.incr(key)
    except ValueError:  # the cache went away, or came back, between the two
        number = 1
        cache.set(key, number, seconds)
    cache.touch(key, seconds)  # some caches give a number that grows a life of their own
    return number
