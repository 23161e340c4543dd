"""What PostgreSQL is asked for: the pages that match a question, and the words of the site that it means.

Expressions stand in the conditions themselves, so that PostgreSQL sees how common their words are, and that each language has
an index of its own. What is counted, sorted and joined by the thousand are keys: long texts are only opened of the candidates.
"""

from collections import namedtuple
from dataclasses import replace
from operator import itemgetter

from django.db import connection

from languages.codes import LANGUAGES
from search.tsquery import begun_expression, loose_expression, name_expression, strict_expression, word_expression

PAGE_SIZE = 10
MAX_SHOWN = 200  # results that are weighed and shown at most: those that are called so come first, as nothing outweighs that
ELSEWHERE = 5  # results of each other language
MAX_WEIGHED_ELSEWHERE = 50
MIN_LETTERS, MAX_LETTERS = 3, 40  # letters of a word that somebody may have misspelt
CANDIDATES = 12  # for what it was to be
WEIGHTS = [0.05, 0.15, 0.4, 1.0]  # of D, C, B and A
OF_NAMES = [1, 1, 1, 1]
OF_A_BEGINNING = 0.1  # what a word that is only begun counts beside a whole one
OF_THE_NAME = 4  # what it counts that a page is called so, the more so the fewer other words its names have
BY_LANGUAGE = (
    "CASE ranking.language " + " ".join(f"WHEN '{code}' THEN {{table}}.{{name}}_{code}" for code in LANGUAGES) + " END"
)
RANK = f"""
    ts_rank(%(weights)s::real[], vector, rated)
    + {OF_A_BEGINNING} * coalesce(ts_rank(%(weights)s::real[], vector, rated_begun), 0)
    + {OF_THE_NAME} * ts_rank(%(of_names)s::real[], named, rated) / sqrt(1 + cardinality(string_to_array(names, ' ')))
"""
MATCHING = """
    SELECT id, page_id, named @@ ({names}) AS is_named FROM search_entry
    WHERE language = '{language}' AND vector @@ ({begun}) AND numnode({whole}) > 0 {in_section}
"""
# A question of which nothing is left in the reader's language, as it has only stop words, finds nothing anywhere.
MATCHING_ELSEWHERE = f"""
    (SELECT id FROM ({MATCHING}) AS other WHERE numnode({{own}}) > 0 AND page_id NOT IN (SELECT page_id FROM matching)
    ORDER BY is_named DESC, page_id LIMIT {MAX_WEIGHED_ELSEWHERE})
"""  # noqa: S608  (constants and the placeholders of `find_hits`)
LOOSE = """
    SELECT id, page_id, named @@ ({names}) AS is_named FROM search_entry
    WHERE language = '{language}' AND vector @@ ({anything}) {in_section}
        AND NOT EXISTS (SELECT FROM matching) AND NOT EXISTS (SELECT FROM elsewhere)
"""
ASKED = """
    SELECT '{language}' AS language, false AS is_loose, {rated} AS rated, {rated_begun} AS rated_begun
    UNION ALL SELECT '{language}', true, {anything}, NULL::tsquery
"""
FIND = f"""
    WITH matching AS MATERIALIZED ({{matching}}),
    elsewhere AS MATERIALIZED ({{elsewhere}}),
    loose AS MATERIALIZED ({{loose}}),
    own AS (SELECT *, false AS is_loose FROM matching UNION ALL SELECT *, true FROM loose),
    candidate AS (
        (SELECT id, is_loose FROM own ORDER BY is_named DESC, page_id LIMIT {MAX_SHOWN})
        UNION ALL SELECT id, false FROM elsewhere
    ),
    asked AS ({{asked}}),
    ranked AS (
        SELECT id, page_id, language, is_loose, {RANK} AS rank
        FROM candidate JOIN search_entry USING (id) JOIN asked USING (language, is_loose)
    ),
    ranking AS (
        SELECT *, count(*) OVER each AS shown, row_number() OVER (each ORDER BY rank DESC, page_id) AS place
        FROM ranked WINDOW each AS (PARTITION BY language)
    )
    SELECT ranking.language, (SELECT count(*) FROM own), shown, place, is_loose, page_id, entry.heading, entry.summary,
        entry.passages, entry.changed_at, {BY_LANGUAGE.format(table="page", name="address")},
        {BY_LANGUAGE.format(table="section", name="heading")}, section_id = page_id
    FROM ranking
    JOIN search_entry AS entry USING (id, page_id)
    JOIN pages_sitepage AS page ON page.page_ptr_id = page_id
    LEFT JOIN pages_sitepage AS section ON section.page_ptr_id = section_id
    WHERE CASE WHEN ranking.language = %(language)s
        THEN place > least(%(skipped)s, (shown - 1) / {PAGE_SIZE} * {PAGE_SIZE})
            AND place <= least(%(skipped)s, (shown - 1) / {PAGE_SIZE} * {PAGE_SIZE}) + {PAGE_SIZE}
        ELSE place <= {ELSEWHERE} END
    ORDER BY ranking.language, place
"""  # noqa: S608  (constants and the placeholders of `find_hits`)
MARKS = "SELECT 'mark', '{language}', word, 0 FROM search_word WHERE language = '{language}' AND vector @@ ({marks})"
# Words of a question that no page of the language holds, each with words of the site that are written much like it.
NEAR = """
    (WITH unknown AS MATERIALIZED (
        SELECT word FROM unnest(%(words)s::text[]) AS word
        WHERE numnode(phraseto_tsquery(('search_' || %(language)s)::regconfig, word)) > 0 AND NOT EXISTS (
            SELECT FROM search_entry
            WHERE language = %(language)s AND vector @@ phraseto_tsquery(('search_' || %(language)s)::regconfig, word)
        )
    )
    SELECT 'near', unknown.word, near.word,
        row_number() OVER (ORDER BY near.folded <-> unaccent(unknown.word), near.pages DESC, near.word)
    FROM unknown, LATERAL (
        SELECT word, folded, pages FROM search_word
        WHERE language = %(language)s AND length(word) >= %(shortest)s AND word ~ '^[[:alpha:]]+$'
        ORDER BY folded <-> unaccent(unknown.word) LIMIT %(candidates)s
    ) AS near
    WHERE EXISTS (
        SELECT FROM search_entry WHERE language = %(language)s AND vector @@ phraseto_tsquery('search_plain', near.word)
    ))
"""
Hit = namedtuple(
    "Hit", "language total shown place is_loose page heading summary passages changed_at address section is_section"
)


