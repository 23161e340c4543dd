"""The answers that a process gave lately, so that it need not read the store, and what it was made of, each time."""

from collections import OrderedDict
from threading import Lock
from time import monotonic

MOST = 200  # answers, some 40 KB each: what a site is asked for most; a worker stays below 200 MB
SECONDS = 60  # after which the store has its say again: somebody may have emptied it


class Memory:
    """A few answers by key, those that were asked for last. Threads may share it."""

    def __init__(self):
        self.answers, self.lock = OrderedDict(), Lock()

    def get(self, key):
        """Return an answer that was put there less than a minute ago, else None."""
        with self.lock:
            answer, moment = self.answers.get(key, (None, None))
            if answer is None or monotonic() - moment >= SECONDS:
                return None
            self.answers.move_to_end(key)
            return answer

    def put(self, key, answer):
        """Remember an answer, and forget the one that was not asked for longest where there are too many."""
        with self.lock:
            self.answers[key] = (answer, monotonic())
            self.answers.move_to_end(key)
            if len(self.answers) > MOST:
                self.answers.popitem(last=False)

    def forget(self, key):
        """Forget an answer."""
        with self.lock:
            self.answers.pop(key, None)


memory = Memory()
