"""Checks of what the texts say to readers, as far as a machine can tell. Pure: texts in, mistakes out.

They hold what `docs/content.md` asks of every text.
"""

import re
from collections import Counter

MAX_WORDS = 25  # of a sentence
MAX_HEADING_LENGTH = MAX_TITLE_LENGTH = 75  # characters
REPEATED = 8  # words: a passage as long as this stands once on a page
SPACE = r"[ \t\n]"  # one at which a line may end

# What readers would take for a doubt of Actiris about its own affairs. Doubts belong into the notes for staff.
DOUBTS = {
    "nl": """
        vermoedelijk|waarschijnlijk|wellicht|misschien|te bevestigen|niet bevestigd|staat nog niet|staat er nog niet
        vermelden we nog niet|niet op deze pagina|noemt geen jaar|is niet bekend|zijn niet bekend|nog niet bekend|onduidelijk
        vroegere webpagina|leiden we af|leiden dat jaar af|kennen we niet
    """,
    "fr": """
        présumée?|à confirmer|non confirmée?s?|pas encore confirmée?s?|sans doute|probablement|probable|peut-être
        vraisemblablement|ne figure pas encore|ne figurent pas encore|n’est pas connue?|ne sont pas connue?s|pas clair
        ne connaissons pas|ancienne page web|ne précise pas l’année|nous déduisons
    """,
    "en": """
        presumably|probably|probable|perhaps|maybe|not confirmed|to be confirmed|not yet confirmed|not been confirmed
        unconfirmed|unclear|we do not know|is not known|are not known|not yet known|not yet set out|not yet on this page
        not yet included|previous web page|earlier web page|former web page|does not give the year|we infer|second source
    """,
}
DOUBT = re.compile(
    r"\b(?:" + "|".join(line.strip() for listed in DOUBTS.values() for line in listed.strip().splitlines()) + r")\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"(?<=[.!?…])[\s\u00a0]+(?=[^\W\d_a-zà-ÿ]|[«‘“])")
WORD = re.compile(r"\w[\w’'.,/+-]*\w|\w")
ABBREVIATION = re.compile(r"(?<![\w.@/&-])[A-Z]{2,8}(?![\w@/&-]|\.\w)")
NEED_NO_WORDS = {"EU", "IP", "II", "III", "IV", "AA", "EN", "TV", "PDF", "NL", "FR", "CSV"}
FRENCH_MARK = re.compile(rf"(?<=[\w)»”’]){SPACE}(?=[:;?!»](?:\s|<|$))|«{SPACE}")
BROKEN_NUMBER = re.compile(
    rf"\d{SPACE}\d{{2,3}}(?!\d)|\d{SPACE}(?:%|€|ans|pays|jaar|maanden|landen|years|months|countries)(?!\w)"
)
QUANTITY = re.compile(
    r"\d{1,3}(?:[.,\u00a0\u202f ]\d{3})+(?!\d)|\d+(?:[.,]\d+)?[\u00a0\u202f ]?(?:%|procent|pour cent|per cent|miljoen|miljard|"
    r"millions?|milliards?|billion)(?!\w)"
)
STANDARD = re.compile(r"EN[\u00a0 ]\d{3}[\u00a0 ]\d{3}|0800[\u00a0 ]35[\u00a0 ]123|\b1\d{3}[\u00a0 ]\w")
TOO_FORMAL = re.compile(r"\b(?:u|uw|uzelf)\b", re.IGNORECASE)
TOO_FAMILIAR = re.compile(r"\b(?:tu|toi|tes|t’\w+)\b", re.IGNORECASE)


def doubts(text):
    """Return what in a text sounds like a doubt, in whichever language."""
    return [found[0] for found in DOUBT.finditer(text)]


def sentences(text):
    """Return the sentences of a text without markup."""
    return [sentence.strip() for sentence in SENTENCE_END.split(text) if sentence.strip()]


def long_sentences(text):
    """Return the sentences of a text that have more words than readers take in at once."""
    return [sentence for sentence in sentences(text) if len(WORD.findall(sentence)) > MAX_WORDS]


def repeated_passages(texts):
    """Return the passages of so many words that stand more than once in the texts of a page, each where it begins."""
    begins = Counter()
    for text in texts:
        words = [word.lower() for word in WORD.findall(text)]
        begins.update(tuple(words[place : place + REPEATED]) for place in range(len(words) - REPEATED + 1))
    return [" ".join(words) for words, times in begins.items() if times > 1]


def unexplained_abbreviations(blocks, expansions, known=frozenset()):
    """Return the abbreviations of a page that readers meet before they are told what they stand for.

    `blocks` are the texts of the page's paragraphs, items and headings in their order; `expansions` maps abbreviations to the
    full names, any of which explains one in the block where it first stands or in one of the two on either side; so do
    brackets round it or after it.
    """
    mistakes, met = [], set(known) | NEED_NO_WORDS
    for number, block in enumerate(blocks):
        near = " ".join(blocks[max(0, number - 2) : number + 3]).lower()
        for abbreviation in ABBREVIATION.findall(block):
            if abbreviation in met:
                continue
            met.add(abbreviation)
            in_brackets = re.search(
                rf"\w\W*\([^()]*{re.escape(abbreviation)}|{re.escape(abbreviation)}[\u00a0 ]\([^()]*\w{{3}}", block
            )
            if not in_brackets and not any(name.lower() in near for name in expansions.get(abbreviation, ())):
                mistakes.append(abbreviation)
    return mistakes


def breakable(text):
    """Return where a line could end that must not: before a mark that French sets apart, and within a number."""
    return [
        text[max(0, found.start() - 15) : found.end() + 15]
        for rule in (FRENCH_MARK, BROKEN_NUMBER)
        for found in rule.finditer(text)
    ]


def mixed_lists(html):
    """Return the items of lists that end otherwise than whole sentences, all with their mark, or pieces of one, without any."""
    mistakes = []
    for items in re.findall(r"<[uo]l>(.*?)</[uo]l>", html, re.DOTALL):
        texts = [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>(.*?)</li>", items, re.DOTALL)]
        are_sentences = all(text.endswith((".", "?", "!")) for text in texts)
        mistakes += [text for text in texts if not are_sentences and text.endswith((".", ";", ",", " ;"))]
    return mistakes


def is_sourced(figure):
    """Say whether a figure of the content files has a year and a source that is Actiris itself or can be opened."""
    source = figure.get("source") or {}
    return bool(figure.get("year")) and (bool(figure.get("source_url")) or set(source.values()) == {"Actiris"})


def bare_quantities(text):
    """Return the large numbers, shares and amounts of a running text that leads to no source."""
    return [] if "href=" in text else [found[0] for found in QUANTITY.finditer(STANDARD.sub("", text))]


def wrong_address(text, language):
    """Return the words by which a text does not call its reader "je" in Dutch or "vous" in French."""
    rule = {"nl": TOO_FORMAL, "fr": TOO_FAMILIAR}.get(language)
    return [found[0] for found in rule.finditer(text)] if rule else []
