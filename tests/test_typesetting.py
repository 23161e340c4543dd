"""Where lines may not end, and which language an address elsewhere names."""

import pytest
from bs4 import BeautifulSoup

from languages.codes import LANGUAGES
from languages.link_language import language_of_url
from languages.typesetting import keep_together, typeset
from tests.building import make_standard


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Bel 0800 35 123, gratis", "Bel 0800~35~123, gratis"),
        ("9 500 jours et 30 ans", "9~500~jours et 30~ans"),
        ("<p>5 % in 2024</p>", "<p>5~% in 2024</p>"),
        ("La France : « oui » ; non ?", "La France~: «~oui~»~; non~?"),
        ("in 2014 en 2020", "in 2014 en 2020"),
        ("op 15 mei 2014 30 leden", "op 15 mei 2014~30 leden"),  # the price of a plain rule: a line that ends a word earlier
        ("https://example.org/?a=1 :)", "https://example.org/?a=1 :)"),
    ],
)
def test_numbers_units_and_french_marks_keep_to_their_words(typed, printed):
    assert keep_together(typed) == printed.replace("~", "\u00a0")


def test_a_page_is_typeset_between_its_tags_alone():
    html = '<p title="a : b">La <b>France</b> : 30 ans</p><svg><path d="M10 200"/></svg><textarea>a : 30 ans</textarea>'
    printed = html.replace("</b> : 30 ans", "</b>\u00a0: 30\u00a0ans")
    assert typeset(html) == printed


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("https://example.org/en/about", "en"),
        ("https://example.org/fr-be/", "fr"),
        ("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=CELEX%3A32014D0573", "nl"),
        ("https://example.org/page_fr", "fr"),
        ("https://example.org/page_nl.pdf", "nl"),
        ("https://example.org/?lang=en", "en"),
        ("https://example.org/en/article?lang=fr", "fr"),
        ("https://example.fr/entreprise/fr-sujet", ""),
        ("https://example.org/werk-en-leven", ""),
        ("https://example.org/de/", ""),
        ("https://[bad", ""),
        ("", ""),
    ],
)
def test_an_address_names_its_language(url, language):
    assert language_of_url(url) == language


def every(text):
    return dict.fromkeys(LANGUAGES, text)


def test_links_out_of_the_site_say_the_language_that_they_lead_to(client, home):
    text = '<p><a href="https://example.org/fr/">Texte</a> <a href="https://example.org/nl/">Tekst</a></p>'
    links = {"title": every("Sites"), "items": [{"label": every("Site"), "url": every("https://example.org/en/")}]}
    page = make_standard(home, body=[("text", {"text": every(text)}), ("links", links)])
    html = BeautifulSoup(client.get(page.paths()["nl"]).content, "html.parser")
    languages = {a["href"][-3:-1]: a.get("hreflang") for a in html.select('main a[href^="https://example.org"]')}
    assert languages == {"fr": "fr", "nl": None, "en": "en"}
    assert "(in het Engels)" in html.main.text
