"""What PostgreSQL is asked for: the pages that match a question, in the order of what they say about it.

Expressions stand in the conditions themselves, so that PostgreSQL sees how common their words are, and that each language has
an index of its own. What is counted, sorted and joined by the thousand are keys: long texts are only opened of the candidates.
"""

from collections import namedtuple
from dataclasses import replace

from languages.codes import LANGUAGES
from search.meaning import OF_A_SYNONYM
from search.sql import by_language, compile_expressions, run_query
from search.tsquery import expressions_of, term_expressions

PAGE_SIZE = 10
MAX_SHOWN = 200  # results that are weighed and shown at most: those that are called so come first, as nothing outweighs that
ELSEWHERE = 5  # results of each other language
MAX_WEIGHED_ELSEWHERE = 50
WEIGHTS = [0.05, 0.15, 0.4, 1.0]  # of D, C, B and A
OF_NAMES = [1, 1, 1, 1]
OF_A_BEGINNING = 0.1  # weight of a word that is only begun beside a whole one
OF_AN_ANSWER = 1.5  # weight of a page that staff name as the answer to a word
OF_THE_GLOSSARY = 0.2  # weight of its page, which holds everything
OF_THE_NAME = 4  # weight of a match in the page's names, divided by their number of words

OWN_TERMS = ", ".join(f"'{code}', term_{code}" for code in LANGUAGES)
TERM_NAMES = "concat_ws(' ', {})".format(
    ", ".join(
        [
            *(by_language("term", name) for name in ("term", "synonyms", "inflections")),
            *(f"term.abbreviation_{code}" for code in LANGUAGES),
        ]
    )
)
IS_GLOSSARY = "page_id IN (SELECT sitepage_ptr_id FROM pages_glossarypage)"
STRENGTH = f"""(
    ts_rank(%(weights)s::real[], vector, {{rated}})
    + {OF_THE_NAME} * ts_rank(%(of_names)s::real[], named, {{rated}}) / sqrt(1 + cardinality(string_to_array(names, ' ')))
)"""
RANK = f"""
    ({STRENGTH.format(rated="rated")}
    + {OF_A_BEGINNING} * coalesce(ts_rank(%(weights)s::real[], vector, rated_begun), 0))
"""
# How much of a question a page covers, rare words more than common ones.
COVERED = f"coalesce((SELECT sum(weight * {STRENGTH.format(rated='asked_for')}) FROM term), 0)"  # noqa: S608  (constants only)
MATCHING = f"""
    SELECT id, page_id, named @@ ({{names}}) AS is_named, {IS_GLOSSARY} AS is_glossary FROM search_entry
    WHERE language = '{{language}}' AND (vector @@ ({{begun}}) AND numnode({{whole}}) > 0 {{answering}}) {{in_section}}
"""  # noqa: S608  (constants and placeholders)
ANSWERING = "OR page_id = ANY(%(targets)s)"
# A question of which nothing is left in the reader's language, as it has only stop words, finds nothing anywhere.
MATCHING_ELSEWHERE = f"""
    (SELECT id FROM ({MATCHING}) AS other WHERE numnode({{own}}) > 0 AND page_id NOT IN (SELECT page_id FROM matching)
    ORDER BY is_named DESC, page_id LIMIT {MAX_WEIGHED_ELSEWHERE})
"""  # noqa: S608  (constants and the placeholders of `find_hits`)
# The glossary alone has all words of many a question, and answers few.
LOOSE = """
    SELECT id, page_id, named @@ ({names}) AS is_named FROM search_entry
    WHERE language = '{language}' AND (vector @@ ({anything}) OR page_id = ANY(%(targets)s)) {in_section}
        AND NOT EXISTS (SELECT FROM matching WHERE NOT is_glossary) AND NOT EXISTS (SELECT FROM elsewhere)
        AND id NOT IN (SELECT id FROM matching)
"""
# The terms of the glossary by anchor: all that they are called, and what each language calls them.
TERMS = """(
    SELECT json_object_agg(coalesce(nullif(key, ''), 'entry-' || term.id), json_build_object('names', {names}, {terms}))
    FROM directory_glossaryterm AS term WHERE NOT for_staff_only
)"""
EXPRESSIONS = """
    SELECT '{language}' AS language, false AS is_loose, {rated} AS rated, {rated_begun} AS rated_begun
    UNION ALL SELECT '{language}', true, {anything}, NULL::tsquery
"""
FIND = f"""
    WITH matching AS MATERIALIZED ({{matching}}),
    elsewhere AS MATERIALIZED ({{elsewhere}}),
    loose AS MATERIALIZED ({{loose}}),
    own AS (SELECT id, page_id, is_named, false AS is_loose FROM matching UNION ALL SELECT *, true FROM loose),
    answering AS (
        SELECT id, page_id, is_named, is_loose FROM own UNION ALL SELECT id, page_id, true, false FROM search_entry
        WHERE language = %(language)s AND page_id = ANY(%(targets)s) AND id NOT IN (SELECT id FROM own) {{in_section}}
    ),
    candidate AS (
        (SELECT id, is_loose FROM answering ORDER BY page_id = ANY(%(targets)s) DESC, is_named DESC, page_id LIMIT {MAX_SHOWN})
        UNION ALL SELECT id, false FROM elsewhere
    ),
    expression AS ({{expressions}}),
    term AS MATERIALIZED ({{term_rows}}),
    opened AS MATERIALIZED (
        SELECT id, is_loose, page_id, language, names, named, vector || ''::tsvector AS vector
        FROM candidate JOIN search_entry USING (id)
    ),
    ranked AS (
        SELECT id, page_id, language, is_loose,
            (CASE WHEN is_loose THEN 0 ELSE {RANK} END + CASE WHEN language = %(language)s THEN {COVERED} ELSE 0 END)
            * CASE WHEN {IS_GLOSSARY} AND NOT named @@ rated THEN {OF_THE_GLOSSARY} ELSE 1 END
            + CASE WHEN language = %(language)s THEN {{answering}} ELSE 0 END AS rank
        FROM opened JOIN expression USING (language, is_loose)
    ),
    ranking AS (
        SELECT *, count(*) OVER each AS shown, row_number() OVER (each ORDER BY rank DESC, page_id) AS place
        FROM ranked WINDOW each AS (PARTITION BY language)
    )
    SELECT ranking.language, (SELECT count(*) FROM answering), shown, place, is_loose, page_id, entry.heading, entry.summary,
        entry.passages, entry.changed_at, {by_language("page", "address")},
        {by_language("section", "heading")}, section_id = page_id,
        CASE WHEN entry.{IS_GLOSSARY} THEN {{terms}} END
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
ANSWER = f"""
    {OF_AN_ANSWER} * coalesce((
        SELECT weight FROM unnest(%(targets)s::integer[], %(target_weights)s::real[]) AS target (page, weight)
        WHERE page = page_id
    ), 0)
