"""Finding: a question goes in, what readers get comes out, with two queries."""

from dataclasses import dataclass
from datetime import datetime

from languages.codes import LANGUAGES
from languages.paths import path_of
from search.passages import passage
from search.question import Question, asked, replaced
from search.sql import PAGE_SIZE, hits, words_of_the_site
from search.vocabulary import meant
from search.words import plain


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
class Found:
    """What was found: `total` results in the reader's language, of which `results` are those of page `number` of `pages`.

    `shown` are on these pages, the best ones where there are very many. `elsewhere` are results by other language; `is_loose`
    says that nothing holds all words, and `results` only some; `better` is the question that was perhaps meant, "" where there
    is none.
    """

    question: Question
    results: tuple = ()
    total: int = 0
    shown: int = 0
    number: int = 1
    pages: int = 1
    elsewhere: tuple = ()  # of (language, results)
    is_loose: bool = False
    better: str = ""


def found(query, language, section=None, page=1):
    """Return what is `Found` for the text `query` by a reader of `language`.

    `section` is the primary key of the only section to look in; a `page` beyond the last one is the last, before the first the
    first.
    """
    question = asked(query)
    if not question.wanted:
        return Found(question)
    rows = hits(question, language, section, page)
    own = [row for row in rows if row.language == language]
    total, shown = (own[0].total, own[0].shown) if own else (0, 0)
    is_loose = bool(own) and own[0].is_loose
    marks, near = words_of_the_site(question, misspelt_in=language if is_loose or not own else None)
    words = {plain(word) for term in question.wanted for word in term.words}
    results = [result(row, marks[row.language], words) for row in rows]
    mended = replaced(question, meant(near, language))
    return Found(
        question,
        tuple(one for one in results if one.language == language),
        total,
        shown,
        (own[0].place - 1) // PAGE_SIZE + 1 if own else 1,
        max(1, -(-shown // PAGE_SIZE)),
        tuple(
            (code, tuple(one for one in results if one.language == code))
            for code in LANGUAGES
            if code != language and any(one.language == code for one in results)
        ),
        is_loose,
        mended if mended != question.text else "",
    )


def result(row, marks, asked):
    """Return a `Hit` as a `Result`, with the words in `marks` marked, and what it writes in parts of the words `asked`."""
    section = "" if row.is_section else row.section or ""
    found = passage(f"{row.summary}\n{row.passages}", marks, asked)
    path = path_of(row.language, row.address)
    return Result(row.page, row.language, row.heading, path, section, row.changed_at, found, row.summary)
