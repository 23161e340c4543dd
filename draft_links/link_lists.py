"""What staff see of links and comments: a few queries and a bounded number of texts, however many there are."""

from django.db.models import F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from draft_links.models import DraftComment, DraftLink, DraftOpening

MAX_OPENINGS_SHOWN = 10  # of each link, the last ones
MAX_ENDED_SHOWN = 20  # links that work no more


def open_links(page):
    """Return the links to the draft of a page that work, with their counts."""
    return with_people(DraftLink.objects.open().filter(page_id=page.pk))


def ended_links(page):
    """Return the links to the draft of a page that ended last, those with new comments first, with their counts."""
    ended = with_people(DraftLink.objects.ended().filter(page_id=page.pk))
    return ended.order_by("-new_comments", "-created_at")[:MAX_ENDED_SHOWN]


def with_people(links):
    return links.with_counts().select_related("author", "revoked_by")


def comments_on(page):
    """Return what was written about the draft of a page: first what nobody has decided about, the newest first."""
    comments = DraftComment.objects.filter(link__page_id=page.pk).select_related("link", "taken_over_by")
    return comments.order_by(F("taken_over_at").desc(nulls_first=True), "-moment", "-pk")


def add_openings(links):
    """Give each of some links its last `openings_shown`, with one query."""
    latest = Window(RowNumber(), partition_by=F("link"), order_by=F("last_at").desc())
    openings = DraftOpening.objects.filter(link__in=links).annotate(number=latest).filter(number__lte=MAX_OPENINGS_SHOWN)
    by_link = {}
    for opening in openings.order_by("-last_at"):
        by_link.setdefault(opening.link_id, []).append(opening)
    for link in links:
        link.openings_shown = by_link.get(link.pk, [])
    return links


def links_url(page):
    """Return the address of the screen on which the draft of a page is shared."""
    return reverse("draft_links", args=[page.pk])
