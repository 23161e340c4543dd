"""What PostgreSQL is asked about the words of a question: which the site has, how common they are, and their synonyms."""

from collections import namedtuple
from operator import itemgetter

from languages.codes import LANGUAGES
from search.meaning import possible_synonyms
from search.sql import compile_expressions, run_query
from search.tsquery import term_expression, word_expression

MIN_LETTERS, MAX_LETTERS = 3, 40  # letters of a word that somebody may have misspelt
CANDIDATES = 12  # for what it was to be
MAX_COUNTED = 100  # pages: a word that stands on more is as common as any
MARKS = "SELECT 'mark', '{language}', word, 0 FROM search_word WHERE language = '{language}' AND vector @@ ({marks})"
# Words of a question that no page of the language holds and no synonym has, each with words of the site that are written much
# like it.
NEAR = """
    (WITH unknown AS MATERIALIZED (
        SELECT word FROM unnest(%(words)s::text[]) AS word
        WHERE numnode(phraseto_tsquery(('search_' || %(language)s)::regconfig, word)) > 0 AND NOT EXISTS (
            SELECT FROM search_entry
            WHERE language = %(language)s AND vector @@ phraseto_tsquery(('search_' || %(language)s)::regconfig, word)
        ) AND NOT EXISTS (
            SELECT FROM search_synonym
            WHERE to_tsvector(('search_' || %(language)s)::regconfig, {words})
                @@ phraseto_tsquery(('search_' || %(language)s)::regconfig, word)
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
# On how many pages of the language a term stands, as far as that matters.
COUNT = f"""
    SELECT 'count', '{{number}}', '', count(*) FROM (
        SELECT FROM search_entry WHERE language = '{{language}}' AND vector @@ ({{expression}}) LIMIT {MAX_COUNTED}
    ) AS counted
"""  # noqa: S608  (constants and placeholders)
SYNONYMS = """
    SELECT CASE WHEN is_for_main_site THEN 'main site' ELSE 'synonym' END, gram, {words}, coalesce(page_id, 0)
    FROM unnest(%(grams)s::text[]) AS gram JOIN search_synonym ON keys && (
        ARRAY[%(synonyms_of)s || gram] || CASE WHEN strpos(gram, ' ') > 0 THEN '{{}}' ELSE
            ARRAY(
                SELECT %(synonyms_of)s || unnest(tsvector_to_array(to_tsvector(('search_' || %(language)s)::regconfig, gram)))
            )
        END
    )
"""
QuestionWords = namedtuple("QuestionWords", "marks similar pages synonyms is_for_main_site")


def find_words(question, language):
    """Return the `QuestionWords` about a `Question` without its everyday words, with one query.

    `marks` are the words of the site that it means, as sets by language; `similar` are pairs of a word that no page in
    `language` holds and a word written much like it, the most alike first; `pages` says on how many pages each term stands, by
    its words, up to `MAX_COUNTED`; `synonyms` are as `search.meaning.meaning` takes them; `is_for_main_site` says that the
    organisation's main site answers one of them.
    """
    compiled, parameters = compile_expressions({code: {"marks": word_expression(question, code)} for code in LANGUAGES})
    parts = [MARKS.format(language=code, **expressions) for code, expressions in compiled.items()]
    for number, term in enumerate(question.terms):
        expression = term_expression(term, language)
        if expression:
            counted, values = compile_expressions({language: {f"count{number}": expression}})
            parts.append(COUNT.format(number=number, language=language, expression=counted[language][f"count{number}"]))
            parameters |= values
    words = [word for word in set(question.words) if MIN_LETTERS <= len(word) <= MAX_LETTERS and word.isalpha()]
    parameters |= {"words": words, "language": language, "shortest": MIN_LETTERS, "candidates": CANDIDATES}
    parameters |= {"grams": possible_synonyms(question), "synonyms_of": f"{language}:"}
    parts += [template.format(words=f"words_{language}") for template in (NEAR, SYNONYMS)]
    return read_words(run_query(" UNION ALL ".join(parts), parameters), question)


def read_words(rows, question):
    """Return the `QuestionWords` in rows of `(kind, about, text, number)`, of which the queries above say what they hold.

    "mark": a word `text` of the language `about`; "near": `text` is written like the word `about`; "count": the term at place
    `about` stands on `number` pages; "synonym", or "main site" where that answers it: `about`, the words `text` and `number`
    are those of a synonym.
    """
    marks, similar, pages, synonyms = {code: set() for code in LANGUAGES}, [], {}, []
    is_for_main_site = any(kind == "main site" for kind, *_rest in rows)
    for kind, about, text, number in sorted(rows, key=itemgetter(-1)):
        if kind == "mark":
            marks[about].add(text)
        elif kind == "near":
            similar.append((about, text))
        elif kind == "count":
            pages[question.terms[int(about)].words] = number
        else:
            synonyms.append((about, text.split(";"), number))
    return QuestionWords(marks, similar, pages, synonyms, is_for_main_site)
