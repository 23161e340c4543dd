"""What came back and what is out for translation, on the home of whoever sees to a package; publishers see to all of them."""

from urllib.parse import urlencode

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, Value, Window
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.models import Import
from exchange.preview import direction
from exchange.rights import packages_of
from exchange.texts_back import packages_back
from exchange.texts_out import packages_out
from languages.numbers import format_number
from newsroom.reports.sent_out import words_to_decide
from worklists.deadlines import deadline_of, since_of
from worklists.home_work import LIMIT, HomeWork
from worklists.rows import WorkRow, person_name
from worklists.work_panel import WorkKind, WorkPanel

BACK, OUT = "came_back", "sent_out"


class PackageWork(HomeWork):
    """What there is for one person of packages: at most `LIMIT` of each kind, each with the number of all as `total`."""

    @cached_property
    def packages(self):
        """The packages that somebody sees to, by kind: one that came back in part stands in both. One query."""
        packages = packages_of(self.user)
        if not self.is_publisher:
            brought = Import.objects.filter(package=OuterRef("pk"), uploaded_by=self.user)
            packages = packages.filter(Q(created_by=self.user) | Exists(brought))
        out = packages_out(packages).annotate(first_import=Value(None, output_field=BigIntegerField()), since=F("created_at"))
        back, out = (
            part.select_related("created_by").annotate(total=Window(Count("*")), panel=Value(kind))[:LIMIT]
            for kind, part in ((BACK, packages_back(packages)), (OUT, out))
        )
        by_kind = {BACK: [], OUT: []}
        for package in back.union(out, all=True):
            by_kind[package.panel].append(package)
        return by_kind


def back_row(package):
    """Return the line of a package of which something that came back is to be decided: it leads to the file."""
    return WorkRow(
        package.name,
        reverse("import", args=[package.first_import]),
        direction(package.source, package.target),
        [words_to_decide(package.number)],
        deadline=since_of(package.since),
    )


def out_row(package, user):
    """Return the line of a package that is out."""
    text = ngettext("%(number)s text not back yet", "%(number)s texts not back yet", package.number)
    whose = [] if package.created_by == user else [_("sent out by %(name)s") % {"name": person_name(package.created_by)}]
    return WorkRow(
        package.name,
        package.get_absolute_url(),
        direction(package.source, package.target),
        [text % {"number": format_number(package.number)}, *whose],
        deadline=deadline_of(package.deadline) or since_of(package.created_at),
    )


KINDS = (
    WorkKind(
        BACK,
        51,
        _("Translations to be taken over"),
        find=lambda work: work.packages[BACK],
        make_row=lambda package, work: back_row(package),
        all_url=lambda work: f"{reverse('packages_report')}?{urlencode({'waits': 'back'})}",
    ),
    WorkKind(
        OUT,
        52,
        _("Out for translation"),
        find=lambda work: work.packages[OUT],
        make_row=lambda package, work: out_row(package, work.user),
        all_url=lambda work: f"{reverse('packages_report')}?{urlencode({'waits': 'out', 'ordering': 'deadline'})}",
    ),
)


def panels_of_packages(user):
    """Return the panels of what came back and of what is out, without those that say nothing."""
    work = PackageWork(user)
    return [panel for panel in (WorkPanel(kind, work) for kind in KINDS) if panel.objects]
