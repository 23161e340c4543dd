"""Reader feedback, messages to us, and counts of visits."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

MAX_COMMENT_LENGTH = 2000
MAX_MESSAGE_LENGTH = 5000
MAX_PLACE_LENGTH = 500


def is_path(place):
    """Say whether what somebody entered for a page is a path of this site, and not one that browsers take for another host."""
    return place.startswith("/") and place[1:2] not in ("/", "\\")


class Feedback(models.Model):
    """One reader's answer to "Was this page useful?", with a comment if there was one.

    It goes when its page is deleted: without the page nobody can act on it, and what readers wrote is kept only for that.
    An unpublished page keeps its feedback. Purged revisions only take the date of the text along.
    """

    page = models.ForeignKey("pages.SitePage", verbose_name=_("page"), on_delete=models.CASCADE, related_name="feedback")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version read"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    was_useful = models.BooleanField(
        pgettext_lazy("feedback", "useful"),
        choices=[(True, pgettext_lazy("answer", "Yes")), (False, pgettext_lazy("answer", "No"))],
    )
    comment = models.TextField(pgettext_lazy("feedback", "comment"), max_length=MAX_COMMENT_LENGTH, blank=True)
    moment = models.DateTimeField(_("date and time"), default=timezone.now, db_index=True)

    language_neutral = ("language", "comment")

    class Meta:
        verbose_name = pgettext_lazy("one", "feedback")
        verbose_name_plural = pgettext_lazy("many", "feedback")
        ordering = ["-moment", "-pk"]
        default_permissions = ("view", "delete")  # nobody adds or changes what readers said
        indexes = [models.Index(fields=["page", "-moment"], name="feedback_of_a_page")]

    def __str__(self):
        """Name the answer without the comment: Wagtail's log remembers this text after a deletion."""
        return f"{self.page}, {date_format(timezone.localtime(self.moment), 'SHORT_DATETIME_FORMAT')}"

    @property
    def version_of(self):
        """When the text that was read was saved; None where that version is not kept any more."""
        return self.revision.created_at if self.revision else None

    version_of.fget.short_description = _("version read")


class Visit(models.Model):
    """How often a page was asked for in a language on a day, by the site's clock. Programs that read count as people do."""

    page = models.ForeignKey("pages.SitePage", verbose_name=_("page"), on_delete=models.CASCADE, related_name="visits")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    day = models.DateField(_("day"), db_index=True)
    count = models.PositiveBigIntegerField(_("number of visits"), default=0)

    language_neutral = ("language",)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        default_permissions = ("view",)
        constraints = [models.UniqueConstraint(fields=["page", "language", "day"], name="one_count_a_page_language_and_day")]

    def __str__(self):
        return f"{self.page}, {self.language}, {self.day}: {self.count}"


class ReadLog(models.Model):
    """How far a log of the web server was counted. A log is known by what it says, as its name changes when it is rotated."""

    beginning = models.CharField(max_length=64, db_index=True)  # SHA-256 of the first line
    ending = models.CharField(max_length=64)  # SHA-256 of the last line counted
    ending_length = models.PositiveBigIntegerField()  # bytes of that line
    position = models.PositiveBigIntegerField()  # bytes counted
    lines = models.PositiveBigIntegerField()  # lines counted

    language_neutral = ("beginning", "ending")

    class Meta:
        default_permissions = ()

    def __str__(self):
        return f"{self.beginning[:12]}: {self.lines}"


class Message(models.Model):
    """What somebody wrote to us through the contact form, until it has been answered and for some months after that."""

    class Kind(models.TextChoices):
        QUESTION = "question", pgettext_lazy("kind of message", "Question")
        BARRIER = "barrier", pgettext_lazy("kind of message", "Accessibility problem")

    reference = models.CharField(_("reference"), max_length=9, unique=True, editable=False)
    sending = models.CharField(max_length=64, unique=True, editable=False)  # of `MessageForm.submission_digest`
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    text = models.TextField(_("message"), max_length=MAX_MESSAGE_LENGTH)
    place = models.CharField(pgettext_lazy("message", "page"), max_length=MAX_PLACE_LENGTH, blank=True)
    email = models.EmailField(pgettext_lazy("message", "e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    moment = models.DateTimeField(_("date and time"), default=timezone.now, db_index=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("assigned to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    answered_at = models.DateTimeField(_("answered on"), null=True, blank=True, db_index=True)
    remark = models.TextField(_("remark for staff"), blank=True, help_text=_("The sender never sees this."))
    is_forward_due = models.BooleanField(default=True, editable=False)  # to the mailbox of the settings
    has_copy = models.BooleanField(default=False, editable=False)  # a copy goes, or went, to its sender
    is_copy_due = models.BooleanField(default=False, editable=False)  # to its sender

    language_neutral = ("reference", "sending", "text", "place", "email", "language", "remark")

    class Meta:
        verbose_name = pgettext_lazy("from a reader", "message")
        verbose_name_plural = pgettext_lazy("from readers", "messages")
        ordering = ["-moment", "-pk"]
        default_permissions = ("view", "change", "delete")  # nobody writes messages by hand

    def __str__(self):
        """Name the message by its reference alone: Wagtail's log remembers this text after a deletion."""
        return self.reference

    @property
    def path(self):
        """The path on this site that the message is about; "" where that is something else."""
        return self.place if is_path(self.place) else ""

    @property
    def state(self):
        if self.answered_at:
            return pgettext("state of a message", "Answered")
        return pgettext("state of a message", "Assigned") if self.assigned_to_id else pgettext("state of a message", "New")

    state.fget.short_description = _("State")
