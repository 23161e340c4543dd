"""What was live on a day, and whether the official languages were in step in it, by Wagtail's log and the revisions.

The log says which revision of a page was published when, and when it was taken off; the revision holds its texts and what the
languages remembered. What is not kept any more is said to be unknown, and never guessed.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from wagtail.models import Page, PageLogEntry, Revision

from languages.alignment import refresh
from languages.codes import LANGUAGES, OFFICIAL
from languages.lags import official_lags, unexcused_lags
from languages.open_texts import official_open_texts, unexcused_open_texts
from languages.parity import gaps
from languages.units import field_texts, units
from pages.addresses import STEPS, PagePlace, address_of
from pages.models import SitePage

PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled", "wagtail.create_alias")
TAKEN_OFF = ("wagtail.unpublish", "wagtail.unpublish.scheduled")
IN_STEP, EXCUSED, BEHIND, INCOMPLETE, UNKNOWN = "in_step", "excused", "behind", "incomplete", "unknown"
BATCH = 100


@dataclass(frozen=True, slots=True)
class Publication:
    """A page as it was live: headings and addresses by language, revision and moment of publication, and the verdict.

    `reason` is why it was published while a text was behind or in translation; `is_moved` says that the page stood elsewhere in
    the tree.
    """

    headings: dict
    addresses: dict
    revision: int | None
    moment: datetime | None
    verdict: str
    reason: str = ""
    is_moved: bool = False


def publications(end):
    """Yield the `Publication` of each page that was live just before the moment `end`, a batch at a time.

    Parents come before the pages below them; in the end come pages that were deleted since.
    """
    above = {}  # tree path -> publication, of the ancestors of the page at hand only
    pages = candidate_pages(end).iterator(chunk_size=BATCH)
    while batch := list(islice(pages, BATCH)):
        contents = contents_of(batch)
        for page in batch:
            content, entry = contents[page.pk]
            above = {path: other for path, other in above.items() if page.path.startswith(path)}
            if was_live(page, entry):
                above[page.path] = publication(page, content, entry, above.get(page.path[:-STEPS]))
                yield above[page.path]
    yield from deleted_pages(end)


def candidate_pages(end):
    """Return all pages in the order of the tree, each with its last publication before `end`, and what happened since.

    An alias shows what its source does, and is published and taken off with it: its entries are those of its source.
    """
    own, entries = (PageLogEntry.objects.filter(page=OuterRef(key)) for key in ("pk", "source"))
    before = entries.filter(timestamp__lt=end, action__in=PUBLISHED + TAKEN_OFF).order_by("-timestamp", "-pk")
    since = entries.filter(timestamp__gte=end, action__in=PUBLISHED + TAKEN_OFF)
    return (
        SitePage.objects.filter(Q(first_published_at=None) | Q(first_published_at__lt=end) | Q(alias_of__isnull=False))
        .annotate(source=Coalesce("alias_of", "pk"), is_source_live=Coalesce("alias_of__live", "live"))
        .annotate(last_entry=Subquery(before.values("pk")[:1]), is_changed=Exists(since))
        .annotate(begun_at=Subquery(own.order_by("timestamp").values("timestamp")[:1]))
        .annotate(is_moved=Exists(own.filter(timestamp__gte=end, action="wagtail.move")))
        .exclude(begun_at__gte=end, alias_of__isnull=False)
        .order_by("path")
    )


def was_live(page, entry):
    """Say whether a page was live: its last entry says so; one without entries was when it still is, unchanged."""
    return entry.action in PUBLISHED if entry else page.is_source_live and not page.is_changed


def contents_of(batch):
    """Return `{key of a page: (the page as it was published or None, log entry or None)}`, with a few queries a batch."""
    entries = PageLogEntry.objects.in_bulk([page.last_entry for page in batch if page.last_entry])
    revisions = Revision.objects.in_bulk({entry.revision_id for entry in entries.values() if entry.revision_id})
    contents = {}
    for page in batch:
        entry = entries.get(page.last_entry)
        revision = revisions.get(entry.revision_id) if entry else None
        # An automatic save may have written over a revision after it was published.
        is_kept = revision is not None and revision.created_at <= entry.timestamp
        contents[page.pk] = (content_of(page, revision) if is_kept else None, entry)
    unchanged = [
        page.pk
        for page in batch
        if contents[page.pk][0] is None and page.live and not page.is_changed and not was_alias(page, contents[page.pk][1])
    ]
    for page in SitePage.objects.filter(pk__in=unchanged).specific() if unchanged else ():
        contents[page.pk] = (page, contents[page.pk][1])
    return contents


def was_alias(page, entry):
    """Say whether a page became one of its own after it was published as an alias: with what texts, nobody kept."""
    return entry is not None and entry.action == "wagtail.create_alias" and not page.alias_of_id


def content_of(page, revision):
    return page.specific_class.from_serializable_data(revision.content, check_fks=False)


def publication(page, content, entry, above):
    """Return the `Publication` of a live page; `above` is that of the page above it, where that was live."""
    moment = entry.timestamp if entry else page.first_published_at
    if content is None:
        nowhere = dict.fromkeys(LANGUAGES)
        return Publication(field_texts(page, "heading"), nowhere, entry and entry.revision_id, moment, UNKNOWN)
    headings = field_texts(content, "heading")
    slugs = field_texts(page if page.alias_of_id else content, "url_slug")
    place = PagePlace(page.path, True, page.specific_class.is_home, headings, slugs)
    addresses = {code: address_of(place, code, above and above.addresses[code]) for code in LANGUAGES}
    is_moved = page.is_moved or bool(above and above.is_moved)
    verdict, reason = verdict_on(content)
    revision = entry.revision_id if entry else page.live_revision_id
    return Publication(headings, addresses, revision, moment, verdict, reason, is_moved)


def verdict_on(content):
    """Return the verdict on the official languages of a page, and the reason that was given for what is behind or open."""
    texts = list(units(content))
    memory = refresh(content.alignment, texts)
    if any(gaps(texts)):
        return INCOMPLETE, ""
    if unexcused_lags(memory) or any(text.language in OFFICIAL for text in unexcused_open_texts(memory)):
        return BEHIND, ""
    needed_reason = official_lags(memory) or official_open_texts(memory)
    return (EXCUSED, memory["excused"]["reason"]) if needed_reason else (IN_STEP, "")


def deleted_pages(end):
    """Yield the pages that were live just before `end` and are gone: only their name in the log is left."""
    entries = PageLogEntry.objects.filter(timestamp__lt=end, action__in=(*PUBLISHED, *TAKEN_OFF, "wagtail.delete"))
    of_deleted_pages = entries.filter(~Exists(Page.objects.filter(pk=OuterRef("page"))))
    for entry in of_deleted_pages.order_by("page", "-timestamp", "-pk").distinct("page").iterator(chunk_size=BATCH):
        if entry.action in PUBLISHED:
            names = dict.fromkeys(LANGUAGES, entry.label)
            yield Publication(names, dict.fromkeys(LANGUAGES), entry.revision_id, entry.timestamp, UNKNOWN)
