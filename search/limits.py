"""How often a client may ask in a minute."""

from delivery.client import client_network
from delivery.throttle import AttemptCounter

REQUESTS_PER_MINUTE = 60  # of programs, to the API
QUESTIONS_PER_MINUTE = 120  # of readers, on the page: whole offices and classes share an address
SUGGESTIONS_PER_MINUTE = 600  # several come with each question
WRONG_ADDRESSES_PER_MINUTE = 30  # that are searched for by their words: programs try thousands
REQUESTS, QUESTIONS, SUGGESTIONS, WRONG_ADDRESSES = (
    AttemptCounter(kind, 60) for kind in ("search", "search-page", "suggestions", "wrong-addresses")
)


def wait_after_request(request):
    """Count one more question of a program; return how many seconds are left to wait if those are too many, else 0."""
    return seconds_to_wait(request, REQUESTS, REQUESTS_PER_MINUTE)


def wait_after_question(request):
    """Count one more question of a reader; return as `wait_after_request` does."""
    return seconds_to_wait(request, QUESTIONS, QUESTIONS_PER_MINUTE)


def wait_after_suggestion(request):
    """Count one more suggestion to a reader; return as `wait_after_request` does."""
    return seconds_to_wait(request, SUGGESTIONS, SUGGESTIONS_PER_MINUTE)


def wait_after_wrong_address(request):
    """Count one more wrong address; return as `wait_after_request` does."""
    return seconds_to_wait(request, WRONG_ADDRESSES, WRONG_ADDRESSES_PER_MINUTE)


def seconds_to_wait(request, counter, limit):
    # Two at least: the sentence that names them is in the plural.
    return max(counter.seconds_left(), 2) if counter.add(client_network(request)) > limit else 0
