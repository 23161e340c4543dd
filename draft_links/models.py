"""Links to drafts, when they were opened, and comments by the people who have them."""

from datetime import timedelta

from django.conf import settings
from django.db import connection, models
from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.utils import get_user_display_name

from draft_links import tokens
from draft_links.paths import draft_url
from languages.codes import LANGUAGES, current_language

MAX_DAYS = 90  # that a link may last
SIDE_BY_SIDE = ""  # in place of a language
MAX_LABEL_LENGTH = 100
MAX_NAME_LENGTH = 100
MAX_COMMENT_LENGTH = 5000


def share_label(language):
    """Return what a link to a draft shows, in words: a language, or all of them."""
    return dict(settings.LANGUAGES).get(language, _("All languages side by side"))


class DraftLinkQuerySet(models.QuerySet):
    def open(self):
        """Return the links that are neither over nor revoked."""
        return self.filter(revoked_at=None, expires_at__gt=timezone.now())

    def ended(self):
        """Return the links that are over or revoked."""
        return self.filter(Q(revoked_at__isnull=False) | Q(expires_at__lte=timezone.now()))

    def with_counts(self):
        """Give each link its `openings_number`, `last_opened_at`, `comments_number` and the number of `new_comments`."""
        openings = DraftOpening.objects.filter(link=OuterRef("pk")).order_by().values("link")
        comments = DraftComment.objects.filter(link=OuterRef("pk")).order_by().values("link")
        new = Count("pk", filter=Q(taken_over_at=None))
        return self.annotate(
            openings_number=Coalesce(Subquery(openings.annotate(sum=Sum("count")).values("sum")), 0),
            last_opened_at=Subquery(openings.annotate(last=Max("last_at")).values("last")),
            comments_number=Coalesce(Subquery(comments.annotate(number=Count("pk")).values("number")), 0),
            new_comments=Coalesce(Subquery(comments.annotate(number=new).values("number")), 0),
        )

    def ended_before(self, moment):
        return self.filter(Q(revoked_at__lt=moment) | Q(expires_at__lt=moment))


class DraftLink(models.Model):
    """A link that shows the latest draft of a page, in one language or with all of them side by side.

    It goes with its page. Whoever may change the page may see and revoke it; it works while whoever made it may, too.
    """

    page = models.ForeignKey("pages.SitePage", verbose_name=_("page"), on_delete=models.CASCADE, related_name="draft_links")
    key = models.CharField(max_length=22, unique=True, editable=False, default=tokens.make_key)
    for_whom = models.CharField(_("for whom"), max_length=MAX_LABEL_LENGTH)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, blank=True)  # or `SIDE_BY_SIDE`
    takes_comments = models.BooleanField(_("takes comments"), default=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("shared by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("shared on"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"), db_index=True)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, db_index=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    objects = DraftLinkQuerySet.as_manager()
    language_neutral = ("key", "for_whom", "language")
    wagtail_reference_index_ignore = True  # a link is no use of a page, and keeps none from being deleted

    class Meta:
        verbose_name = _("link to a draft")
        verbose_name_plural = _("links to drafts")
        ordering = ["-created_at", "-pk"]
        default_permissions = ()  # see the docstring
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__lte=F("created_at") + timedelta(days=MAX_DAYS)), name="no_link_lasts_longer"
            )
        ]

    def __str__(self):
        return f"{self.page}, {timezone.localdate(self.created_at)}"

    @property
    def is_open(self):
        return self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def shows(self):
        return share_label(self.language)

    @property
    def author_name(self):
        return get_user_display_name(self.author) if self.author else ""

    @property
    def languages(self):
        """The languages in which it may be opened: of a link to all of them, those that its frame can speak."""
        return (self.language,) if self.language else LANGUAGES

    @property
    def token(self):
        return tokens.token_of(self.key)

    @property
    def url(self):
        """The address to hand on; that of all languages speaks the language of whoever copies it."""
        return draft_url(self.language or current_language(), self.token)

    def revoke(self, user):
        """End the link now, for good. Does not save."""
        self.revoked_at, self.revoked_by = timezone.now(), user


class DraftOpening(models.Model):
    """How often a link was opened in a language within an hour, and when last. It says nothing about who opened it.

    A row an hour at most, so that a program that opens a link without end fills no table.
    """

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="openings")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    hour = models.DateTimeField()  # its beginning
    count = models.PositiveIntegerField(_("number"))
    last_at = models.DateTimeField(_("last opened"))

    language_neutral = ("language",)

    class Meta:
        ordering = ["-hour", "language"]
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["link", "language", "hour"], name="one_count_a_link_language_and_hour")]

    def __str__(self):
        return f"{self.link_id}, {self.language}, {self.hour:%Y-%m-%d %H}: {self.count}"

    @classmethod
    def count_one(cls, link, language):
        """Count one more opening of a link, in one statement. Raises IntegrityError where the link is gone by now."""
        now = timezone.now()
        hour = now.replace(minute=0, second=0, microsecond=0)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO draft_links_draftopening AS opening (link_id, language, hour, count, last_at)"
                " VALUES (%s, %s, %s, 1, %s) ON CONFLICT (link_id, language, hour)"
                " DO UPDATE SET count = opening.count + 1, last_at = EXCLUDED.last_at",
                [link.pk, language, hour, now],
            )


class DraftComment(models.Model):
    """What somebody wrote about a draft. Staff take it over or delete it; until then its author alone knows of it."""

    link = models.ForeignKey(DraftLink, on_delete=models.CASCADE, related_name="comments")
    sending = models.CharField(max_length=64, unique=True, editable=False)  # the same for whatever was sent twice
    name = models.CharField(_("name"), max_length=MAX_NAME_LENGTH)
    text = models.TextField(pgettext_lazy("on a draft", "comment"), max_length=MAX_COMMENT_LENGTH)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    moment = models.DateTimeField(_("date and time"), default=timezone.now)
    taken_over_at = models.DateTimeField(_("taken over on"), null=True)
    taken_over_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    language_neutral = ("sending", "name", "text", "language")

    class Meta:
        verbose_name = _("comment on a draft")
        verbose_name_plural = _("comments on drafts")
        ordering = ["moment", "pk"]
        default_permissions = ()  # those of the page

    def __str__(self):
        return f"{self.link_id}, {timezone.localdate(self.moment)}"

    def take_over(self, user):
        """Note that the text was taken over from the comment. Does not save."""
        self.taken_over_at, self.taken_over_by = timezone.now(), user
