"""The glossary beside a text: which terms a page may explain, fetched with one narrow query."""

import json
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from django.db.models import F, Subquery

from directory.gathering import Gathering
from directory.glossary.linking import Term, link_terms
from directory.models import GlossaryTerm, entry_anchor
from languages.paths import path_of

COLUMNS = ("term", "abbreviation", "synonyms", "inflections", "definition")


@dataclass(frozen=True, slots=True)
class Explanation:
    """A term with its definition in the reader's language.

    `path` leads to its entry in the glossary, `topic` to the page about it, both "" where there is none in that language.
    """

    anchor: str
    term: str
    abbreviation: str
    definition: str
    path: str
    topic: str = ""
    topic_heading: str = ""
    page_id: int | None = None


def explain_terms(html, page, language, glossary, found=None):
    """Return `html` with the page's terms linked, and an `Explanation` for each of them, in the order of the text.

    `glossary` is the model of the page that holds the entries, `found` the rows of `explained_terms` where they are at hand.
    """
    found = found or terms_alone(language, glossary).fetch()["terms"]
    terms, explanations = prepare_terms(found, language)
    html, used = link_terms(html, terms, language, topic_names(page, language))
    shown = [explanations[term.anchor] for term in used]
    return html, [replace(one, topic="") if one.page_id == page.pk else one for one in shown]


@cache
def terms_alone(language, glossary):
    return Gathering(terms=explained_terms(language, glossary))


def explained_terms(language, glossary):
    """Return the terms with a definition in a language, as rows with the glossary's address in it."""
    address = glossary.objects.filter(live=True).values(f"address_{language}")[:1]
    terms = GlossaryTerm.objects.filter(for_staff_only=False, is_everyday=False, **{f"definition_{language}__gt": ""})
    columns = (f"{name}_{language}" for name in COLUMNS)
    topic = {
        name: F(f"page__sitepage__{field}_{language}") for name, field in (("topic", "address"), ("topic_heading", "heading"))
    }
    return terms.order_by("pk").values("pk", "key", "page_id", *columns, **topic, glossary=Subquery(address))


@lru_cache(maxsize=16)
def prepare_terms(found, language):
    """Return the terms in rows of `explained_terms`, and their explanations by anchor; made anew when the glossary changes."""
    terms, explanations = [], {}
    for row in json.loads(found):
        values = {column.removesuffix(f"_{language}"): value or "" for column, value in row.items()}
        name = entry_anchor(values["key"], values["pk"])
        path = f"{path_of(language, values['glossary'])}#{name}" if values["glossary"] else ""
        forms = (values["term"], *values["synonyms"].split(";"), *values["inflections"].split(";"))
        terms.append(Term(name, forms, (values["abbreviation"],)))
        topic = path_of(language, values["topic"]) if values["topic"] else ""
        explanations[name] = Explanation(
            name,
            values["term"],
            values["abbreviation"],
            values["definition"],
            path,
            topic,
            values["topic_heading"],
            values["page_id"] or None,
        )
    return tuple(terms), explanations


def topic_names(page, language):
    """Return the names of what a page is about: nobody needs a link to those."""
    names = (getattr(page, f"{name}_{language}") for name in page.naming_fields)
    return " | ".join(filter(None, names))