def find_hits(question, language, section, page_number):
    """Return the `Hit`s of a `Question`: those of a page of results in `language`, and the first ones of the others.

    `total` counts all pages in `language` that match, `shown` those of a language that may be shown, of which `place` is one.
    """
    included = replace(question, excluded=())  # what a page does not have says nothing of what it has
    expressions = {
        code: {
            "whole": strict_expression(question, code),
            "begun": strict_expression(question, code) | begun_expression(question, code),
            "anything": loose_expression(question, code),
            "names": name_expression(included, code),
            "rated": strict_expression(included, code),
            "rated_begun": begun_expression(included, code) if question.last_may_go_on else None,
        }
        for code in LANGUAGES
    }
    compiled, parameters = compile_expressions(expressions)
    in_section = "" if section is None else "AND section_id = %(section)s"
    parts = {code: {**expressions, "language": code, "in_section": in_section} for code, expressions in compiled.items()}
    others = [code for code in LANGUAGES if code != language]
    sql = FIND.format(
        matching=MATCHING.format(**parts[language]),
        elsewhere=" UNION ALL ".join(
            MATCHING_ELSEWHERE.format(**parts[code], own=compiled[language]["whole"]) for code in others
        ),
        loose=LOOSE.format(**parts[language]),
        asked=" UNION ALL ".join(ASKED.format(**part) for part in parts.values()),
    )
    skipped = (min(max(page_number, 1), MAX_SHOWN) - 1) * PAGE_SIZE
    parameters |= {"weights": WEIGHTS, "of_names": OF_NAMES, "language": language, "section": section, "skipped": skipped}
    return [Hit(*row) for row in run_query(sql, parameters)]


def find_words(question, misspelt_in=None):
    """Return `(marks, similar)`, with one query.

    `marks` are the words of the site that a `Question` means, as sets by language. `similar` are pairs of a word asked that no
    page in the language `misspelt_in` holds and a word written much like it, the most alike first; none without a language.
    """
    compiled, parameters = compile_expressions({code: {"marks": word_expression(question, code)} for code in LANGUAGES})
    parts = [MARKS.format(language=code, **expressions) for code, expressions in compiled.items()]
    if misspelt_in:
        words = [word for word in set(question.words) if MIN_LETTERS <= len(word) <= MAX_LETTERS and word.isalpha()]
        parts.append(NEAR)
        parameters |= {"words": words, "language": misspelt_in, "shortest": MIN_LETTERS, "candidates": CANDIDATES}
    marks, similar = {code: set() for code in LANGUAGES}, []
    for kind, about, word, _place in sorted(run_query(" UNION ALL ".join(parts), parameters), key=itemgetter(-1)):
        if kind == "mark":
            marks[about].add(word)
        else:
            similar.append((about, word))
    return marks, similar


def compile_expressions(expressions):
    """Return `({language: {name: SQL}}, parameters)` for `Expression`s by language and name; None becomes NULL."""
    compiled, parameters = {}, {}
    for code, by_name in expressions.items():
        compiled[code] = {}
        for name, expression in by_name.items():
            sql, values = (expression.sql, expression.values) if expression else ("NULL::tsquery", ())
            names = [f"{name}_{code}_{place}" for place in range(len(values))]
            parameters |= dict(zip(names, values, strict=True))
            compiled[code][name] = sql % tuple(f"%({one})s" for one in names)
    return compiled, parameters


def run_query(sql, parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()
