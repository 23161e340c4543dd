"""The results of a question, found with two queries."""

from dataclasses import dataclass
from datetime import datetime

from languages.codes import LANGUAGES
from languages.paths import path_of
from search.entries import EXPLAINED_BY
from search.everyday import essential_question
from search.hits import PAGE_SIZE, find_hits
from search.meaning import meaning
from search.passages import passage
from search.question import Question, parse_question, replace_words
from search.vocabulary import best_corrections
from search.word_sql import find_words
from search.words import unaccent, words


@dataclass(frozen=True, slots=True)
class Result:
    """A page that was found. `passage` is what it says about the question, as (text, whether it is marked)."""

    page: int
    language: str
    heading: str
    path: str
    section: str  # "" for what is a section itself, and outside of any
    changed_at: datetime | None
    passage: tuple = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class SearchResults:
    """A page of results: `total` match in the reader's language, of which `results` are on page `page_number` of `page_count`.

    `shown_count` are on all these pages, the best ones where very many match. `elsewhere` are results in other languages;
    `is_loose` says that nothing holds all words, and `results` only some; `correction` is the question that was perhaps meant,
    "" where there is none; `is_for_main_site` says that the organisation's main site answers it.
    """

    question: Question
    results: tuple = ()
    total: int = 0
    shown_count: int = 0
    page_number: int = 1
    page_count: int = 1
    elsewhere: tuple = ()  # of (language, results)
    is_loose: bool = False
    correction: str = ""
    is_for_main_site: bool = False


def find_results(text, language, section=None, page_number=1):
    """Return the `SearchResults` for what a reader of `language` typed.

    `section` is the primary key of the only section to look in; a page beyond the last one is the last, before the first the
    first.
    """
    question = parse_question(text)
    if not question.terms:
        return SearchResults(question)
    essential = essential_question(question, language)
    known = find_words(essential, language)
    meant = meaning(essential, known.pages, known.synonyms)
    hits = find_hits(essential, language, section, page_number, meant)
    own = [hit for hit in hits if hit.language == language]
    total, shown_count = (own[0].total, own[0].shown) if own else (0, 0)
    is_loose = any(hit.is_loose for hit in own)
    known.marks[language].update(word for several in meant.others.values() for word, *more in several if not more)
    asked = {unaccent(word) for word in essential.words}
    results = [make_result(hit, known.marks[hit.language], asked) for hit in hits]
    unknown = [pair for pair in known.similar if not any(pair[0] in term for term in meant.others)]
    correction = replace_words(question, best_corrections(unknown, language)) if is_loose or not own else ""
    return SearchResults(
        question,
        tuple(result for result in results if result.language == language),
        total,
        shown_count,
        (own[0].place - 1) // PAGE_SIZE + 1 if own else 1,
        max(1, -(-shown_count // PAGE_SIZE)),
        tuple(
            (code, tuple(result for result in results if result.language == code))
            for code in LANGUAGES
            if code != language and any(result.language == code for result in results)
        ),
        is_loose,
        correction if correction != question.text else "",
        known.is_for_main_site,
    )


def make_result(hit, marks, asked):
    """Return a `Hit` as a `Result`, with the words in `marks` marked, and the compounds in its texts that are in `asked`."""
    section = "" if hit.is_section else hit.section or ""
    term = best_term(hit.terms, marks) if hit.terms else ""
    path = path_of(hit.language, hit.address) + (f"#{term}" if term else "")
    name = hit.terms[term][hit.language] if term else ""
    heading = f"{hit.heading} – {name}" if name else hit.heading
    text = term_line(hit.passages, name) if name else f"{hit.summary}\n{hit.passages}"
    marked_passage = passage(text, marks, asked, frozenset(words(hit.heading)))
    return Result(hit.page, hit.language, heading, path, section, hit.changed_at, marked_passage, hit.summary)


def term_line(passages, name):
    """Return the line in which the glossary explains a term: "stage – Periode waarin …"; its name alone where none does."""
    return next((line for line in passages.split("\n") if line.startswith(f"{name}{EXPLAINED_BY}")), name)


def best_term(terms, marks):
    """Return the anchor of the term of the glossary that is called most like what was asked, "" where none is.

    `terms` are, by anchor, all that a term is called ("names"); `marks` are the words that the question means.
    """
    scores = {}
    for anchor, term in terms.items():
        called = words(term["names"])
        if same := marks.intersection(called):
            scores[anchor] = (len(same), -len(called))
    return max(scores, key=scores.get, default="")
