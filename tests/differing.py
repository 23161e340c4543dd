"""Pages whose languages differ, the report of it, and the screen on which differences are accepted."""

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission

from differences.shown import differences_url
from tests.building import group_of, make_standard

REPORT = "/admin/reports/differences/"
REASON = "In het Frans telt het jaar erna."


def compare():
    call_command("rebuild_differences", missing=True, verbosity=0)


def rows(client, **query):
    """Return the rows of the report as the words of their cells."""
    html = BeautifulSoup(client.get(REPORT, query).content.decode(), "lxml")
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("td")] for row in html.select("table.listing tbody tr")
    ]


def make_differing(home, name="late", **others):
    """Make a page whose French says another year than its Dutch, and whose English says neither."""
    texts = {
        "summary_nl": "Sinds 2021 werken we samen.",
        "summary_fr": "Nous travaillons ensemble depuis 2022.",
        "summary_en": "",
    }
    return make_standard(home, name, **{**texts, **others})


def group_with_pages(page):
    """Return a group that may change a page and what is below it, in every language, and nothing else."""
    group = Group.objects.create(name="below")
    group.permissions.set(group_of("Editors").permissions.filter(content_type__app_label="wagtailadmin"))
    GroupPagePermission.objects.create(group=group, page=page, permission_type="change")
    return group


def screen(client, thing):
    response = client.get(differences_url(type(thing), thing.pk))
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "lxml")


def keys_on(client, thing):
    """Return the keys of the differences that somebody may accept or take back on the screen of an object."""
    return [field["value"] for field in screen(client, thing).select("input[name=key]")]


def send(client, thing, key=None, **data):
    key = key or keys_on(client, thing)[0]
    return client.post(differences_url(type(thing), thing.pk), {"key": key, **data})
