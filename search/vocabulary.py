"""The words of the site: which of them a question means, and which it may have meant.

A save adds the words that are new, in order and without touching any other row, so that no two saves wait for each other
because both contain "de". How many pages hold a word, and which words no page holds any more, only matters for suggestions:
it is counted anew, in one statement, whenever the index is rebuilt, and a suggestion makes sure that its word is still there.
"""

from django.db import connection

from search.words import unaccent

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
"""  # noqa: S608  (constants only)
FORGET = """
    DELETE FROM search_word
    WHERE (language, word) NOT IN (SELECT DISTINCT language, unnest(words) FROM search_entry)
"""
WITH_COMPOUNDS = {"nl"}  # languages that write them as one word
MIN_END, MIN_BEGINNING = 5, 3  # letters of their parts
SHORT = 7  # letters of a word


def add_words_of(pages):
    """Add the words of the entries of these pages that the vocabulary does not have yet, with one query."""
    with connection.cursor() as cursor:
        cursor.execute(ADD, [pages])


def rebuild_vocabulary():
    """Count all words anew, and forget those that no entry holds."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        cursor.execute(FORGET)


def best_corrections(similar, language):
    """Return `{word asked: word of the site}` of those pairs, the most alike first, that explain what was asked.

    A compound ends in what was asked, where the language writes compounds as one word; else it was a slip of the hand.
    """
    candidates = {}
    for asked, word in similar:
        candidates.setdefault(asked, []).append(word)
    corrections = {}
    for asked, words in candidates.items():
        compound = next((word for word in words if is_end(asked, word)), None) if language in WITH_COMPOUNDS else None
        slips = [word for word in words if is_slip(unaccent(asked), unaccent(word))]
        if compound:
            corrections[asked] = compound
        elif slips:
            corrections[asked] = min(slips, key=lambda word, asked=asked: distance(unaccent(asked), unaccent(word)))
    return corrections


def is_end(asked, word):
    """Say whether a word is a compound that ends in what was asked: "jongerengarantie" for "garantie"."""
    return len(asked) >= MIN_END and len(word) - len(asked) >= MIN_BEGINNING and unaccent(word).endswith(unaccent(asked))


def is_slip(asked, word):
    """Say whether what was asked may be a word of the site that somebody mistyped, and is hardly a word of its own.

    A word of up to seven letters with two others, or with another first letter, mostly is one: "permis" is no "permet", and
    "loyer" no "foyer".
    """
    return distance(asked, word) <= tolerated_distance(asked) and (len(asked) > SHORT or asked[0] == word[0])


def tolerated_distance(word):
    """Return how many slips of the hand a word of that length may have."""
    return 1 if len(word) <= SHORT else 2 if len(word) < 11 else 3


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
