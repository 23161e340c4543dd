"""Translations that are asked for, and who wants a mail a day about what waits."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from languages.standing import Standing

MAX_NOTE_LENGTH = 500
TO_PERSON = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}


class TranslationRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at=None)

    def closed(self):
        return self.exclude(closed_at=None)


class TranslationRequest(models.Model):
    """Somebody asks for the texts of a page, entry or setting in one language: "French by Friday".

    It is about a row of the table of everything, that of the source where somebody asks for an alias, and goes along with it.
    Whoever takes it has it until they give it back, hand it on, or may no longer write those texts. It is done when nothing is
    left to do there in its language (`worklists.signals`).
    """

    class Outcome(models.TextChoices):
        DONE = "done", pgettext_lazy("translation request", "Done")
        WITHDRAWN = "withdrawn", pgettext_lazy("translation request", "Withdrawn")

    standing = models.ForeignKey(Standing, on_delete=models.CASCADE, related_name="requests")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("asked by"), **TO_PERSON)
    asked_at = models.DateTimeField(_("asked on"), default=timezone.now)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    note = models.TextField(pgettext_lazy("translation request", "note"), max_length=MAX_NOTE_LENGTH, blank=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, verbose_name=_("taken by"), **TO_PERSON)
    taken_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, **TO_PERSON)  # where whoever has it did not take it themselves
    # When it went back to all of its language because whoever had it could do it no longer; until somebody takes it again.
    returned_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(_("closed on"), null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)

    objects = TranslationRequestQuerySet.as_manager()
    language_neutral = ("language", "note")
    wagtail_reference_index_ignore = True  # it keeps nobody and nothing from being deleted

    class Meta:
        verbose_name = _("translation request")
        verbose_name_plural = _("translation requests")
        ordering = ["deadline", "asked_at", "pk"]
        default_permissions = ()  # rights are those to the texts (`worklists.rights`)
        constraints = [
            models.UniqueConstraint(
                fields=["standing", "language"], condition=models.Q(closed_at=None), name="one_open_request_per_language"
            )
        ]

    def __str__(self):
        return f"{self.standing_id} {self.language}"

    @property
    def is_overdue(self):
        return self.closed_at is None and self.deadline is not None and self.deadline < timezone.localdate()


class DailyMail(models.Model):
    """Whether somebody wants a mail a day about what waits for them, and when the last one said what there was."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    is_wanted = models.BooleanField(
        _("A mail a day about what waits for me"),
        default=True,
        help_text=_("Once a day at most, and only where something is new or a deadline is near."),
    )
    sent_at = models.DateTimeField(null=True)
    # What the last one named of what others left, who have gone (`worklists.digests.left_to`): when they went, nothing says.
    left = models.JSONField(default=list)

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.user_id)
