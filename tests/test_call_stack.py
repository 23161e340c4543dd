"""Python's call stack: however deep a small call is made within a request, it takes no memory from the system anew."""

import resource

from django.conf import settings
from django.http import HttpResponse

from delivery.call_stack import CallStackMiddleware

DEPTHS, TIMES = 300, 200  # deeper than any template; at one of these depths, each small call would take a page of memory


def pages_taken():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt


def nothing():
    pass


def taken_by_small_calls(depth):
    """Return the most pages of memory that many small calls take at one of so many depths."""
    before = pages_taken()
    for _ in range(TIMES):
        nothing()
    taken = pages_taken() - before
    return max(taken, taken_by_small_calls(depth - 1)) if depth else taken


def test_it_stands_around_all_that_makes_an_answer():
    at_hand = settings.MIDDLEWARE.index("delivery.at_hand.AtHandMiddleware")
    assert settings.MIDDLEWARE[at_hand + 1] == "delivery.call_stack.CallStackMiddleware"


def test_no_depth_of_a_request_makes_small_calls_dear():
    def view(request):
        return HttpResponse(str(taken_by_small_calls(DEPTHS)))

    assert int(CallStackMiddleware(view)(None).content) < TIMES / 4
