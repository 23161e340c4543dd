"""The block that says who does what at which level."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from directory.models import Organisation
from languages.codes import LANGUAGES
from networks.models import NetworkIndexPage
from pages.models import HomePage
from tests.building import make_network, make_section, make_user
from tests.editor import PUBLISH, block, edit_url, error_paths, open_form, stream


def every(text):
    return {code: f"{text} {code}" for code in LANGUAGES}


def list_items(*values):
    return [{"type": "item", "value": value, "id": f"{number:08d}"} for number, value in enumerate(values)]


def actor(page=None, organisation=None, words="does"):
    return {"page": page and page.pk, "organisation": organisation and organisation.pk, "words": every(words)}


def levels_block(*levels):
    values = [{"name": every(name), "role": every("role"), "actors": list_items(*actors)} for name, actors in levels]
    return block("levels", title=every("Who"), intro=every("Why"), levels=list_items(*values), only_in=[])


@pytest.fixture
def pages(home, mandate):
    networks = make_section(home, NetworkIndexPage, "networks")
    return [mandate, make_network(networks, "pes")]


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(name_nl="Forem", name_fr="Le Forem", url_fr="https://www.leforem.be")


def put_on(home, *levels):
    home = HomePage.objects.get(pk=home.pk)
    home.body = HomePage._meta.get_field("body").to_python([levels_block(*levels)])
    home.save_revision().publish()


def read(client, language):
    html = BeautifulSoup(client.get(f"/{language}/").content.decode(), "html.parser").find("section", class_="levels")
    return [
        (level.h3.get_text(strip=True), [" ".join(item.get_text(" ").split()) for item in level.ul.find_all("li")])
        for level in html.ol.find_all("li", recursive=False)
    ], html


def test_each_level_says_who_does_what_in_the_readers_language(client, home, pages, organisation):
    put_on(home, ("Europe", [actor(pages[1])]), ("Brussels", [actor(pages[0]), actor(organisation=organisation)]))
    levels, html = read(client, "fr")
    assert [name for name, _actors in levels] == ["Europe fr", "Brussels fr"]
    assert levels[0][1] == [f"{pages[1].heading_fr} does fr"]
    assert levels[1][1][1].startswith("Le Forem") and levels[1][1][1].endswith("does fr")
    assert [link["href"] for link in html.ul.find_all("a")] == [pages[1].paths()["fr"]]


def test_a_page_that_is_not_public_is_left_out(client, home, pages):
    put_on(home, ("Europe", [actor(pages[0]), actor(pages[1])]), ("Brussels", [actor(pages[1])]))
    pages[1].unpublish()
    levels, _html = read(client, "nl")
    assert levels == [("Europe nl", [f"{pages[0].heading_nl} does nl"]), ("Brussels nl", [])]


def test_more_levels_and_actors_ask_the_database_no_more(client, home, pages, organisation):
    counts = []
    for times in (1, 4):
        put_on(home, *[("Level", [actor(pages[0]), actor(pages[1]), actor(organisation=organisation)] * times)] * 2)
        with CaptureQueriesContext(connection) as queries:
            client.get("/nl/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_actor_is_a_page_or_an_organisation(client, home, pages, organisation):
    client.force_login(make_user("Publishers", "nl"))
    both, neither = actor(pages[0], organisation), actor()
    body = levels_block(("Europe", [actor(pages[0])]), ("Brussels", [actor(pages[1]), both, neither]))
    form = {name: value for name, value in open_form(client, edit_url(home)).items() if not name.startswith("body-")}
    refused = client.post(
        edit_url(home), form | stream("body", HomePage._meta.get_field("body").stream_block, [body]) | PUBLISH
    )
    errors = refused.context["form"].errors.as_data()["body"]
    paths = [path for error in errors for path in error_paths(error)]
    assert paths == [(0, "levels", 1, "actors", number, "page") for number in (1, 2)]


def test_the_chooser_of_blocks_previews_levels(client, home, pages):
    client.force_login(make_user("Editors", "fr"))
    block_type = HomePage._meta.get_field("body").stream_block.child_blocks["levels"]
    html = client.get(reverse("wagtailadmin_block_preview"), {"id": block_type.definition_prefix}).content.decode()
    assert html.count('class="level-name"') == 3
