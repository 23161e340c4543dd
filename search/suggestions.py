"""Suggestions for a question that is still being typed: pages by what they are called, then words of the site; two queries."""

from dataclasses import dataclass

from languages.paths import path_of
from search.question import asked
from search.sql import BY_LANGUAGE, run
from search.tsquery import STOP_WORDS

MOST = 8
MOST_PAGES = 5  # so that words have room
SHORTEST = 2  # letters
SHORTEST_INSIDE = 3
MOST_TRIED = 64  # words
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
    found AS (
        SELECT *, row_number() OVER (
            ORDER BY is_later, starts_with(names, unaccent(%(first)s)) DESC, cardinality(string_to_array(names, ' ')), page_id
        ) AS place
        FROM (TABLE beginning UNION ALL TABLE holding) AS each
        ORDER BY place LIMIT {most}
    )
    SELECT found.heading, {address}, CASE WHEN section_id = page_id THEN NULL ELSE {section} END
    FROM found
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
        ORDER BY pages DESC, word LIMIT {MOST_TRIED}
    ) AS known
    WHERE numnode(plainto_tsquery(('search_' || %(language)s)::regconfig, word)) > 0 AND EXISTS (
        SELECT FROM search_entry WHERE language = %(language)s AND vector @@ plainto_tsquery('search_plain', word)
    )
    LIMIT {MOST}
"""  # noqa: S608  (constants only)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A page, with its `path` and `section`, or without a path the text of a question."""

    text: str
    path: str = ""
    section: str = ""


def suggested(text, language):
    """Return the `Suggestion`s for what somebody typed so far, none for what is too short, too long or no question."""
    question = asked(text)
    words = question.words
    # Words go into a pattern and an expression, so nothing but letters and digits may be in them.
    if not words or question.was_cut or len("".join(words)) < SHORTEST or not all(word.isalnum() for word in words):
        return []
    pages = suggested_pages(words, language)
    return [*pages, *suggested_questions(question, language)[: MOST - len(pages)]]


def suggested_pages(words, language):
    """Return the pages that are called by these words, of which each may be a part; with one query."""
    meant = [word for word in words if word not in STOP_WORDS.get(language, ())] or words
    named = {f"word_{place}": word for place, word in enumerate(meant)}
    is_long = min(map(len, meant)) >= SHORTEST_INSIDE
    sql = PAGES.format(
        begins=" AND ".join(BEGINS.format(name=name) for name in named),
        holds=" AND ".join(HOLDS.format(name=name) for name in named) if is_long else "false",
        most=MOST_PAGES,
        address=BY_LANGUAGE.format(table="page", name="address"),
        section=BY_LANGUAGE.format(table="section", name="heading"),
    )
    begun = " & ".join(f"'{word}':*" for word in meant)
    rows = run(sql, {**named, "first": meant[0], "begun": begun, "language": language})
    return [Suggestion(heading, path_of(language, address), section or "") for heading, address, section in rows]


def suggested_questions(question, language):
    """Return the question with its last word completed, where it ends in a word; with one query."""
    start, end = question.wanted[-1].spans[-1]
    word = question.words[-1]
    if end != len(question.text) or len(word) < SHORTEST:
        return []
    return [Suggestion(question.text[:start] + found) for (found,) in run(WORDS, {"word": word, "language": language})]
