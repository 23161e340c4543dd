"""How many answers and messages are accepted within a while.

Answers are counted for a page and for the site, which needs no address of a visitor.
"""

from delivery.client import client_network
from delivery.throttle import AttemptCounter

ANSWERS_PER_PAGE = 30  # in a minute
ANSWERS_PER_SITE = 200
ANSWERS = AttemptCounter("feedback", 60)
SITE = "all"  # beside the primary keys of pages

MESSAGES_PER_NETWORK = 10  # in ten minutes: whole offices share an address
MESSAGES_PER_SITE = 100
COPIES_PER_ADDRESS = 3  # in a day: anybody may give the address of somebody else
MESSAGES, COPIES = AttemptCounter("messages", 600), AttemptCounter("copies", 24 * 60 * 60)


def is_flood_after_answer(page, now=None):
    """Count one more answer about `page`, and say whether there are too many of them in this minute."""
    of_page, of_site = ANSWERS.add(page.pk, now), ANSWERS.add(SITE, now)
    return of_page > ANSWERS_PER_PAGE or of_site > ANSWERS_PER_SITE


def is_flood_after_message(request):
    """Count one more message, and say whether too many came from this network or altogether."""
    of_network, of_site = MESSAGES.add(client_network(request)), MESSAGES.add(SITE)
    return of_network > MESSAGES_PER_NETWORK or of_site > MESSAGES_PER_SITE


def may_send_another_copy(email):
    """Count one more copy to an address, and say whether it may be sent."""
    return COPIES.add(email.lower()) <= COPIES_PER_ADDRESS
