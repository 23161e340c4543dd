"""Which language the texts of a page are in, found by a detector that knows nothing of this site."""

import re
from functools import cache

from bs4 import Comment, NavigableString
from lingua import Language, LanguageDetectorBuilder

LANGUAGE = {"nl": Language.DUTCH, "fr": Language.FRENCH, "en": Language.ENGLISH}
MIN_LENGTH = 40  # characters; below it names and numbers outweigh the words
BLOCKS = {
    "address",
    "blockquote",
    "body",
    "button",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "html",
    "label",
    "legend",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "title",
    "tr",
    "ul",
}
ATTRIBUTES = ("alt", "aria-label", "title", "placeholder")
NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|\S+\.(?:be|brussels|eu|org)\b|[\d().,;:/–-]+")


@cache
def detector():
    """German stands by as a decoy: without it, what is none of ours would be taken for one of them."""
    return LanguageDetectorBuilder.from_languages(*LANGUAGE.values(), Language.GERMAN).with_preloaded_language_models().build()


@cache
def detect_language(text):
    """Return the code of the language that a text seems to be in, "" where it is none of ours."""
    language_of_text = detector().detect_language_of(text)
    return next((code for code, language in LANGUAGE.items() if language == language_of_text), "")


def declared_language(tag):
    """Return the language that a tag says it is in: the nearest `lang`."""
    holder = tag if tag.get("lang") else tag.find_parent(lang=True)
    return holder["lang"] if holder else ""


def passages(html):
    """Yield `(language declared, text)` for every text block of a page, and each of its alternative texts and labels.

    A passage within a block that declares another language counts for itself. Data and code are no texts.
    """
    blocks = {}
    for node in html.find_all(string=True):
        if isinstance(node, Comment) or not isinstance(node, NavigableString) or node.find_parent(["script", "style", "svg"]):
            continue
        block = node.find_parent(lambda tag: tag.name in BLOCKS)
        if block is not None:
            blocks.setdefault((id(block), declared_language(node.parent)), []).append(str(node))
    for (_block, language), parts in blocks.items():
        yield language, " ".join("".join(parts).split())
    for tag in html.find_all(True):
        yield from ((declared_language(tag), " ".join(tag[name].split())) for name in ATTRIBUTES if tag.get(name))
    for tag in html.find_all("meta", attrs={"name": "description"}):
        yield declared_language(tag), tag["content"]


def language_mistakes(html, excused=()):
    """Return `(language declared, language detected, text)` for the texts of a page that are not in the language they say.

    Addresses, numbers and what is in `excused`, such as names, are left out of what is looked at.
    """
    mistakes = []
    for language, text in passages(html):
        words = text
        for name in excused:
            words = words.replace(name, " ")
        words = " ".join(NOT_WORDS.sub(" ", words).split())
        if len(words) > MIN_LENGTH and language in LANGUAGE and (seems := detect_language(words)) != language:
            mistakes.append((language, seems, text))
    return mistakes


# Names are in the language of whoever bears them (WCAG 2.2, success criterion 3.1.2, excepts them), and mislead the detector.
EXCUSED = {
    "Avenue de l’Astronomie / Sterrenkundelaan 14": "the street has a French and a Dutch name, and English pages give both",
    "Belgian International Cooperation on Social Protection": "the English name of a Belgian organisation, which has no other",
    "Bruxelles Formation": "the name of an organisation",
    "Enabel": "the name of an organisation",
    "Fundación para la Internacionalización de las Administraciones Públicas": "the name of a Spanish organisation",
    "PES Network": "the name of a network, in every language",
    "Place de la Vieille Halle aux Blés / Oud Korenhuis 1, 1000 Brussels": "the street has two names, given in English",
    "Saint-Josse-ten-Noode / Sint-Joost-ten-Node": "the municipality has two names, and English pages give both",
    "Socieux+": "the name of an instrument, in every language",
    "World Association of Public Employment Services": "an association’s English name, among the other words for it in Dutch",
}
