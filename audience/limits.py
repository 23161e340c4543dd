"""A limit to how many answers come in a minute, for a page and for the site: no address of a visitor is needed for it."""

from delivery.throttle import AttemptCounter

ANSWERS_PER_PAGE = 30  # in a minute
ANSWERS_PER_SITE = 200
ANSWERS = AttemptCounter("feedback", 60)
SITE = "all"  # beside the primary keys of pages


def is_flood(page, now=None):
    """Count one more answer about `page`, and say whether there are too many of them in this minute."""
    of_page, of_site = ANSWERS.add(page.pk, now), ANSWERS.add(SITE, now)
    return of_page > ANSWERS_PER_PAGE or of_site > ANSWERS_PER_SITE
