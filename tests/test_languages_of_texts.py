"""Every text is in the language it says it is in: a detector of languages compares, as the Belgian monitor of websites does."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.content import EVERY_PAGE
from tests.language_checks import EXCUSED, MIN_LENGTH, NOT_WORDS, language_mistakes, passages

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def parse(html):
    return BeautifulSoup(html, "html.parser")


@pytest.mark.sampled(19)
@pytest.mark.parametrize(("key", "language"), EVERY_PAGE)
def test_the_language_declared_is_the_one_detected(rendered, key, language):
    assert language_mistakes(rendered[key, language], EXCUSED) == []


@pytest.mark.parametrize("path", ["/", "/nothing/", "/nl/niets/", "/fr/rien/", "/en/nothing/"])
def test_so_it_is_on_the_pages_for_those_who_lost_their_way(loaded, path):
    assert language_mistakes(parse(Client().get(path).content.decode()), EXCUSED) == []


def test_so_it_is_on_the_page_for_a_broken_site(settings):
    html = parse((settings.BASE_DIR / "templates" / "500.html").read_text())
    assert {language for language, _text in passages(html)} >= {"nl", "fr", "en"}
    assert language_mistakes(html) == []


@pytest.mark.sweep
def test_every_excuse_is_needed(rendered):
    texts = {text for html in rendered.values() for _declared, _detected, text in language_mistakes(html)}
    assert [name for name in EXCUSED if not any(name in text for text in texts)] == []


FRENCH = "Nous cherchons une solution avec vous dans les six mois qui suivent votre inscription."


@pytest.mark.parametrize(
    "seeded",
    [
        f"<p>{FRENCH}</p>",
        f"<ul><li>Een <b>vet</b> woord</li><li>{FRENCH}</li></ul>",
        f"<dl><dt>Woord</dt><dd>{FRENCH}</dd></dl>",
        f"<details><summary>{FRENCH}</summary></details>",
        f'<img src="/x.png" alt="{FRENCH}">',
        f'<a href="/" title="{FRENCH}">x</a>',
        f'<div lang="fr">Une phrase.<p lang="nl">{FRENCH}</p></div>',
        f"<table><tr><th>Kop</th><td>{FRENCH}</td></tr></table>",
        "<p>Wir suchen gemeinsam mit Ihnen innerhalb von sechs Monaten nach einer Lösung für Sie.</p>",
    ],
)
def test_a_sentence_in_another_language_is_caught(rendered, seeded):
    source = str(rendered["eures", "nl"]).replace("</main>", f"{seeded}</main>")
    assert len(language_mistakes(parse(source), EXCUSED)) == 1


def test_a_wrong_title_and_a_wrong_description_are_caught(rendered):
    source = str(rendered["eures", "nl"])
    title = parse(source).title.text
    assert len(language_mistakes(parse(source.replace(f"<title>{title}", f"<title>{FRENCH}")), EXCUSED)) == 1
    html = parse(source)
    html.find("meta", attrs={"name": "description"})["content"] = FRENCH
    assert len(language_mistakes(html, EXCUSED)) == 1


def test_a_sentence_that_says_its_language_is_no_mistake(rendered):
    source = str(rendered["eures", "nl"]).replace("</main>", f'<p lang="fr">{FRENCH}</p></main>')
    assert language_mistakes(parse(source), EXCUSED) == []


def test_enough_is_looked_at(rendered):
    long = [text for _language, text in passages(rendered["eures", "nl"]) if len(NOT_WORDS.sub(" ", text)) > MIN_LENGTH]
    assert len(long) > 20
