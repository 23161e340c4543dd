"""The page of the design system: for staff only, under the readers' policy, with every component in three languages."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.test.signals import template_rendered
from fontTools.ttLib import TTFont

from deploy.font import LETTERS, TARGET, WEIGHTS
from languages.codes import LANGUAGES
from languages.made_once import made
from tests.building import make_user
from tests.site_checks import language_faults, outline_faults, privacy_faults

TEMPLATES = settings.BASE_DIR / "templates"
# A component is what stands in these folders; the others are parts of a page's frame, which the page itself has around it.
COMPONENTS = {f"{folder}/{path.name}" for folder in ("blocks", "includes") for path in (TEMPLATES / folder).glob("*.html")}
# Using the admin keeps the session alive.
OF_STAFF = {"not for a shared cache", "varies by cookie", "cookie ['sessionid']"}
FRAME = {"includes/body.html", "includes/title.html"}  # the loop over the blocks, and the one h1 of a page
# Nothing to show without something in the library, or in the site's settings.
NEEDS_THE_LIBRARY = {"blocks/picture.html", "includes/small_picture.html"}
STYLES_OF_STAFF = {"admin.css", "guide.css", "editor.css", "read_only.css"}
COMPUTED = ("map-",)  # with the kind of a group of countries


@pytest.fixture
def open_design(client, with_content):
    """Return a function that opens the page in a language as an editor."""
    client.force_login(make_user("Editors"))
    return lambda language: client.get(f"/admin/_design/{language}/")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.sampled(1)
def test_the_page_of_the_design_system_holds_in_every_language(open_design, language):
    response = open_design(language)
    html = BeautifulSoup(response.content.decode(), "html.parser")
    faults = [*outline_faults(html), *language_faults(html, language), *privacy_faults(html, response)]
    assert [fault for fault in faults if fault not in OF_STAFF] == []
    assert response.status_code == 200


def test_it_shows_every_component(open_design):
    drawn = set()
    made.clear()  # what other pages showed

    def note(sender, template, **kwargs):
        drawn.add(template.name)

    template_rendered.connect(note)
    try:
        open_design("nl")
    finally:
        template_rendered.disconnect(note)
    assert COMPONENTS - drawn - FRAME - NEEDS_THE_LIBRARY == set()


def test_only_staff_see_it(client, db):
    assert client.get("/_design/")["Location"] == "/admin/_design/"
    for path in ("/admin/_design/", "/admin/_design/nl/"):
        assert client.get(path)["Location"].startswith("/admin/login/")


def test_it_opens_in_the_language_of_the_admin_and_knows_no_other_than_ours(open_design, client):
    open_design("nl")
    assert client.get("/admin/_design/")["Location"] == "/admin/_design/nl/"
    assert client.get("/admin/_design/de/").status_code == 404


def test_the_rest_of_the_admin_keeps_its_own_policy(open_design, client):
    assert "'unsafe-inline'" not in open_design("fr")["Content-Security-Policy"]
    assert "'unsafe-inline'" in client.get("/admin/")["Content-Security-Policy"]


def test_the_font_has_our_letters_and_weights_in_twelve_kilobytes_and_keeps_its_licence():
    font = TTFont(TARGET)
    weight = font["fvar"].axes[0]
    assert set(map(ord, LETTERS)) <= set(font.getBestCmap())
    assert (weight.axisTag, weight.minValue, weight.maxValue) == ("wght", *WEIGHTS)
    assert font.getBestCmap()[0x202F] == font.getBestCmap()[0xA0]  # between French thousands, wide enough to be seen
    assert TARGET.stat().st_size <= 12 * 1024
    assert "SIL Open Font License" in (TARGET.parent / "LICENSE.txt").read_text()


def test_the_font_has_every_letter_of_the_starting_content():
    used = {letter for path in (settings.BASE_DIR / "content").rglob("*.yaml") for letter in path.read_text()}
    assert {letter for letter in used if letter.isalpha()} <= set(LETTERS)


def test_every_class_that_readers_pages_are_styled_by_stands_in_a_template_or_script():
    sheets = [path for path in (settings.BASE_DIR / "static" / "css").rglob("*.css") if path.name not in STYLES_OF_STAFF]
    styled = {name for path in sheets for name in styled_classes(path.read_text())}
    sources = [*TEMPLATES.rglob("*.*"), *(settings.BASE_DIR / "static" / "js").rglob("*.js")]
    for pattern in ("templates/**/*.html", "templatetags/*.py"):
        sources += [path for app in apps.get_app_configs() for path in Path(app.path).rglob(pattern)]
    words = {word for path in sources for word in re.findall(r"[\w-]+", path.read_text())}
    assert {name for name in styled - words if not name.startswith(COMPUTED)} == set()


def styled_classes(css):
    """Return the classes that the selectors of a style sheet name."""
    selectors = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}


def test_the_classes_of_a_style_sheet_are_those_of_its_selectors():
    assert styled_classes("/* .x */ .a:is(.b, .c-d) > li { margin: 0.5rem } @media print { .e { top: 1.5em } }") == set(
        "abe"
    ) | {"c-d"}
