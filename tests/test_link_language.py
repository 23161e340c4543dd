"""Which language an address elsewhere names, and that links say so."""

import pytest
from bs4 import BeautifulSoup

from languages.codes import LANGUAGES
from languages.link_language import language_of_url
from tests.building import make_standard


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
