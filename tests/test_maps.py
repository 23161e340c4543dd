"""Maps of member countries: the outlines on their own, and what readers get of them."""

import gzip
import json
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import translation
from lxml import etree

from deploy import outlines
from drawings.maps import OUTLINES
from languages.codes import LANGUAGES
from networks.countries import EU_MEMBERS, EUROPE, country_names
from networks.maps import map_of
from networks.models import NetworkIndexPage
from tests.building import make_network, make_section, make_user
from tests.editor import PUBLISH, edit_url, open_form
from tests.engines import node

HELD = json.loads(OUTLINES.read_text())
EURES = sorted(EU_MEMBERS | {"NO", "IS", "LI", "CH"})
WORDS = {
    "nl": "31 landen: de 27 lidstaten van de EU en 4 andere landen (IJsland, Liechtenstein, Noorwegen en Zwitserland).",
    "fr": "31 pays\u00a0: les 27 États membres de l’Union européenne et 4 autres pays "
    "(Islande, Liechtenstein, Norvège et Suisse).",
    "en": "31 countries: the 27 EU Member States and 4 other countries (Iceland, Liechtenstein, Norway and Switzerland).",
}


# --- The outlines


@pytest.mark.sweep
def test_the_outlines_are_what_the_script_makes_of_its_source():
    packages = ["d3-geo", "topojson-client", "topojson-simplify", "world-atlas"]
    assert node(*outlines.arguments(EUROPE), needs=packages) == OUTLINES.read_text().strip()


def test_the_shared_drawing_holds_the_same_outlines():
    text = outlines.DRAWING.read_text()
    assert text == outlines.drawing(HELD)
    drawn = {path.get("id"): path.get("d") for path in etree.fromstring(text.encode()).iter("{*}path")}
    assert drawn == {**HELD["countries"], "elsewhere": HELD["elsewhere"]}


def test_every_country_of_the_map_is_drawn_once():
    html = html_of(EURES)
    inline = len(html.select(".map-other g path"))
    assert len(codes_in(html)) == len(html.select("use")) == len(HELD["countries"]) + 1 - inline
    assert inline == len({"NO", "IS", "LI", "CH"} & HELD["countries"].keys())


def points_of(path):
    """Return the polygons of a path of the file, each a list of absolute points."""
    polygons = []
    for start, steps in re.findall(r"M([^l]+)l([^z]+)z", path):
        x, y = (int(number) for number in re.findall(r"-?\d+", start))
        polygon, steps = [(x, y)], [int(number) for number in re.findall(r"-?\d+", steps)]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + right, y + down
            polygon.append((x, y))
        polygons.append(polygon)
    return polygons


def test_the_map_holds_every_country_that_can_be_chosen_within_its_frame():
    assert set(EUROPE) == HELD["countries"].keys() | HELD["dots"].keys()
    assert {"MT", "LI", "LU"} <= HELD["dots"].keys()
    for drawn in [*HELD["countries"].values(), HELD["elsewhere"]]:
        for x, y in (point for polygon in points_of(drawn) for point in polygon):
            assert -3 <= x <= HELD["width"] + 3 and -3 <= y <= HELD["height"] + 3
    for x, y in HELD["dots"].values():
        assert 0 < x < HELD["width"] and 0 < y < HELD["height"]


@pytest.mark.parametrize("code", ["IS", "NO", "CY", "PT", "FI", "GR", "IE"])
def test_the_countries_at_the_edge_are_whole(code):
    for x, y in (point for polygon in points_of(HELD["countries"][code]) for point in polygon):
        assert 0 <= x <= HELD["width"] and 0 <= y <= HELD["height"]


def sides(code):
    return [side for polygon in points_of(HELD["countries"][code]) for side in pairwise([*polygon, polygon[0]])]


# The places as EPSG:3035 has them, in steps of 10 km from the corner of the drawing at 2,541 km east and 5,460 km north.
@pytest.mark.parametrize(
    ("code", "place", "x", "y"),
    [
        ("BE", "Brussels", 138, 236),
        ("CY", "Trikomo", 392, 377),  # in the north: the island is not divided
        ("IS", "Akureyri", 51, 50),
        ("NO", "Kautokeino", 230, 32),
        ("PT", "Évora", 23, 356),
        ("UA", "Simferopol", 364, 273),  # in the Crimea
    ],
)
def test_a_place_lies_in_the_country_that_it_belongs_to(code, place, x, y):
    crossed = [a + (y - b) * (c - a) / (d - b) > x for (a, b), (c, d) in sides(code) if (b > y) != (d > y)]
    assert sum(crossed) % 2 == 1, place


@pytest.mark.parametrize(("one", "other"), [("BE", "NL"), ("BE", "FR"), ("DE", "PL"), ("ES", "PT"), ("NO", "SE"), ("UA", "RO")])
def test_neighbours_fit_since_they_share_the_sides_of_their_border(one, other):
    borders = [{frozenset(side) for side in sides(code)} for code in (one, other)]
    assert len(borders[0] & borders[1]) >= 3


