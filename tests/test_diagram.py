"""Diagrams of relations: the layout on its own, what readers get of it, and how staff change it."""

from itertools import combinations, pairwise

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as some
from lxml import etree

from directory.models import Organisation
from languages.codes import LANGUAGES
from networks.models import NetworkIndexPage
from pages import diagram as drawing
from pages.diagram import Lane, diagram
from pages.lettering import width
from pages.models import HomePage
from tests.building import make_mandate, make_network, make_section, make_user
from tests.editor import PUBLISH, block, edit_url, error_paths, open_form, stream

# --- The layout


def room_of(line, size):
    """Return the box of a line of text in the middle of which it stands."""
    half = width(line.text, size) / 2
    return line.x - half, line.y - size * 0.75, line.x + half, line.y + size * 0.2


def touch(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def box_of(box):
    return box.x, box.y, box.x + box.width, box.y + box.height


def through(start, end, box):
    """Say whether a level or upright line runs through the inside of a box."""
    (x, y), (a, b) = start, end
    left, top, right, bottom = box
    return min(x, a) < right - 0.5 and max(x, a) > left + 0.5 and min(y, b) < bottom - 0.5 and max(y, b) > top + 0.5


def faults(found, relations):
    """Return what is wrong with a diagram, in words."""
    boxes = {box.key: box_of(box) for box in found.boxes}
    for (one, first), (other, second) in combinations(boxes.items(), 2):
        if touch(first, second):
            yield f"boxes {one} and {other} touch"
    frame = (0, 0, found.width, found.height)
    labels = [(arrow, room_of(line, drawing.SMALL)) for arrow in found.arrows for line in arrow.lines]
    for left, top, right, bottom in [*boxes.values(), *(room for _arrow, room in labels)]:
        if left < frame[0] or top < frame[1] or right > frame[2] or bottom > frame[3]:
            yield "something lies outside of the frame"
    for arrow, (source, target, _words) in zip(found.arrows, relations, strict=True):
        for end, key in ((arrow.points[0], source), (arrow.points[-1], target)):
            left, top, right, bottom = boxes[key]
            if not (left < end[0] < right and (abs(end[1] - top) < 0.01 or abs(end[1] - bottom) < 0.01)):
                yield f"the arrow {source} → {target} does not end at {key}"
        for start, end in pairwise(arrow.points):
            if start[0] != end[0] and start[1] != end[1]:
                yield "an arrow is askew"
            yield from (f"{source} → {target} runs through {key}" for key, box in boxes.items() if through(start, end, box))
    for _arrow, room in labels:
        yield from (f"words run through {key}" for key, box in boxes.items() if touch(room, box))
    yield from ("words touch words" for (_a, one), (_b, other) in combinations(labels, 2) if touch(one, other))


NAMES = some.text(some.characters(categories=["L", "N"], include_characters=" -'"), min_size=1, max_size=60)


@some.composite
def cases(draw):
    """Draw lanes with up to 24 boxes, and relations between any two of them."""
    lanes, number = [], 0
    for _ in range(draw(some.integers(1, 4))):
        counts = draw(some.integers(1, 5)), draw(some.integers(0, 1))
        keys = [[f"n{(number := number + 1)}" for _ in range(count)] for count in counts]
        lanes.append(Lane(draw(NAMES), *([(key, draw(NAMES)) for key in part] for part in keys)))
    keys = [key for lane in lanes for key, _text in (*lane.nodes, *lane.guests)]
    if len(keys) < 2:
        return lanes, []
    pairs = draw(some.lists(some.tuples(some.sampled_from(keys), some.sampled_from(keys), NAMES), max_size=16))
    return lanes, [pair for pair in pairs if pair[0] != pair[1]]


@pytest.mark.sweep
@settings(max_examples=150, deadline=None)
@given(cases())
def test_whatever_is_related_to_what_nothing_runs_through_a_box(case):
    lanes, relations = case
    found = diagram(lanes, relations)
    assert sorted(box.key for box in found.boxes) == sorted(key for lane in lanes for key, _t in (*lane.nodes, *lane.guests))
    assert list(faults(found, relations)) == []


def test_the_check_of_a_layout_sees_faults():
    found = diagram([Lane("Lane", [("a", "A"), ("b", "B"), ("c", "C")])], [("a", "c", "words")])
    assert list(faults(found, [("a", "c", "words")])) == []
    assert any("does not end" in fault for fault in faults(found, [("a", "b", "words")]))
    box = box_of(found.boxes[1])
    assert through((0, box[1] + 9), (900, box[1] + 9), box) and touch(box, box)


LANES = [
    Lane("Onze mandaten", [("yg", "De Jongerengarantie"), ("esf", "Het Europees Sociaal Fonds"), ("pact", "Het Pact")]),
    Lane("Onze netwerken", [("pes", "PES Network"), ("wapes", "WAPES")], [("ilo", "Internationale Arbeidsorganisatie")]),
]


def test_lanes_rows_and_boxes_stand_in_reading_order():
    found = diagram(LANES, [("wapes", "ilo", "heeft als waarnemer")])
    assert [box.key for box in found.boxes] == ["yg", "esf", "pact", "pes", "wapes", "ilo"]
    assert [(box.y, box.x) for box in found.boxes] == sorted((box.y, box.x) for box in found.boxes)
    assert [title.text for title in found.titles] == ["Onze mandaten", "Onze netwerken"]
    assert len(found.rules) == 2


def test_an_arrow_to_what_stands_right_below_or_above_is_straight():
    found = diagram(LANES, [("pes", "yg", "voert uit"), ("yg", "esf", "krijgt steun van"), ("wapes", "ilo", "kent")])
    for arrow in (found.arrows[0], found.arrows[2]):
        assert len({x for x, _y in arrow.points}) == 1


def test_an_organisation_stands_below_what_it_is_related_to():
    found = {box.key: box for box in diagram(LANES, [("wapes", "ilo", "kent")]).boxes}
    assert found["ilo"].x == found["wapes"].x and found["ilo"].y > found["wapes"].y


def test_no_arrow_crosses_words_where_there_is_room():
    found = diagram(
        [Lane("", [("a", "A"), ("b", "B")], [("c", "C"), ("d", "D")])],
        [("b", "c", "a rather long way to say how"), ("b", "d", "another rather long way"), ("a", "b", "knows")],
    )
    for arrow in found.arrows:
        for line in arrow.lines:
            for other in found.arrows:
                assert not any(through(*side, room_of(line, drawing.SMALL)) for side in pairwise(other.points))


def test_a_lane_of_many_boxes_takes_several_rows():
    found = diagram([Lane("Many", [(number, "Page") for number in range(24)])], [(0, 23, "far away"), (23, 0, "and back")])
    assert len({box.y for box in found.boxes}) == 6
    assert list(faults(found, [(0, 23, "far away"), (23, 0, "and back")])) == []


# --- What readers get


def every(text):
    return {code: f"{text} {code}" for code in LANGUAGES}


@pytest.fixture
def pages(home):
    """Two mandates and a network in their sections."""
    section = make_section(home)
    networks = make_section(home, NetworkIndexPage, "networks")
    return [make_mandate(section, "youth"), make_mandate(section, "fund"), make_network(networks, "pes")]


@pytest.fixture
def organisation(db):
    return Organisation.objects.create(name_nl="Forem", name_fr="Le Forem", url_fr="https://www.leforem.be")


def relation(page, target=None, organisation=None, words="funds"):
    return {
        "page": page.pk, "relation": every(words), "target": target and target.pk,
        "organisation": organisation and organisation.pk,
    }  # fmt: skip


def listed(*values):
    return [{"type": "item", "value": value, "id": f"{number:08d}"} for number, value in enumerate(values)]


def put_on(home, shown, *relations):
    """Publish the home page with a diagram; return it fresh."""
    home = HomePage.objects.get(pk=home.pk)
    body = block(
        "relations", title=every("How"), intro=every("Why"), pages=listed(*(page.pk for page in shown)),
        relations=listed(*relations), only_in=[],
    )  # fmt: skip
    home.body = HomePage._meta.get_field("body").to_python([body])
    home.save_revision().publish()
    return HomePage.objects.get(pk=home.pk)


def read(client, page, language):
    html = BeautifulSoup(client.get(page.paths()[language]).content.decode(), "html.parser")
    return html.find("section", class_="relations")


@pytest.mark.sweep
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_and_the_words_say_what_the_drawing_says(client, home, pages, organisation, language):
    youth, fund, _network = pages
    home = put_on(home, pages, relation(youth, fund), relation(youth, organisation=organisation, words="knows"))
    found = read(client, home, language)
    name = "Le Forem" if language == "fr" else "Forem"
    label = {"nl": "Forem (in het Frans)", "fr": "Le Forem", "en": "Forem (in French)"}[language]
    boxes = [node["aria-label"] for node in found.svg.find_all("a")]
    assert boxes == [f"youth {language}", f"fund {language}", label, f"pes {language}"]
    rows = [[" ".join(cell.get_text(" ").split()) for cell in row.find_all(["th", "td"])] for row in found.tbody.find_all("tr")]
    assert [row[:2] for row in rows[:2]] == [
        [f"youth {language}", f"funds {language}"], [f"youth {language}", f"knows {language}"],
    ]  # fmt: skip
    assert rows[0][2] == f"fund {language}" and rows[1][2].startswith(name)
    assert rows[2][0] == f"pes {language}"
    words = found.svg.find("desc").text
    assert words == f"youth {language} funds {language} fund {language}. youth {language} knows {language} {name}."
    drawn = " ".join(text.text for text in found.svg.select("[aria-hidden] text"))
    assert drawn == f"funds {language} knows {language}"
    assert [text.text for text in found.svg.find_all(class_="relations-lane")] == [
        f"mandates {language}",
        f"networks {language}",
    ]
    assert etree.fromstring(str(found.svg)).tag == "svg" and not found.find(style=True)


@pytest.mark.sweep
def test_every_box_leads_to_its_page_in_the_readers_language(client, home, pages):
    home = put_on(home, pages)
    for language in LANGUAGES:
        links = [link["href"] for link in read(client, home, language).svg.find_all("a")]
        assert links == [page.paths()[language] for page in pages]


@pytest.mark.sweep
def test_a_page_in_another_language_only_is_marked_as_such(client, home, pages):
    section = pages[0].get_parent()
    dutch = make_mandate(section, "only", languages=["nl", "fr"])
    found = read(client, put_on(home, [dutch]), "en")
    box, row = found.svg.a, found.tbody.a
    assert (box["href"], box["lang"], box["aria-label"]) == (dutch.paths()["nl"], "nl", "only nl (in Dutch)")
    assert (row["href"], row["hreflang"], row.find_parent(lang=True)["lang"]) == (dutch.paths()["nl"], "nl", "nl")


@pytest.mark.sweep
def test_a_page_that_is_not_public_is_left_out_with_its_relations(client, home, pages):
    youth, fund, _network = pages
    home = put_on(home, pages, relation(youth, fund))
    fund.unpublish()
    found = read(client, home, "nl")
    assert "fund nl" not in found.text and "funds nl" not in found.text
    for page in (pages[0], pages[2]):
        page.unpublish()
    assert read(client, home, "nl") is None


@pytest.mark.sweep
def test_more_pages_and_relations_ask_the_database_no_more(client, home, pages, organisation):
    def queries(page):
        client.get(page.paths()["nl"])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(page.paths()["nl"]).status_code == 200
        return len(captured)

    youth = pages[0]
    few = queries(put_on(home, [youth], relation(youth, organisation=organisation)))
    more = [make_mandate(youth.get_parent(), f"more {number}") for number in range(9)]
    many = put_on(home, [*pages, *more], relation(youth, organisation=organisation), *(relation(one, youth) for one in more))
    assert queries(many) == few <= 10


# --- How staff change it


@pytest.fixture
def publisher(client, db):
    client.force_login(make_user("Publishers", "fr"))


def typed_into(client, home, *relations):
    body = block(
        "relations", title=every("How"), intro=every(""), pages=[], relations=listed(*relations), only_in=[]
    )  # fmt: skip
    form = {name: value for name, value in open_form(client, edit_url(home)).items() if not name.startswith("body-")}
    return form | stream("body", HomePage._meta.get_field("body").stream_block, [body]) | PUBLISH


def test_a_diagram_is_published_with_the_real_form(publisher, client, home, pages, organisation):
    youth, fund, _network = pages
    typed = typed_into(client, home, relation(youth, fund), relation(fund, organisation=organisation))
    assert client.post(edit_url(home), typed).status_code == 302
    client.logout()
    assert len(read(client, home, "fr").svg.find_all("a")) == 3


@pytest.mark.sweep
def test_a_relation_leads_to_one_place_that_is_not_its_own(publisher, client, home, pages, organisation):
    youth, fund, _network = pages
    wrong = [relation(youth), relation(youth, fund, organisation), relation(youth, youth), relation(youth, fund)]
    refused = client.post(edit_url(home), typed_into(client, home, *wrong))
    errors = refused.context["form"].errors.as_data()["body"]
    assert [path for error in errors for path in error_paths(error)] == [
        (0, "relations", number, "target") for number in range(3)
    ]


@pytest.mark.parametrize("has_pages", [True, False])
def test_the_chooser_of_blocks_previews_a_diagram(publisher, client, home, has_pages, request):
    if has_pages:
        request.getfixturevalue("pages")
    relations = HomePage._meta.get_field("body").stream_block.child_blocks["relations"]
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": relations.definition_prefix})
    assert response.status_code == 200
    assert ("<svg" in response.content.decode()) == has_pages