"""  # noqa: S608  (constants and placeholders)
Hit = namedtuple(
    "Hit", "language total shown place is_loose page heading summary passages changed_at address section is_section terms"
)


def find_hits(question, language, section, page_number, meaning):
    """Return the `Hit`s of a `Question`: those of a page of results in `language`, and the first ones of the others.

    `total` counts all pages in `language` that match, `shown` those of a language that may be shown, of which `place` is one.
    `meaning` says what weighs how much; `terms` are those of the glossary, where the page is that, as names by anchor.
    """
    included = replace(question, excluded=())  # what a page does not have says nothing of what it has
    expressions = {
        code: expressions_of(question, included, code, meaning.others if code == language else {}) for code in LANGUAGES
    }
    expressions[language] |= term_expressions(included, language, meaning.others)
    compiled, parameters = compile_expressions(expressions)
    parts = {
        code: {
            **expressions,
            "language": code,
            "in_section": "" if section is None else "AND section_id = %(section)s",
            "answering": ANSWERING if code == language and meaning.is_answered else "",
        }
        for code, expressions in compiled.items()
    }
    others = [code for code in LANGUAGES if code != language]
    sql = FIND.format(
        matching=MATCHING.format(**parts[language]),
        elsewhere=" UNION ALL ".join(
            MATCHING_ELSEWHERE.format(**parts[code], own=compiled[language]["whole"]) for code in others
        ),
        loose=LOOSE.format(**parts[language]),
        expressions=" UNION ALL ".join(EXPRESSIONS.format(**part) for part in parts.values()),
        term_rows=term_rows(included, compiled[language], meaning),
        answering=ANSWER,
        in_section=parts[language]["in_section"],
        terms=TERMS.format(names=TERM_NAMES, terms=OWN_TERMS),
    )
    skipped = (min(max(page_number, 1), MAX_SHOWN) - 1) * PAGE_SIZE
    parameters |= {"weights": WEIGHTS, "of_names": OF_NAMES, "language": language, "section": section, "skipped": skipped}
    parameters |= {"targets": list(meaning.targets), "target_weights": list(meaning.targets.values())}
    return [Hit(*row) for row in run_query(sql, parameters)]


def term_rows(question, compiled, meaning):
    """Return the SQL for the rows of the table `term`: what is looked for, and how much it counts."""
    rows = []
    for number, term in enumerate(question.terms):
        weight = meaning.weights.get(term.words, 1)
        for name, share in (("term", 1), ("other", OF_A_SYNONYM)):
            if (expression := compiled[f"{name}{number}"]) != "NULL::tsquery":
                rows.append(f"SELECT {weight * share:.4f} AS weight, {expression} AS asked_for")
    return " UNION ALL ".join(rows or ["SELECT 0 AS weight, ''::tsquery AS asked_for"])
