"""TBX (ISO 30042): a glossary as TBX-Basic of 2008, which most programs read; those of 2019 are read too, in both styles."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from exchange.formats.errors import FormatError
from exchange.formats.markup import clean
from exchange.formats.tmx import XML_LANG
from exchange.formats.xml import LimitedFile, Writer, events, forget, local

ROOTS = {"martif", "tbx"}
CONCEPT, LANGUAGE, TERM = {"termEntry", "conceptEntry"}, {"langSet", "langSec"}, {"tig", "ntig", "termSec"}
LONGEST = 20_000  # letters of what is read of one thing
# Of the data categories of TBX-Basic: what kind of term it is, and whether it is to be used.
TYPE, STATUS, DEFINITION = "termType", "administrativeStatus", "definition"
SHORT = {"abbreviation", "acronym", "initialism", "shortform"}
FORBIDDEN = ("deprecated", "superseded", "obsolete")
PREFERRED = "preferred"
SEPARATOR = ";"  # between the words of a list, where the glossary keeps them


@dataclass(frozen=True, slots=True)
class Words:
    """What a concept is called in one language, and what it means: "" and () where that is not said."""

    term: str = ""
    abbreviation: str = ""
    synonyms: tuple[str, ...] = ()
    inflections: tuple[str, ...] = ()
    definition: str = ""
    forbidden: tuple[str, ...] = ()  # what is not to be said, which is only read


ALL = [one.name for one in fields(Words)]
SAID = [name for name in ALL if name != "forbidden"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One entry of a glossary: its id in the file, "" for none, and its `Words` by language."""

    key: str
    words: Mapping[str, Words]


def split_list(text):
    """Return the words of a list as the glossary keeps it, without what says nothing."""
    return tuple(one for part in text.split(SEPARATOR) if (one := " ".join(part.split())))


def write(concepts, file, name, language="en"):
    """Write `Concept`s to a binary file, one by one; `name` is that of the glossary, in `language`."""
    writer = Writer(file)
    with writer.element("martif", {"type": "TBX-Basic", "xml:lang": language}):
        writer.end_line()
        with writer.element("martifHeader"):
            with writer.element("fileDesc"), writer.element("sourceDesc"):
                writer.leaf("p", name)
            with writer.element("encodingDesc"):
                writer.leaf("p", "TBXBasicXCSV02.xcs", {"type": "XCSURI"})
        with writer.element("text"), writer.element("body"):
            for concept in concepts:
                writer.end_line()
                write_concept(writer, concept)
    writer.end_line()


def write_concept(writer, concept):
    """Write an entry. A language that has no term for it is left out: the first of its other words would be taken for one."""
    spoken = {code: words for code, words in concept.words.items() if words.term}
    if spoken:
        with writer.element("termEntry", {"id": concept.key}):
            for code, words in spoken.items():
                with writer.element("langSet", {"xml:lang": code}):
                    if words.definition:
                        writer.leaf("descrip", words.definition, {"type": DEFINITION})
                    for term, kind, status in terms_of(words):
                        write_term(writer, term, kind, status)


def terms_of(words):
    """Yield what a concept is called: each term with its type and its status, None where it needs none."""
    yield words.term, "fullForm", "preferredTerm-admn-sts"
    if words.abbreviation:
        yield words.abbreviation, "abbreviation", None
    yield from ((term, "fullForm", "admittedTerm-admn-sts") for term in words.synonyms)
    yield from ((term, "variant", None) for term in words.inflections)


def write_term(writer, term, kind, status):
    with writer.element("tig"):
        writer.leaf("term", term)
        writer.leaf("termNote", kind, {"type": TYPE})
        if status:
            writer.leaf("termNote", status, {"type": STATUS})


def read(file, languages, max_bytes=None, max_concepts=None):
    """Yield the `Concept`s of a binary file that say something in one of the `languages`, one by one.

    Raises `FormatError`, also at the end of the file.
    """
    number, is_begun = 0, False
    for event, element, parents in events(LimitedFile(file, max_bytes), with_doctype=True):
        name = local(element)
        if event == "start":
            if not is_begun and name not in ROOTS:
                raise FormatError("not_tbx")
            is_begun = True
        elif name in CONCEPT:
            number += 1
            if max_concepts is not None and number > max_concepts:
                raise FormatError("too_many_units")
            concept = Concept((element.get("id") or "").strip(), words_by_language(element, languages))
            if concept.words:
                yield concept
            forget(element, parents)


def words_by_language(element, languages):
    """Return the `Words` of a concept by language, in the order of the site; regions are left out, of two the first counts.

    A definition that stands in no language, as old files have it, is nobody's.
    """
    found = {}
    for part in element:
        if local(part) in LANGUAGE:
            code = (part.get(XML_LANG) or "").replace("_", "-").partition("-")[0].lower()
            words = words_of(part)
            if code in languages and code not in found and (words.term or words.abbreviation):
                found[code] = words
    return {code: found[code] for code in languages if code in found}


def words_of(element):
    """Return the `Words` of a language: the preferred term, or else the first, is the term, other full forms are synonyms."""
    terms, forbidden, short, variants = [], [], [], []
    for part in element:
        if local(part) in TERM:
            text = next((words_in(one) for one in part.iter() if local(one) == "term"), "")
            status, kind = category(part, STATUS).lower(), category(part, TYPE).lower()
            if text:
                is_forbidden = status.startswith(FORBIDDEN)
                of_kind = short if kind in SHORT else variants if kind == "variant" else terms
                (forbidden if is_forbidden else of_kind).append((not status.startswith(PREFERRED), text))
    terms = [text for _place, text in sorted(terms, key=lambda pair: pair[0])]
    short = [text for _place, text in short]
    return Words(
        term=terms[0] if terms else "",
        abbreviation=short[0] if short else "",
        synonyms=tuple(one for text in [*terms[1:], *short[1:]] for one in split_list(text)),
        inflections=tuple(one for _place, text in variants for one in split_list(text)),
        definition=category(element, DEFINITION, within=TERM),
        forbidden=tuple(text for _place, text in forbidden),
    )


def category(element, name, within=()):
    """Return what an element says in a data category, "" for nothing: `<descrip type="definition">`, or `<basic:definition>`.

    What stands within elements of the names `within` is only looked at after the rest.
    """
    later = []
    for part in element:
        if name in (part.get("type"), local(part)):
            return words_in(part)
        if local(part) not in {"term", *within}:
            if said := category(part, name):
                return said
        elif within:
            later.append(part)
    return next((said for part in later if (said := category(part, name))), "")


def words_in(element):
    """Return the words of an element as the glossary keeps them: one line, without what no file can hold."""
    return " ".join(clean("".join(element.itertext())[:LONGEST]).split())