def test_the_outlines_weigh_little():
    plain = OUTLINES.read_bytes()
    assert len(plain) <= 9_000 and len(gzip.compress(plain, 9)) <= 4_500


def test_the_outlines_name_their_source_as_public_domain():
    assert "Natural Earth" in HELD["source"] and "public domain" in HELD["source"]


# --- In words


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_map_is_said_in_a_sentence(language):
    with translation.override(language):
        assert map_of(EURES).words == WORDS[language]


@pytest.mark.parametrize(
    ("codes", "words"),
    [
        (sorted(EU_MEMBERS), "27 countries: the 27 EU Member States."),
        (["BE"], "1 country: 1 EU Member State (Belgium)."),
        (["BE", "FR", "CH"], "3 countries: 2 EU Member States (Belgium and France) and 1 other country (Switzerland)."),
        (["CH", "NO"], "2 countries: Norway and Switzerland."),
        (["BE", "JP"], "2 countries: 1 EU Member State (Belgium) and 1 other country (Japan)."),
    ],
)
def test_the_sentence_follows_the_choice_of_countries(codes, words):
    with translation.override("en"):
        assert map_of(codes).words == words


def test_the_member_states_are_the_27_of_the_treaty():
    assert len(EU_MEMBERS) == 27 and set(EUROPE) >= EU_MEMBERS and "GB" not in EU_MEMBERS


# --- What readers get


def html_of(codes):
    return BeautifulSoup(render_to_string("networks/map.html", {"map": map_of(codes)}), "html.parser")


def codes_in(drawing):
    """Return what the drawing takes from the shared outlines."""
    return {use["href"].partition("#")[2] for use in drawing.find_all("use")}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("codes", [EURES, ["BE", "LU", "MT", "CH", "LI"], ["UA", "MD"]])
def test_the_drawing_the_table_and_the_words_hold_the_same_countries(codes, language):
    with translation.override(language):
        html, members = html_of(codes), country_names(codes, language)
    drawing = html.find("svg", role="img")
    drawn = [title.text for group in drawing.select(".map-eu, .map-other") for title in group.find_all("title")]
    tabled = [item.text for item in html.table.find_all("li")]
    assert sorted(drawn) == sorted(tabled) == sorted(members)
    assert not codes_in(drawing.select_one(".map-around")) & set(codes)
    assert codes_in(drawing) <= set(HELD["countries"]) | {"elsewhere"}
    assert html.find(id=drawing["aria-describedby"]).text.startswith(f"{len(codes)} ")
    assert etree.fromstring(str(drawing)).tag == "svg"
    assert not html.find(style=True)


def test_the_two_groups_differ_by_more_than_colour():
    html = html_of(EURES)
    assert html.find("pattern", id="hatch")
    groups = html.find("svg", role="img").find_all("g", recursive=False)
    assert [group["class"] for group in groups] == [["map-around"], ["map-eu"], ["map-other"]]


def test_small_countries_are_dots_above_the_others():
    group = html_of(["CH", "LI", "NO"]).select_one(".map-other")
    assert [title.text for title in group.find_all("title")][-1] == "Liechtenstein"
    assert group.find_all("circle") and group.find("circle").find_previous("title").text == "Liechtenstein"


def test_a_country_outside_of_the_map_is_named():
    with translation.override("en"):
        html = html_of(["BE", "JP"])
    assert "Japan" in html.table.text and "Not on the map: Japan." in html.text


@pytest.mark.sweep
def test_the_map_follows_the_editors_choice(client, home):
    page = make_network(make_section(home, NetworkIndexPage, "networks"), member_countries=EURES)
    client.force_login(make_user("Publishers"))
    typed = open_form(client, edit_url(page)) | {"member_countries": ["BE", "CH"]}
    assert client.post(edit_url(page), typed | PUBLISH).status_code == 302
    client.logout()
    html = BeautifulSoup(client.get(page.paths()["fr"]).content.decode(), "html.parser")
    assert {title.text for title in html.select(".map-eu title, .map-other title")} == {"Belgique", "Suisse"}


@pytest.mark.sweep
def test_the_boxes_of_the_countries_are_a_group_with_a_name(client, home):
    page = make_network(make_section(home, NetworkIndexPage, "networks"), member_countries=EURES)
    client.force_login(make_user("Editors", language="fr"))
    boxes = BeautifulSoup(client.get(edit_url(page)).content.decode(), "html.parser").select("[name=member_countries]")
    assert {box.find_parent(role="group")["aria-label"] for box in boxes} == {"pays membres"}


def test_a_network_without_countries_has_no_map(client, home):
    page = make_network(make_section(home, NetworkIndexPage, "networks"), member_countries=[])
    assert '<svg class="map"' not in client.get(page.paths()["nl"]).content.decode()
