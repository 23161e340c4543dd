"""What the work of a publisher costs where there are very many pages: long lists, and what touches thousands of pages."""

import subprocess
import sys
import time
from collections import namedtuple

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_test_environment, teardown_test_environment
from django.urls import reverse

from deploy.garbage import look_seldom
from directory.models import GlossaryTerm
from mandates.models import MandatePage
from networks.models import NetworkPage
from pages.models import HomePage, SiteSettings, StandardPage
from tests.bench.effort import BenchError
from tests.bench.report import client_of
from tests.bench.table import align, whole
from tests.building import make_standard
from tests.editor import PUBLISH, form_with, in_form
from tests.many import copy_surroundings, multiply

PAGES, FEW = 30_000, 180  # of a whole run, and of a quick one
MOST_SECONDS = 2  # for an answer to somebody who waits
MOST_OF_PUBLISHING = 1
MOST_MEGABYTES = 200  # of a process that has shown thousands of pages
PUBLISHING = "publish a page"
ORDERS = ("", "ord", "-title", "latest_revision_created_at", "content_type__model", "live")
LISTS = {
    "report of languages": "reports/languages/",
    "a late page of it": "reports/languages/?p=100&state=behind",
    "site history": "reports/site-history/",
    "aging pages": "reports/aging-pages/",
    "redirects": "redirects/",
    "the admin's home": "",
}
Row = namedtuple("Row", "name queries cpu wall")  # seconds of CPU of this process, and in all


def measure(number, say):
    """Return `(table, sentences)` of a site with so many more pages than the starting content, which it makes."""
    say(f"Filling {number:,} pages …")
    section = fill(number)
    say("Measuring lists and work …")
    look_seldom()  # as workers do
    setup_test_environment()  # which tells what a form was made of
    try:
        client = client_of("Publishers")
        rows = [once(name, do) for name, do in lists(client, section)]
        rows += [once(name, do) for name, do in work(client, section)]
    finally:
        teardown_test_environment()
    say("Measuring memory …")
    pages, megabytes = memory(number)
    lines = [["", "queries", "CPU ms", "ms in all"]]
    lines += [[row.name, whole(row.queries), f"{row.cpu * 1000:,.0f}", f"{row.wall * 1000:,.0f}"] for row in rows]
    said = f"- A process that has shown {pages:,} different pages holds {megabytes:.0f} MB; {MOST_MEGABYTES} are allowed."
    return align(lines), [said, *(f"- Over budget: {one}" for one in over_budget(rows, megabytes))]


def fill(number):
    """Add so many pages of three kinds, as many of each; return the section below which all of one kind stand."""
    for command in ("rebuild_search", "rebuild_references_index"):
        call_command(command, verbosity=0)
    section = make_standard(HomePage.objects.get(), "Growing")
    branch = make_standard(section, "Branch")
    # What there can be many of: the page of an authority is asked for more than others, and the first network may have copies.
    mandate = MandatePage.objects.existing().exclude(role=MandatePage.Role.MANAGING_AUTHORITY).order_by("pk").last()
    for page in (branch, mandate, NetworkPage.objects.existing().order_by("pk")[1]):
        copy_surroundings(page, multiply(page, number // 3))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return StandardPage.objects.get(pk=section.pk)


def once(name, do):
    """Return the `Row` of something that is done once."""
    with CaptureQueriesContext(connection) as captured:
        cpu, wall = time.process_time(), time.monotonic()
        do()
        return Row(name, len(captured), time.process_time() - cpu, time.monotonic() - wall)


def lists(client, section):
    """Yield the name of each list, and how it is shown; it was shown once before, as to somebody who works all day."""
    explorer = reverse("wagtailadmin_explore", args=[section.pk])
    paths = {f"explorer, {order or 'as it comes'}": f"{explorer}?ordering={order}" for order in ORDERS}
    paths["page chooser"] = reverse("wagtailadmin_choose_page_child", args=[section.pk]) + "?page_type=pages.sitepage"
    paths["search of pages"] = reverse("wagtailadmin_pages:search") + "?q=branch"
    paths |= {name: f"/admin/{path}" for name, path in LISTS.items()}
    paths["page of deletion"] = reverse("wagtailadmin_pages:delete", args=[section.pk])
    for name, path in paths.items():
        ask(client, path)
        yield name, lambda path=path: ask(client, path)


def work(client, section):
    """Yield the name of each thing that is done, and how; forms are opened before, as people read them."""
    below = StandardPage.objects.child_of(section).order_by("-path")[:3]
    send(client, *edit(client, below[2], summary_nl="Warm."))
    for name, page, typed in (
        (PUBLISHING, below[0], {"heading_nl": "Anders", "summary_nl": "Iets anders."}),
        ("rename the section", section, {"url_slug_nl": "hernoemd", "url_slug_fr": "renomme"}),
    ):
        yield name, post(client, *edit(client, page, **typed))
    yield "drag a page to the top", order(client, "set_page_position", below[1], query="?position=0")
    place = make_standard(HomePage.objects.get(), "Elsewhere")
    yield "move the section", order(client, "move_confirm", section, place.pk)
    yield "take the section offline", order(client, "unpublish", section)
    yield "publish the section again", post(client, *edit(client, section))
    term = GlossaryTerm.objects.filter(for_staff_only=False).order_by("pk").first()
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    typed = form_with(ask(client, url), "term_nl") | {"term_nl": "branch", "synonyms_nl": "growing"}
    yield "change a term of all these pages", post(client, url, typed)
    url = reverse("wagtailsettings:edit", args=["pages", "sitesettings", SiteSettings.load().pk])
    typed = form_with(ask(client, url), "site_name_nl") | {"site_name_nl": "Een andere naam"}
    yield "change the settings", post(client, url, typed)
    yield "delete the section", order(client, "delete", section, confirm_site_name=settings.WAGTAIL_SITE_NAME)


def edit(client, page, **typed):
    """Return `(address, what is sent)` to publish a page with something typed into its form, which is opened now."""
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return url, in_form(ask(client, url)) | typed | PUBLISH | {"publishing_reason": "Dringend."}


def order(client, name, page, *more, query="", **typed):
    """Return what presses a button of the explorer."""
    return post(client, reverse(f"wagtailadmin_pages:{name}", args=[page.pk, *more]) + query, typed)


def post(client, path, typed):
    return lambda: send(client, path, typed)


def ask(client, path):
    response = client.get(path)
    if response.status_code != 200:
        raise BenchError(f"{path} is answered with {response.status_code}.")
    return response


def send(client, path, typed):
    """Send a form, which must be taken: a form that is shown again is not."""
    response = client.post(path, typed)
    if response.status_code != 302 and (response.status_code != 200 or response.content):
        raise BenchError(f"{path} is answered with {response.status_code} and shows its form again.")


def memory(number):
    """Return how many pages a process of its own has shown, of so many, and the megabytes that it then holds."""
    run = subprocess.run([sys.executable, "-m", "tests.bench.memory", str(number)], capture_output=True, text=True)
    if run.returncode:
        raise BenchError(run.stderr.strip())
    pages, megabytes = run.stdout.split()
    return int(pages), float(megabytes)


def over_budget(rows, megabytes):
    """Yield a sentence for each figure beyond its budget."""
    for row in rows:
        allowed = MOST_OF_PUBLISHING if row.name == PUBLISHING else MOST_SECONDS
        if row.wall > allowed:
            yield f"{row.name}: {row.wall:.1f} s, and {allowed} are allowed."
    if megabytes > MOST_MEGABYTES:
        yield f"memory: {megabytes:.0f} MB, and {MOST_MEGABYTES} are allowed."
