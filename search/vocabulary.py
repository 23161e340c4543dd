"""The words of the site: which of them a question means, and which it may have meant.

A save adds the words that are new, in order and without touching any other row, so that no two saves wait for each other
because both contain "de". How many pages hold a word, and which words no page holds any more, only matters for suggestions:
it is counted anew, in one statement, whenever the index is rebuilt, and a suggestion makes sure that its word is still there.
"""

from django.db import connection

from search.words import plain

LONGEST_SUGGESTED = 40  # letters of a word that somebody may have misspelt
SHORTEST_SUGGESTED = 3
CANDIDATES = 12
WORD_VECTOR = "to_tsvector(('search_' || language)::regconfig, word) || to_tsvector('search_plain', word)"
ADD = f"""
    INSERT INTO search_word (language, word, folded, pages, vector)
    SELECT language, word, unaccent(word), count(*), {WORD_VECTOR}
    FROM search_entry, unnest(words) AS word
    WHERE page_id = ANY(%s) AND NOT EXISTS (
        SELECT FROM search_word AS known WHERE known.language = search_entry.language AND known.word = word.word
    )
    GROUP BY language, word ORDER BY language, word
    ON CONFLICT DO NOTHING
"""  # noqa: S608  (constants only)
COUNT = f"""
    INSERT INTO search_word (language, word, folded, pages, vector)
    SELECT language, word, unaccent(word), count(*), {WORD_VECTOR}
    FROM search_entry, unnest(words) AS word
    GROUP BY language, word ORDER BY language, word
    ON CONFLICT (language, word) DO UPDATE
    SET (folded, pages, vector) = ROW (excluded.folded, excluded.pages, excluded.vector)
    WHERE (search_word.folded, search_word.pages, search_word.vector)
        IS DISTINCT FROM (excluded.folded, excluded.pages, excluded.vector)
"""  # noqa: S608
FORGET = """
    DELETE FROM search_word
    WHERE (language, word) NOT IN (SELECT DISTINCT language, unnest(words) FROM search_entry)
"""


def add_words_of(pages):
    """Add the words of the entries of these pages that the vocabulary does not have yet, with one query."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [pages])


def rebuild():
    """Count all words anew, and forget those that no entry holds."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        cursor.execute(FORGET)


NEAREST = """
    WITH unknown AS MATERIALIZED (
        SELECT word FROM unnest(%(words)s::text[]) AS word
        WHERE numnode(phraseto_tsquery(('search_' || %(language)s)::regconfig, word)) > 0 AND NOT EXISTS (
            SELECT FROM search_entry
            WHERE language = %(language)s AND vector @@ phraseto_tsquery(('search_' || %(language)s)::regconfig, word)
        )
    )
    SELECT unknown.word, near.word
    FROM unknown, LATERAL (
        SELECT word, folded, pages FROM search_word
        WHERE language = %(language)s AND length(word) >= %(shortest)s AND word ~ '^[[:alpha:]]+$'
        ORDER BY folded <-> unaccent(unknown.word) LIMIT %(candidates)s
    ) AS near
    WHERE EXISTS (
        SELECT FROM search_entry WHERE language = %(language)s AND vector @@ phraseto_tsquery('search_plain', near.word)
    )
    ORDER BY near.folded <-> unaccent(unknown.word), near.pages DESC, near.word
"""


def nearest(words, language):
    """Return `{word: word of the site}` for those of `words` that no page of a language holds but nearly; with one query."""
    words = [word for word in set(words) if SHORTEST_SUGGESTED <= len(word) <= LONGEST_SUGGESTED and word.isalpha()]
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            NEAREST,
            {"words": words, "language": language, "shortest": SHORTEST_SUGGESTED, "candidates": CANDIDATES},
        )
        for asked, near in cursor.fetchall():
            found.setdefault(asked, []).append(near)
    best = {
        asked: min(near, key=lambda word, asked=asked: distance(plain(asked), plain(word))) for asked, near in found.items()
    }
    return {asked: word for asked, word in best.items() if distance(plain(asked), plain(word)) <= tolerated(asked)}


def tolerated(word):
    """Return how many slips of the hand a word of that length may have."""
    return 1 if len(word) < 6 else 2 if len(word) < 11 else 3


def distance(one, other):
    """Return how many letters must be added, left out, changed or swapped with the next to make one word of another.

    This is the optimal string alignment distance; trigrams alone find two swapped letters of a short word far apart.
    """
    before, row = [], list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, twin in enumerate(other, 1):
            costs = [before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != twin)]
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == twin:
                costs.append(last[j - 2] + 1)
            row.append(min(costs))
    return row[-1]
