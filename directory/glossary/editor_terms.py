"""The glossary beside the texts of the editor: which terms of the house a text uses, and what they are in each language."""

from directory.glossary.linking import texts_between_tags
from directory.glossary.usage import COLUMNS, Glossary
from directory.models import GlossaryTerm
from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader

SHOWN = (*COLUMNS, "definition")


def term_notes(instance, texts):
    """Return the terms that stand in texts, with one query for all of them: a contribution to `languages.text_notes`.

    {"terms": [{"nl": ["bevoegde dienst", "BD"], "fr": …}],  each with its abbreviation; for staff and everyday words too
     "definitions": [{"language": "fr", "text": …}],       of the same terms, in the language of the admin where there is one
     "terms_in": {address: [place in the list of terms, …]}}
    """
    glossary = Glossary(SHOWN, without=instance.pk if isinstance(instance, GlossaryTerm) else None)
    used = {
        unit.address: keys for unit in texts if unit.kind not in ("url", "slug") and (keys := terms_used_in(unit, glossary))
    }
    shown = [key for key in glossary.rows if any(key in keys for keys in used.values())]
    places = {key: place for place, key in enumerate(shown)}
    rows = [glossary.rows[key] for key in shown]
    return {
        "terms": [{code: names_of(row, code) for code in LANGUAGES} for row in rows],
        "definitions": [definition_of(row) for row in rows],
        "terms_in": {address: sorted(places[key] for key in keys) for address, keys in used.items()},
    }


def names_of(row, code):
    """Return what the house says in a language, and its abbreviation, each "" where there is none."""
    return [row[f"{name}_{code}"] or "" for name in ("term", "abbreviation")]


def definition_of(row):
    """Return what a term means, for whoever reads the admin in the active language; "" where nobody wrote it."""
    shown = text_for_reader({code: row[f"definition_{code}"] or "" for code in LANGUAGES}, current_language())
    return {"language": shown.language, "text": shown.text}


def terms_used_in(unit, glossary):
    """Return the keys of the terms that a unit uses in any of its languages."""
    texts = ((code, text) for code in unit.languages for text in texts_between_tags(unit.texts[code]))
    return {key for code, text in texts for key in glossary.terms_in(text, code)}
