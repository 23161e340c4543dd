"""Suggestions for a question that is still being typed: pages by what they are called, then words of the site; two queries."""

from dataclasses import dataclass

from languages.paths import path_of
from search.question import parse_question
from search.sql import by_language, run_query
from search.tsquery import STOP_WORDS

MAX_SUGGESTIONS = 8
MAX_PAGES = 5  # so that words have room
MIN_LETTERS = 2  # letters
MIN_LETTERS_INSIDE = 3
MAX_TRIED = 64  # words
LAST_LETTER = "\U0010ffff"  # after whatever a word goes on with
# What is called by words that begin so comes first, an abbreviation of any language included, and of that what has the fewest
# other words. Only where that is little, names that hold them somewhere are looked for, which trigrams find.
PAGES = """
    WITH beginning AS MATERIALIZED (
        SELECT heading, language, page_id, section_id, names, NOT ({begins}) AS is_later FROM search_entry
        WHERE language = %(language)s AND named @@ to_tsquery('search_plain', %(begun)s)
    ),
    holding AS MATERIALIZED (
        SELECT heading, language, page_id, section_id, names, true FROM search_entry
        WHERE language = %(language)s AND {holds} AND (SELECT count(*) FROM beginning) < {most}
            AND page_id NOT IN (SELECT page_id FROM beginning)
    ),
    ranking AS (
        SELECT *, row_number() OVER (
            ORDER BY is_later, starts_with(names, unaccent(%(first)s)) DESC, cardinality(string_to_array(names, ' ')), page_id
        ) AS place
        FROM (TABLE beginning UNION ALL TABLE holding) AS each
        ORDER BY place LIMIT {most}
    )
    SELECT ranking.heading, {address}, CASE WHEN section_id = page_id THEN NULL ELSE {section} END
    FROM ranking
    JOIN pages_sitepage AS page ON page.page_ptr_id = page_id
    LEFT JOIN pages_sitepage AS section ON section.page_ptr_id = section_id
    ORDER BY place
"""
BEGINS = "strpos(' ' || names, ' ' || unaccent(%({name})s)) > 0"
HOLDS = "names LIKE '%%' || unaccent(%({name})s) || '%%'"
# What is in no page any more, and what a question never looks for, is not worth suggesting: as that takes time to find out, it
# is asked of the most frequent words, one after the other, until there are enough.
WORDS = f"""
    SELECT word FROM (
        SELECT word, pages FROM search_word
        WHERE language = %(language)s AND folded ~>~ unaccent(%(word)s) AND folded ~<~ (unaccent(%(word)s) || '{LAST_LETTER}')
            AND word ~ '^[[:alpha:]]+$'
        ORDER BY pages DESC, word LIMIT {MAX_TRIED}
    ) AS known
    WHERE numnode(plainto_tsquery(('search_' || %(language)s)::regconfig, word)) > 0 AND EXISTS (
        SELECT FROM search_entry WHERE language = %(language)s AND vector @@ plainto_tsquery('search_plain', word)
    )
    LIMIT {MAX_SUGGESTIONS}
"""  # noqa: S608  (constants only)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page, with its `path` and `section`, or without a path the text of a question."""

    text: str
    path: str = ""
    section: str = ""


def find_suggestions(text, language):
    """Return the `Suggestion`s for what somebody typed so far, none for what is too short, too long or no question."""
    question = parse_question(text)
    words = question.words
    # Words go into a pattern and an expression, so nothing but letters and digits may be in them.
    if not words or question.was_cut or len("".join(words)) < MIN_LETTERS or not all(word.isalnum() for word in words):
        return []
    pages = suggest_pages(words, language)
    return [*pages, *suggest_questions(question, language)[: MAX_SUGGESTIONS - len(pages)]]


def suggest_pages(words, language):
    """Return the pages that are called by these words, of which each may be a part; with one query."""
    words = [word for word in words if word not in STOP_WORDS.get(language, ())] or words
    parameters = {f"word_{place}": word for place, word in enumerate(words)}
    is_long = min(map(len, words)) >= MIN_LETTERS_INSIDE
    sql = PAGES.format(
        begins=" AND ".join(BEGINS.format(name=name) for name in parameters),
        holds=" AND ".join(HOLDS.format(name=name) for name in parameters) if is_long else "false",
        most=MAX_PAGES,
        address=by_language("page", "address"),
        section=by_language("section", "heading"),
    )
    begun = " & ".join(f"'{word}':*" for word in words)
    rows = run_query(sql, {**parameters, "first": words[0], "begun": begun, "language": language})
    return [Suggestion(heading, path_of(language, address), section or "") for heading, address, section in rows]


def suggest_questions(question, language):
    """Return the question with its last word completed, where it ends in a word; with one query."""
    start, end = question.terms[-1].spans[-1]
    word = question.words[-1]
    if end != len(question.text) or len(word) < MIN_LETTERS:
        return []
    return [
        Suggestion(question.text[:start] + completion)
        for (completion,) in run_query(WORDS, {"word": word, "language": language})
    ]
