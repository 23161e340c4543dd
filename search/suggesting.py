"""Suggestions for a question that is still being typed: pages by what they are called, then words of the site; two queries."""

from dataclasses import dataclass

from django.db import connection

from pages.addresses import path_of
from search.asking import asked
from search.expressions import STOP_WORDS
from search.finding import BY_LANGUAGE

MOST = 8
MOST_PAGES = 5  # so that words have room
SHORTEST = 2  # letters
# A word stands at the beginning of one of a page's names, or somewhere in one; abbreviations of other languages are in no name,
# but have the weight of one. What begins with all words comes first, and of that what has the fewest others.
PAGES = f"""
    WITH asked AS (SELECT array_agg(unaccent(word)) AS typed FROM unnest(%(words)s::text[]) AS word),
    named AS (
        SELECT found.id, found.page_id, found.language, found.heading, found.section_id, found.names,
            (SELECT bool_and(strpos(' ' || names, ' ' || word) > 0) FROM unnest(typed) AS word) AS begins,
            (SELECT bool_and(length(word) > 2 AND strpos(names, word) > 0) FROM unnest(typed) AS word) AS holds,
            starts_with(' ' || names, ' ' || typed[1]) AS is_first
        FROM search_entry AS found, asked WHERE language = %(language)s
    ),
    hit AS (
        SELECT named.*, NOT begins AS is_later FROM named WHERE begins OR holds
        UNION ALL
        SELECT named.*, true FROM named JOIN search_entry AS other USING (id)
        WHERE other.language = %(language)s AND vector @@ to_tsquery('search_plain', %(begun)s) AND NOT begins AND NOT holds
    )
    SELECT found.heading, {BY_LANGUAGE.format(table="page", name="address")},
        CASE WHEN section_id = page_id THEN NULL ELSE {BY_LANGUAGE.format(table="section", name="heading")} END
    FROM hit AS found
    JOIN pages_sitepage AS page ON page.page_ptr_id = page_id
    LEFT JOIN pages_sitepage AS section ON section.page_ptr_id = section_id
    ORDER BY is_later, is_first DESC, cardinality(string_to_array(names, ' ')), page_id LIMIT {MOST_PAGES}
"""  # noqa: S608  (constants only)
# What is in no page any more, and what a question never looks for, is not worth suggesting.
WORDS = f"""
    SELECT word FROM search_word AS known
    WHERE language = %(language)s AND folded LIKE unaccent(%(word)s) || '%%' AND folded <> unaccent(%(word)s)
        AND word ~ '^[[:alpha:]]+$' AND numnode(plainto_tsquery(('search_' || language)::regconfig, word)) > 0
        AND EXISTS (
            SELECT FROM search_entry AS entry
            WHERE entry.language = known.language AND entry.vector @@ plainto_tsquery('search_plain', known.word)
        )
    ORDER BY pages DESC, word LIMIT {MOST}
"""  # noqa: S608


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
    begun = " & ".join(f"'{word}':*A" for word in meant)
    rows = run(PAGES, words=meant, begun=begun, language=language)
    return [Suggestion(heading, path_of(language, address), section or "") for heading, address, section in rows]


def suggested_questions(question, language):
    """Return the question with its last word completed, where it ends in a word; with one query."""
    start, end = question.wanted[-1].spans[-1]
    word = question.words[-1]
    if end != len(question.text) or len(word) < SHORTEST:
        return []
    return [Suggestion(question.text[:start] + found) for (found,) in run(WORDS, word=word, language=language)]


def run(sql, **parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
