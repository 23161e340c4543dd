"""What staff see of links: how often each was opened, and what was written by it, with a few queries however many there are."""

from django.db.models import F, Prefetch, Q, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from draft_links.models import DraftComment, DraftLink, DraftOpening

MAX_OPENINGS_SHOWN = 10  # of each link, the last ones
MAX_ENDED_SHOWN = 20  # links that work no more


def open_links(page):
    """Return the links to the draft of a page that work, with their comments: two queries."""
    return with_comments(DraftLink.objects.open().filter(page_id=page.pk))


def links_to_look_after(page):
    """Return the links that work, and those that ended and brought comments nobody has decided about: two queries."""
    still_open = DraftLink.objects.open().values("pk")
    links = with_comments(DraftLink.objects.filter(page_id=page.pk))
    return links.filter(Q(pk__in=still_open) | Q(new_comments__gt=0))


def ended_links(page):
    """Return the links to the draft of a page that ended last, those with new comments first, with all comments."""
    still_open = DraftLink.objects.open().values("pk")
    ended = with_comments(DraftLink.objects.filter(page_id=page.pk).exclude(pk__in=still_open))
    return ended.order_by("-new_comments", "-created_at")[:MAX_ENDED_SHOWN]


def with_comments(links):
    comments = Prefetch("comments", DraftComment.objects.select_related("accepted_by"))
    return links.with_counts().select_related("author", "revoked_by").prefetch_related(comments)


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
