"""What is out for translation, on the home of whoever sent it out, and of publishers whoever did: late packages first."""

from urllib.parse import urlencode

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from exchange.preview import direction
from exchange.rights import packages_of
from exchange.texts_out import packages_out
from languages.numbers import format_number
from worklists.deadlines import deadline_of, since_of
from worklists.home_work import LIMIT, HomeWork
from worklists.rows import WorkRow, person_name
from worklists.work_panel import WorkKind, WorkPanel


def find_packages(work):
    """Return the packages that are out and somebody sees to, each with the number of all as `total`. One query."""
    packages = packages_of(work.user)
    packages = packages if work.is_publisher else packages.filter(created_by=work.user)
    return list(packages_out(packages).select_related("created_by").annotate(total=Window(Count("*")))[:LIMIT])


def package_row(package, user):
    """Return the line of a package that is out."""
    text = ngettext("%(number)s text not back yet", "%(number)s texts not back yet", package.out)
    whose = [] if package.created_by == user else [_("sent out by %(name)s") % {"name": person_name(package.created_by)}]
    return WorkRow(
        package.name,
        package.get_absolute_url(),
        direction(package.source, package.target),
        [text % {"number": format_number(package.out)}, *whose],
        deadline=deadline_of(package.deadline) or since_of(package.created_at),
    )


OUT = WorkKind(
    "sent_out",
    52,
    _("Out for translation"),
    find=find_packages,
    make_row=lambda package, work: package_row(package, work.user),
    all_url=lambda work: f"{reverse('packages_report')}?{urlencode({'waits': 'out', 'ordering': 'deadline'})}",
)


def panels_of_packages(user):
    """Return the panel of what is out, in a list that is empty where nothing is."""
    panel = WorkPanel(OUT, HomeWork(user))
    return [panel] if panel.objects else []
