"""What a process makes once of the same rows, and anew of others and in other words."""

import pytest
from django.db import connection
from django.test.signals import template_rendered
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from interface_strings import overlay
from languages.made_once import MOST, made, made_once
from newsroom.models import LoadedItem
from pages.models import SitePage, SiteSettings
from tests.building import make_network, make_standard


@pytest.fixture
def rendered_templates():
    """The names of the templates that were rendered."""
    made.clear()
    names = []

    def note(sender, template, **kwargs):
        names.append(template.name)

    template_rendered.connect(note)
    yield names
    template_rendered.disconnect(note)


def test_what_stands_around_pages_is_rendered_once_until_it_says_something_else(client, home, rendered_templates):
    pages = [make_standard(home, "Een"), make_standard(home, "Twee")]
    for page in pages:
        assert "Iedereen aan het werk" not in client.get(page.paths()["nl"]).content.decode()
    assert rendered_templates.count("includes/footer.html") == 1
    site = SiteSettings.current()
    site.tagline_nl = site.tagline_fr = "Iedereen aan het werk"
    site.save()
    for page in pages:
        assert "Iedereen aan het werk" in client.get(page.paths()["nl"]).content.decode()
    assert rendered_templates.count("includes/footer.html") == 2


def test_the_page_that_the_reader_is_on_is_marked_in_its_own_footer_alone(client, home):
    made.clear()
    page, other = make_standard(home, "Een", show_in_footer=True), make_standard(home, "Twee")
    for one, marks in ((other, 0), (page, 1), (other, 0)):
        footer = client.get(one.paths()["nl"]).content.decode().partition("<footer")[2]
        assert footer.count('aria-current="page"') == marks


def test_a_map_is_drawn_once_for_the_same_members(client, home, rendered_templates):
    networks = [make_network(home, name, member_countries=["BE", "CH"]) for name in ("Een", "Twee")]
    for network in networks:
        assert "Zwitserland" in client.get(network.paths()["nl"]).content.decode()
    assert rendered_templates.count("networks/map.html") == 1
    assert "Suisse" in client.get(networks[0].paths()["fr"]).content.decode()


@pytest.mark.parametrize("key", ["home", "mandates", "youth-guarantee", "pes-network", "socieux-plus", "glossary", "contact"])
def test_what_is_made_asks_the_database_for_nothing(client, loaded, key):
    page = SitePage.objects.get(pk=LoadedItem.objects.get(key=f"pages/{key}").object_id)
    for path in page.specific.paths().values():
        counts = []
        client.get(path)
        for is_made in (True, False):
            if not is_made:
                made.clear()
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            counts.append(len(queries))
        assert counts[0] == counts[1], path


def test_what_is_made_holds_the_words_of_one_language_as_they_are_today():
    made.clear()
    with translation.override("fr"):
        first = made_once("part", object)
        assert made_once("part", object) is first
    with translation.override("nl"):
        assert made_once("part", object) is not first
    overlay.forget_translations()
    with translation.override("fr"):
        assert made_once("part", object) is not first


def test_it_does_not_grow_without_end():
    made.clear()
    for number in range(MOST + 1):
        made_once(number, lambda: "")
    assert [len(parts) for parts in made.values()] == [1]
