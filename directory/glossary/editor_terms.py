"""The glossary beside the texts of the editor: which terms of the house a text uses, and what they are in each language."""

from directory.glossary.linking import TAG, Term, index_forms, matches
from directory.models import GlossaryTerm
from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader

COLUMNS = ("term", "abbreviation", "synonyms", "inflections")
SHOWN = (*COLUMNS, "definition")


def term_notes(instance, texts):
    """Return the terms that stand in texts, with one query for all of them: a contribution to `languages.text_notes`.

    {"terms": [{"nl": ["bevoegde dienst", "BD"], "fr": …}],  each with its abbreviation; for staff and everyday words too
     "definitions": [{"language": "fr", "text": …}],       of the same terms, in the language of the admin where there is one
     "terms_in": {address: [place in the list of terms, …]}}
    """
    rows = list(GlossaryTerm.objects.order_by("pk").values("pk", *(f"{name}_{code}" for name in SHOWN for code in LANGUAGES)))
    if isinstance(instance, GlossaryTerm):
        rows = [row for row in rows if row["pk"] != instance.pk]
    forms = {code: index_forms(tuple(row_as_term(number, row, code) for number, row in enumerate(rows))) for code in LANGUAGES}
    places_by_address = {
        unit.address: used for unit in texts if unit.kind not in ("url", "slug") and (used := terms_used_in(unit, forms))
    }
    places = {
        number: place for place, number in enumerate(sorted({number for used in places_by_address.values() for number in used}))
    }
    return {
        "terms": [{code: names_of(rows[number], code) for code in LANGUAGES} for number in places],
        "definitions": [definition_of(rows[number]) for number in places],
        "terms_in": {address: [places[number] for number in used] for address, used in places_by_address.items()},
    }


def names_of(row, code):
    """Return what the house says in a language, and its abbreviation, each "" where there is none."""
    return [row[f"{name}_{code}"] or "" for name in ("term", "abbreviation")]


def definition_of(row):
    """Return what a term means, for whoever reads the admin in the active language; "" where nobody wrote it."""
    shown = text_for_reader({code: row[f"definition_{code}"] or "" for code in LANGUAGES}, current_language())
    return {"language": shown.language, "text": shown.text}


def row_as_term(number, row, code):
    """Return a row of the glossary as a `Term` of one language, named by its place."""
    text = {name: row[f"{name}_{code}"] or "" for name in COLUMNS}
    return Term(number, (text["term"], *text["synonyms"].split(";"), *text["inflections"].split(";")), (text["abbreviation"],))


def terms_used_in(unit, forms):
    """Return the places of the terms that a unit uses in any of its languages."""
    return sorted(
        {
            form.term.anchor
            for code in unit.languages
            for piece in TAG.split(unit.texts[code])[::2]
            for form, _span in matches(forms[code], piece)
        }
    )
