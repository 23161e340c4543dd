"""Drawings and photographs of topics: on their page, on cards, and where somebody shares them."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.images import get_image_model

from deploy.icons import IMAGES
from directory.models import Organisation, Person
from mandates.models import MandatePage
from networks.models import NetworkIndexPage, NetworkPage
from pages.illustrations import ILLUSTRATIONS
from pages.models import SitePage
from partnerships.models import AgreementIndexPage, AgreementPage
from tests.building import make_agreement, make_mandate, make_network, make_section, make_standard, make_user
from tests.editor import block, edit_url, form_with, open_form, publish
from tests.uploads import picture, upload, with_files

DRAWINGS = Path("templates/illustrations")


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def topic(mandate):
    return mandate


def soup(client, path):
    return BeautifulSoup(client.get(path).content.decode(), "html.parser")


def photograph(width=1200):
    texts = {"alternative_nl": "Een loket", "alternative_fr": "Un guichet"}
    return get_image_model().objects.create(title="Loket", file=upload("loket.png", picture(size=(width, 600))), **texts)


def publish_with(topic, **fields):
    for name, value in fields.items():
        setattr(topic, name, value)
    topic.save_revision().publish()
    return type(topic).objects.get(pk=topic.pk)


def test_each_drawing_has_a_file_of_3_kilobytes_at_most_and_a_card_to_share():
    assert {path.stem for path in DRAWINGS.iterdir()} == set(ILLUSTRATIONS)
    assert {path.stem for path in (IMAGES / "cards").iterdir()} == set(ILLUSTRATIONS)
    for path in DRAWINGS.iterdir():
        assert path.stat().st_size <= 3 * 1024, path


@pytest.mark.parametrize("path", sorted(DRAWINGS.iterdir()), ids=lambda path: path.stem)
def test_a_drawing_takes_its_colours_from_the_site_and_says_nothing(path):
    drawing = BeautifulSoup(path.read_text(), "html.parser").svg
    assert drawing["aria-hidden"] == "true" and not drawing.get_text(strip=True)
    assert not re.search(r"#[0-9a-f]{3}|style=|fill=|stroke=|\bid=|href", path.read_text())
    assert {name for tag in drawing.find_all(class_=True) for name in tag["class"]} <= set("fodk")


def test_a_topic_without_a_choice_has_the_drawing_of_its_kind_and_a_text_page_has_none(home, topic):
    assert topic.illustration_template == "illustrations/mandate.svg"
    assert SitePage.objects.get(pk=topic.pk).illustration_template == "illustrations/mandate.svg"
    assert make_standard(home).illustration_template is None


def test_a_drawing_that_was_taken_out_of_the_code_leaves_a_page_without(topic):
    topic.illustration = "gone"
    assert topic.illustration_template is None


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_the_drawing_stands_on_page_card_and_share_card(client, topic, language):
    topic = publish_with(topic, illustration="eures")
    section = topic.get_parent().specific
    drawn = BeautifulSoup((DRAWINGS / "eures.svg").read_text(), "html.parser").svg.decode_contents()
    assert drawn in soup(client, topic.paths()[language]).select_one(".opening").decode_contents()
    assert drawn in soup(client, section.paths()[language]).select_one(".card").decode_contents()
    head = soup(client, topic.paths()[language]).head
    assert re.search(r"/img/cards/eures(\.\w+)?\.png$", head.find("meta", property="og:image")["content"])


def test_a_photograph_takes_the_place_of_the_drawing(client, home, topic):
    topic = publish_with(topic, photograph=photograph())
    page = soup(client, topic.paths()["fr"])
    assert not page.select(".opening svg.art")
    assert page.select_one(".opening .photograph img")["alt"] == "Un guichet"
    card = soup(client, topic.get_parent().specific.paths()["fr"]).select_one(".card")
    assert card.select_one(".photograph img")["alt"] == "" and not card.select("svg")
    assert page.head.find("meta", property="og:image")["content"].endswith(".jpg")
    assert page.head.find("meta", property="og:image:alt")["content"] == "Un guichet"


def test_a_photograph_too_small_to_share_leaves_the_card(client, topic):
    topic = publish_with(topic, photograph=photograph(width=400))
    assert "/img/cards/mandate" in soup(client, topic.paths()["nl"]).head.find("meta", property="og:image")["content"]


def test_a_photograph_that_was_deleted_leaves_the_drawing(client, topic):
    image = photograph()
    topic = publish_with(topic, photograph=image)
    image.delete()
    assert soup(client, topic.paths()["nl"]).select(".opening svg.art")


@pytest.mark.sweep
def test_photographs_ask_the_database_no_more_however_many_cards_there_are(client, home, topic):
    publish_with(topic, photograph=photograph())
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get("/nl/")
        counts.append(len(queries))
        if not number:
            for name in ("fund", "pact"):
                publish_with(make_mandate(topic.get_parent(), name), photograph=photograph())
    assert counts[0] == counts[1]


def test_an_editor_chooses_drawing_and_photograph_in_the_form(client, topic):
    client.force_login(with_files(make_user("Publishers", "fr")))
    image = photograph()
    assert open_form(client, edit_url(topic))["illustration"] == ""
    publish(client, topic, illustration="wapes", photograph=image.pk)
    topic = MandatePage.objects.get(pk=topic.pk)
    assert (topic.illustration, topic.photograph_id) == ("wapes", image.pk)
    assert image.renditions.exists()


# --- Logos and portraits


@pytest.fixture
def forem(db):
    return Organisation.objects.create(name_nl="Forem", name_fr="Le Forem")


@pytest.mark.parametrize(("language", "alternative"), [("nl", "Een loket"), ("fr", "Un guichet")])
@pytest.mark.sampled(1)
def test_an_editor_gives_a_partner_a_logo(client, home, forem, language, alternative):
    agreement = publish_with(make_agreement(make_section(home, AgreementIndexPage, "agreements")), partner=forem)
    assert not soup(client, agreement.paths()[language]).select(".small-picture")
    client.force_login(with_files(make_user("Editors", language)))
    form = reverse("wagtailsnippets_directory_organisation:edit", args=[forem.pk])
    typed = form_with(client.get(form), "name_nl") | {"logo": photograph().pk}
    assert client.post(form, typed).status_code == 302
    logo = soup(client, agreement.paths()[language]).select_one(".facts .small-picture")
    assert logo["alt"] == alternative and int(logo["width"]) == 240


def test_a_chair_has_a_portrait(client, home):
    person = Person.objects.create(name="Ada", portrait=photograph())
    network = make_network(make_section(home, NetworkIndexPage, "networks"))
    term = {"person": person.pk, "office": {"nl": "voorzitter", "fr": "présidente"}, "from_date": "2024", "to_confirm": False}
    network = publish_with(network, terms=NetworkPage._meta.get_field("terms").to_python([block("term", **term)]))
    assert soup(client, network.paths()["fr"]).select_one(".small-picture")["alt"] == "Un guichet"


def test_logos_ask_the_database_no_more_however_many_there_are(client, home, forem):
    section = make_section(home, AgreementIndexPage, "agreements")
    field = AgreementPage._meta.get_field("funders")
    others = [Organisation.objects.create(name_nl=name, name_fr=name, logo=photograph()) for name in ("A", "B", "C")]
    counts = []
    for chosen in (others[:1], others):
        funders = field.to_python([block("funder", organisation=organisation.pk) for organisation in chosen])
        page = publish_with(make_agreement(section, f"with-{len(chosen)}"), funders=funders)
        with CaptureQueriesContext(connection) as queries:
            assert len(soup(client, page.paths()["nl"]).select(".small-picture")) == len(chosen)
        counts.append(len(queries))
    assert counts[0] == counts[1]
