"""Finding: a question goes in, what readers get comes out, with three queries at most."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection

from languages.codes import LANGUAGES
from pages.addresses import path_of
from search import vocabulary
from search.asking import Question, asked, replaced
from search.expressions import begun, loose, single_words, strict
from search.passages import passage

PAGE_SIZE = 10
LAST_PAGE = 100_000  # more than anybody can ask for
ELSEWHERE = 5  # results of each other language
WEIGHTS = [0.05, 0.15, 0.4, 1.0]  # of D, C, B and A
OF_A_BEGINNING = 0.1  # what a word that is only begun counts beside a whole one
OF_NAMES = [0, 0, 0, 1]
OF_THE_NAME = 4  # what it counts that a page is called so, the more so the fewer other words its names have
BY_LANGUAGE = "CASE found.language " + " ".join(f"WHEN '{code}' THEN {{table}}.{{name}}_{code}" for code in LANGUAGES) + " END"
RANK = f"""
    ts_rank(%(weights)s::real[], vector, {{whole}}) + {OF_A_BEGINNING} * ts_rank(%(weights)s::real[], vector, {{begun}})
    + {OF_THE_NAME} * ts_rank(%(of_names)s::real[], vector, {{whole}}) / sqrt(1 + cardinality(string_to_array(names, ' ')))
"""
FIND = f"""
    WITH asked AS MATERIALIZED ({{asked}}),
    hit AS MATERIALIZED (
        SELECT entry.id, page_id, language, {RANK.format(whole="rated_whole", begun="rated_begun")} AS rank, false AS is_loose
        FROM asked JOIN search_entry AS entry USING (language)
        WHERE vector @@ begun AND (%(section)s::bigint IS NULL OR section_id = %(section)s)
            AND numnode(whole) > 0 AND (SELECT numnode(whole) FROM asked WHERE language = %(language)s) > 0
    ),
    own AS (
        SELECT * FROM hit WHERE language = %(language)s
        UNION ALL
        SELECT entry.id, page_id, language, {RANK.format(whole="anything", begun="anything")}, true
        FROM asked JOIN search_entry AS entry USING (language)
        WHERE language = %(language)s AND vector @@ anything AND (%(section)s::bigint IS NULL OR section_id = %(section)s)
            AND NOT EXISTS (SELECT FROM hit)
    ),
    found AS (
        SELECT *, count(*) OVER each AS total, row_number() OVER (each ORDER BY rank DESC, page_id) AS place
        FROM (
            SELECT * FROM own
            UNION ALL
            SELECT * FROM hit WHERE language <> %(language)s AND page_id NOT IN (SELECT page_id FROM own)
        ) AS every WINDOW each AS (PARTITION BY language)
    )
    SELECT found.language, found.total, found.place, found.is_loose, page_id, entry.heading, entry.summary, entry.passages,
        entry.changed_at, {BY_LANGUAGE.format(table="page", name="address")},
        {BY_LANGUAGE.format(table="section", name="heading")}, section_id = page_id
    FROM found
    JOIN search_entry AS entry USING (id, page_id)
    JOIN pages_sitepage AS page ON page.page_ptr_id = page_id
    LEFT JOIN pages_sitepage AS section ON section.page_ptr_id = section_id
    WHERE CASE WHEN found.language = %(language)s
        THEN place > least(%(skipped)s, (total - 1) / %(size)s * %(size)s)
            AND place <= least(%(skipped)s, (total - 1) / %(size)s * %(size)s) + %(size)s
        ELSE place <= %(elsewhere)s END
    ORDER BY found.language, place
"""  # noqa: S608  (constants and the placeholders of `ask`)
MARKS = (
    "WITH asked AS ({asked}) SELECT language, word FROM asked JOIN search_word AS known USING (language) WHERE vector @@ marks"
)


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

    `elsewhere` are results by other language; `is_loose` says that nothing holds all words, and `results` only some;
    `better` is the question that was perhaps meant, "" where there is none.
    """

    question: Question
    results: tuple = ()
    total: int = 0
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
    own = [row for row in rows if row[0] == language]
    total = own[0][1] if own else 0
    is_loose = bool(own) and own[0][3]
    marks = marked_words(question) if rows else {}
    results = [result(row, marks.get(row[0], set())) for row in rows]
    return Found(
        question,
        tuple(one for one in results if one.language == language),
        total,
        (own[0][2] - 1) // PAGE_SIZE + 1 if own else 1,
        max(1, -(-total // PAGE_SIZE)),
        tuple(
            (code, tuple(one for one in results if one.language == code))
            for code in LANGUAGES
            if code != language and any(one.language == code for one in results)
        ),
        is_loose,
        better(question, language) if not own or is_loose else "",
    )


def hits(question, language, section, page):
    """Return the rows of `FIND`."""
    all_wanted = replace(question, unwanted=())  # what a page does not have says nothing of what it has
    ways = {
        "whole": lambda code: strict(question, code),
        "begun": lambda code: strict(question, code) | begun(question, code),
        "anything": lambda code: loose(question, code),
        "rated_whole": lambda code: strict(all_wanted, code),
        "rated_begun": lambda code: begun(all_wanted, code),
    }
    return ask(
        FIND, ways, language=language, section=section, weights=WEIGHTS, of_names=OF_NAMES, size=PAGE_SIZE,
        skipped=(min(max(page, 1), LAST_PAGE) - 1) * PAGE_SIZE, elsewhere=ELSEWHERE,
    )  # fmt: skip


def marked_words(question):
    """Return the words of the site that a question means, as sets by language."""
    found = {}
    for code, word in ask(MARKS, {"marks": lambda code: single_words(question, code)}):
        found.setdefault(code, set()).add(word)
    return found


def better(question, language):
    """Return the question with misspelt words as the site writes them, "" where there is nothing to mend."""
    mended = replaced(question, vocabulary.nearest(question.words, language))
    return mended if mended != question.text else ""


def ask(sql, ways, **parameters):
    """Run a statement whose `asked` holds, for each language, the expression that each of the `ways` makes for it, by name."""
    selects = []
    for code in LANGUAGES:
        columns = []
        for name, way in ways.items():
            expression = way(code)
            names = [f"{name}_{code}_{place}" for place in range(len(expression.values))]
            parameters |= dict(zip(names, expression.values, strict=True))
            columns.append(f"{expression.sql % tuple(f'%({one})s' for one in names)} AS {name}")
        selects.append(f"SELECT '{code}' AS language, {', '.join(columns)}")
    with connection.cursor() as cursor:
        cursor.execute(sql.format(asked=" UNION ALL ".join(selects)), parameters)
        return cursor.fetchall()


def result(row, marks):
    code, _total, _place, _is_loose, page, heading, summary, passages, changed_at, address, section, is_section = row
    return Result(
        page, code, heading, path_of(code, address), "" if is_section else section or "", changed_at,
        passage(f"{summary}\n{passages}", marks), summary,
    )  # fmt: skip
