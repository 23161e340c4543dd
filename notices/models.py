"""A notice over the whole public site, such as a telephone line that is down, from one moment to another."""

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from directory.gathering import Gathering, given_value, objects_in
from languages.codes import OFFICIAL
from languages.language_bar import LanguageBar
from languages.models import AlignedModel
from languages.panels import TranslatedPanel
from languages.parity import require_parity
from languages.texts import is_filled
from languages.units import field_texts, shown_text
from notices.forms import NoticeForm
from pages.years import FIRST_MOMENT, LAST_MOMENT, require_year

MAX_SHOWN = 3  # at once: whoever has more to say writes a page


@dataclass(frozen=True, slots=True)
class ShownNotices:
    """The notices that readers see at a moment, and when that will be others; None where nothing is planned."""

    notices: list
    changes_at: datetime | None


class NoticeQuerySet(models.QuerySet):
    def with_newer(self, moment):
        """Return the notices with `newer`: how many that are on at a moment began after each."""
        running = Notice.objects.filter(is_on=True, begins_at__lte=moment, ends_at__gt=moment)
        began_later = Q(begins_at__gt=OuterRef("begins_at")) | Q(begins_at=OuterRef("begins_at"), pk__gt=OuterRef("pk"))
        count = running.filter(began_later).order_by().values("is_on").annotate(count=Count("pk")).values("count")
        return self.annotate(newer=Coalesce(Subquery(count), 0))


@cache
def shown_query():
    """Return the query for the notices of a given `moment`, the pages that they lead to, and the beginning of the next one."""
    moment = given_value("moment", models.DateTimeField())
    current = Notice.objects.filter(is_on=True, ends_at__gt=moment)
    shown = current.filter(begins_at__lte=moment).order_by("-begins_at", "-pk")[:MAX_SHOWN]
    pages = Notice.link_page.field.related_model.objects
    return Gathering(
        notices=shown.defer("alignment"),
        coming=current.filter(begins_at__gt=moment).order_by("begins_at").values("begins_at")[:1],
        pages=pages.filter(pk__in=shown.values("link_page")).for_links().order_by("pk"),
    )


class Notice(AlignedModel):
    """What every public page says at its top for a while. Whoever may not put it on writes it as a draft."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PLANNED = "planned", _("Planned")
        SHOWN = "shown", _("Shown now")
        WAITING = "waiting", pgettext_lazy("notice", "Waits")
        OVER = "over", _("Over")

    text = models.TextField(_("text"), max_length=300, blank=True, help_text=_("What is the matter, and until when."))
    link_page = models.ForeignKey(
        "pages.SitePage",
        verbose_name=_("page with more about it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    link_url = models.URLField(
        _("or an address elsewhere"), max_length=1000, blank=True, help_text=_("Only for the languages the site has.")
    )
    link_label = models.CharField(_("words of the link"), max_length=80, blank=True)
    begins_at = models.DateTimeField(
        _("beginning"), default=timezone.now, help_text=_("Brussels time."), validators=[require_year]
    )
    ends_at = models.DateTimeField(
        _("end"), help_text=_("Brussels time. The notice goes by itself."), validators=[require_year]
    )
    is_on = models.BooleanField(
        _("put on the site"),
        default=False,
        help_text=_("Every page shows it from its beginning to its end. Without this it stays a draft."),
    )

    objects = NoticeQuerySet.as_manager()
    required_for_publishing = ("text",)
    base_form_class = NoticeForm
    panels = [
        LanguageBar(),
        TranslatedPanel("text", required=True),
        MultiFieldPanel([FieldPanel("begins_at"), FieldPanel("ends_at")], heading=_("When it is shown")),
        MultiFieldPanel(
            [FieldPanel("link_page"), TranslatedPanel("link_url"), TranslatedPanel("link_label")], heading=_("Link")
        ),
        FieldPanel("is_on", permission="notices.publish_notice"),
    ]

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-begins_at", "-pk"]
        permissions = [("publish_notice", "Can put notices on the site")]
        indexes = [models.Index(fields=["ends_at"], name="notices_by_end", condition=Q(is_on=True))]
        constraints = [  # a moment that Python cannot read would take every page down
            models.CheckConstraint(
                name="notices_of_our_time",
                condition=Q(begins_at__gte=FIRST_MOMENT, begins_at__lt=LAST_MOMENT)
                & Q(ends_at__gte=FIRST_MOMENT, ends_at__lt=LAST_MOMENT),
            )
        ]

    def __str__(self):
        return Truncator(shown_text(self, "text").text).chars(60)

    def may_be_changed_by(self, user):
        """Say whether somebody may change it: while it is on the site, only who may put it there."""
        is_stored_on = type(self)._default_manager.filter(pk=self.pk, is_on=True).exists()
        return not is_stored_on or user.has_perm("notices.publish_notice")

    @property
    def state(self):
        """The `State` of now."""
        now = timezone.now()
        if not self.is_on:
            return self.State.DRAFT
        if self.ends_at <= now:
            return self.State.OVER
        if self.begins_at > now:
            return self.State.PLANNED
        return self.State.SHOWN if self.count_newer(now) < MAX_SHOWN else self.State.WAITING

    def count_newer(self, moment):
        """Return how many notices that are on at a moment began after this one; no query after `with_newer`."""
        if hasattr(self, "newer"):
            return self.newer
        return Notice.objects.with_newer(moment).values_list("newer", flat=True).get(pk=self.pk)

    @staticmethod
    def shown_at(moment):
        """Return the `ShownNotices` of a moment, with one query for a few rows.

        Of notices that overlap, those that began last are shown: what has just happened is the most urgent. An earlier one
        waits, and comes back when another ends.
        """
        found = shown_query().fetch(moment=moment)
        rows = objects_in(Notice, found["notices"])
        notices = [notice for notice in rows if notice.begins_at <= moment]
        if notices:
            pages = {page.pk: page for page in objects_in(Notice.link_page.field.related_model, found["pages"])}
            for notice in notices:
                notice.link_page = pages.get(notice.link_page_id)
        beginnings = [parse_datetime(row["begins_at"]) for row in json.loads(found["coming"])]
        return ShownNotices(notices, min([notice.ends_at for notice in notices] + beginnings, default=None))

    @property
    def live(self):
        """Whether it is for readers, as the table of what there is to translate asks."""
        return self.is_on

    def clean(self):
        """Ask for an end after the beginning, and for parity as soon as it is put on."""
        super().clean()
        errors = self.link_errors()
        if self.begins_at and self.ends_at and self.ends_at <= self.begins_at:
            errors["ends_at"] = _("The end must come after the beginning.")
        if errors:
            raise ValidationError(errors)
        if self.is_on:
            require_parity(self)

    def link_errors(self):
        """Return what is wrong with the link, by field: two targets, words without a target, or a target without words."""
        labels, has_url = field_texts(self, "link_label"), any(map(is_filled, field_texts(self, "link_url").values()))
        if self.link_page_id and has_url:
            return {"link_page": _("Choose a page or give an address, not both.")}
        if not (self.link_page_id or has_url):
            words_alone = any(map(is_filled, labels.values()))
            return {"link_page": _("The link has words, but leads nowhere.")} if words_alone else {}
        missing = [code for code in OFFICIAL if self.is_on and not is_filled(labels[code])]
        return {f"link_label_{code}": _("The link needs words.") for code in missing}
