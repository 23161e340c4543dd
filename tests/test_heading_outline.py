"""The outline of a page, its tree of headings, is the same in all languages it exists in."""

import re
from copy import copy

import pytest
from bs4 import BeautifulSoup

from languages.codes import LANGUAGES
from pages.templatetags.pages import anchor
from tests.building import make_standard
from tests.content import KEYS, page_of
from tests.editor import block
from tests.site_checks import OWN_TO_EACH_LANGUAGE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
HEADING = re.compile("^h[1-6]$")


def outline(html, limited=()):
    """Return the headings of a page as (level, anchor); those without an anchor have the one of what they stand in.

    Left out are headings whose anchor is in `limited`, and those that differ by nature.
    """
    main = copy(html.main)
    for tag in main.select(OWN_TO_EACH_LANGUAGE):
        tag.decompose()
    headings = []
    for tag in main.find_all(HEADING):
        name = tag.get("id") or tag.find_parent(id=True)["id"]
        if name not in limited:
            headings.append((int(tag.name[1]), name))
    return headings


def limited_anchors(page):
    """Return the anchors of the blocks that are limited to some languages on purpose."""
    return {anchor(block) for block in getattr(page, "body", ()) if block.value.get("only_in")}


def differences(pages, limited=()):
    """Return the outlines of a page in several languages (language -> HTML) where they are not all alike, else nothing."""
    outlines = {language: outline(html, limited) for language, html in pages.items()}
    return outlines if len({tuple(outline) for outline in outlines.values()}) > 1 else {}


@pytest.mark.parametrize("key", KEYS)
def test_the_outline_is_the_same_in_all_languages(rendered, key):
    pages = {language: rendered[key, language] for language in LANGUAGES}
    assert outline(pages["nl"])[0][0] == 1
    assert differences(pages, limited_anchors(page_of(key).specific)) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<h3 id="aims">', '<h2 id="aims">'),  # another level
        ('<h3 id="aims">', '<p id="aims">'),  # a heading less
        ('<h3 id="aims">', '<h2 id="goals">'),  # another section
        ('<h3 id="aims">', '<h2 id="more">x</h2><h3 id="aims">'),  # a heading more
        ("<h1", "<h2>x</h2><h1"),  # another order
    ],
)
def test_a_difference_is_caught(rendered, old, new):
    source = str(rendered["eures", "fr"])
    assert old in source
    seeded = {"nl": rendered["eures", "nl"], "fr": BeautifulSoup(source.replace(old, new, 1), "html.parser")}
    assert set(differences(seeded)) == {"nl", "fr"}


def test_a_heading_limited_to_a_language_is_no_difference_and_one_that_is_not_limited_is(client, db):
    heading = {"text": {"nl": "Hier", "fr": "Ici", "en": "Here"}, "level": "2"}
    body = [block("heading", only_in=["nl"], **heading), block("heading", only_in=[], **heading)]
    page = make_standard(page_of("home"), "limited", body=body)
    pages = {
        language: BeautifulSoup(client.get(path).content.decode(), "html.parser") for language, path in page.paths().items()
    }
    assert differences(pages) and not differences(pages, limited_anchors(page))
    assert len(outline(pages["fr"], limited_anchors(page))) == 2
