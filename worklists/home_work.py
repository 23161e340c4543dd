"""What the home of somebody says, fetched with a few queries for all of its panels."""

from django.db.models import Case, Count, IntegerField, Q, Value, When, Window
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.permissions import page_permission_policy

from audience.models import Message
from differences.open_differences import open_differences, with_differences
from draft_links.models import DraftComment
from languages.codes import LANGUAGES
from newsroom.reports import standing_rows
from newsroom.reports.sent_out import with_texts_sent_out
from review.waiting import review_items
from worklists.models import TranslationRequest
from worklists.rights import own_languages, rows_to_change
from worklists.waiting import waiting_rows

LIMIT = 10  # lines of a panel
RECENT = 5
BEGUN, REVIEW, CHANGED = "begun", "review", "changed"
TOTAL = Window(Count("*"))


class HomeWork:
    """What there is for one person: at most `LIMIT` objects of each kind, each with the number of all as `total`."""

    def __init__(self, user):
        self.user = user

    @cached_property
    def own_languages(self):
        return own_languages(self.user)

    @cached_property
    def is_publisher(self):
        return page_permission_policy.user_has_permission(self.user, "publish")

    @cached_property
    def waiting(self):
        """The `Standing`s that wait, with what is out or back of each."""
        return list(with_texts_sent_out(waiting_rows(self.user)).annotate(total=TOTAL)[:LIMIT])

    @cached_property
    def requests(self):
        """The open requests that somebody made, or that are about what waits."""
        keys, is_mine = [row.pk for row in self.waiting], Q(asked_by=self.user)
        is_shown = Case(When(standing__in=keys, then=Value(0)), default=Value(1), output_field=IntegerField())
        requests = TranslationRequest.objects.open().filter(is_mine | Q(standing__in=keys))
        ordered = requests.order_by(is_shown, "deadline", "asked_at", "pk").annotate(total=Window(Count("pk", filter=is_mine)))
        return list(ordered.select_related("standing", "asked_by", "taken_by")[: LIMIT * (len(LANGUAGES) + 1)])

    @property
    def asked(self):
        """The requests that somebody made, the nearest deadline first."""
        mine = [one for one in self.requests if one.asked_by_id == self.user.pk]
        return sorted(mine, key=lambda one: (one.deadline is None, one.deadline, one.asked_at))[:LIMIT]

    def waiting_requests(self, standing):
        """Return the requests about what waits that somebody has or can take, by language."""
        return {
            one.language: one
            for one in self.requests
            if one.standing_id == standing.pk
            and (one.taken_by_id == self.user.pk or (one.taken_by_id is None and one.language in self.own_languages))
        }

    @cached_property
    def rows_by_kind(self):
        """The `Standing`s that somebody has begun, has to look at again, and changed last, with one query."""
        rows = standing_rows.visible_to(self.user).filter(mirrors=None).select_related("responsible")
        begun = rows.filter(begun__contains=[{"by": self.user.pk}]).order_by("changed_at", "pk")
        review = rows.filter(review_on__lt=timezone.localdate()).order_by("review_on", "pk")
        if not self.is_publisher:
            review = review.filter(responsible=self.user)
        changed = rows.filter(changed_by=self.user).order_by("-changed_at", "pk")
        first, *others = [
            part.annotate(total=TOTAL, kind=Value(kind))[:limit]
            for part, kind, limit in ((begun, BEGUN, LIMIT), (review, REVIEW, LIMIT), (changed, CHANGED, RECENT))
        ]
        by_kind = {BEGUN: [], REVIEW: [], CHANGED: []}
        for row in first.union(*others, all=True):
            by_kind[row.kind].append(row)
        return by_kind

    @cached_property
    def differences(self):
        """The `Standing`s with differences that somebody may mend or accept in a language of theirs, each with their number."""
        if not self.own_languages:
            return []
        keys = open_differences(self.own_languages).values("standing")
        rows = with_differences(rows_to_change(self.user).filter(mirrors=None, pk__in=keys), self.own_languages)
        return list(rows.order_by("changed_at", "pk").annotate(total=TOTAL)[:LIMIT])

    @cached_property
    def reviews(self):
        """What waits for somebody's approval, what they can publish, what was sent back to them, and what they submitted."""
        return review_items(self.user, LIMIT)

    @cached_property
    def draft_comments(self):
        """Comments that nobody has decided about, on drafts that somebody shared."""
        comments = DraftComment.objects.filter(link__author=self.user, taken_over_at=None).select_related("link__page")
        return list(comments.order_by("moment", "pk").annotate(total=TOTAL)[:LIMIT])

    @cached_property
    def messages(self):
        """Messages of readers without an answer that nobody else sees to, for those who may answer."""
        if not self.user.has_perm("audience.change_message"):
            return []
        messages = Message.objects.filter(Q(assigned_to=self.user) | Q(assigned_to=None), answered_at=None)
        return list(messages.order_by("moment", "pk").annotate(total=TOTAL)[:LIMIT])
