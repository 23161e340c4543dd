"""Limits to how much is written about drafts in a while, and by one link altogether."""

from delivery.client import client_network
from delivery.throttle import AttemptCounter

COMMENTS_PER_NETWORK = 10  # in ten minutes
COMMENTS_PER_LINK = 30
MAX_COMMENTS = 200  # that one link may bring
COMMENTS = AttemptCounter("draft-comments", 600)


def is_flood_after_comment(request, link):
    """Count one more comment, and say whether too many came from this network or by this link."""
    of_network, of_link = COMMENTS.add(client_network(request)), COMMENTS.add(f"link {link.pk}")
    return of_network > COMMENTS_PER_NETWORK or of_link > COMMENTS_PER_LINK


def is_full(link):
    """Say whether a link has brought as many comments as it may."""
    return link.comments.count() >= MAX_COMMENTS
