"""How long links to drafts, and what was written by them, are kept."""

import io

from django.core.management import call_command
from django.utils import timezone

from draft_links.models import DraftComment, DraftLink, DraftOpening
from reporting.retention import months_before
from tests.drafts import DAY, MINUTE, path_of, share, write


def forget():
    printed = io.StringIO()
    call_command("forget_draft_links", stdout=printed)
    return printed.getvalue()


def test_links_go_some_months_after_their_end_with_all_that_was_written_by_them(client, draft, settings):
    settings.DRAFT_LINKS_MONTHS = 3
    limit = months_before(timezone.localtime(), 3)
    links = {name: share(draft, for_whom=name, takes_comments=True) for name in ("over", "ended", "young", "open")}
    for link in links.values():
        client.get(path_of(link))
        write(client, link)
    comment = links["over"].comments.get()
    comment.take_over(links["over"].author)
    comment.save()
    past = {"created_at": limit - 9 * DAY}
    DraftLink.objects.filter(pk=links["over"].pk).update(expires_at=limit - MINUTE, **past)
    DraftLink.objects.filter(pk=links["ended"].pk).update(revoked_at=limit - MINUTE, expires_at=limit + DAY, **past)
    DraftLink.objects.filter(pk=links["young"].pk).update(expires_at=limit + 10 * MINUTE, **past)
    assert forget().startswith("Deleted 2:") and forget().startswith("Deleted 0:")
    for rows in (DraftComment, DraftOpening):
        assert set(rows.objects.values_list("link__for_whom", flat=True)) == {"young", "open"}


def test_a_copy_of_a_page_has_no_links(draft, home):
    share(draft)
    draft.copy(to=home)
    assert DraftLink.objects.count() == 1
