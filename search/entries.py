"""Pages as they are searched: what each says in each language in which it exists, and other words for it from the glossary."""

from dataclasses import dataclass
from functools import cached_property

from wagtail.models import Page

from directory.glossary.linking import Term, index_forms, matches
from directory.models import GlossaryTerm, Organisation, Person
from languages.codes import LANGUAGES
from languages.units import field_texts
from pages import last_changed
from pages.addresses import HOME_DEPTH, SECTION_DEPTH
from pages.models import GlossaryPage, SitePage
from search.page_lines import lines_of, named_entries
from search.words import compounds, words

MAX_CHARACTERS = 200_000  # characters of a page in one language: PostgreSQL's vectors end at a megabyte
EXPLAINED_BY = " – "  # between a term and its definition
WHOLE_GLOSSARY = "glossary"  # the source of the page that shows all terms
TERM_TEXTS = ("term", "abbreviation", "synonyms", "inflections", "definition")
# A stop word between two texts takes a place, so that no phrase runs from one into the next.
BETWEEN = {"nl": " de ", "fr": " de ", "en": " the "}


@dataclass(frozen=True)
class ReaderGlossary:
    """The terms for readers, as dictionaries of `TERM_TEXTS` by language, keyed by primary key."""

    terms: dict

    @classmethod
    def fetch(cls):
        """Return the glossary of now, with one query."""
        columns = [f"{name}_{code}" for name in TERM_TEXTS for code in LANGUAGES]
        rows = GlossaryTerm.objects.filter(for_staff_only=False).order_by("pk").values("pk", *columns)
        return cls({row["pk"]: {name: {c: row[f"{name}_{c}"] or "" for c in LANGUAGES} for name in TERM_TEXTS} for row in rows})

    @cached_property
    def forms(self):
        """What to look for in texts, by language: a `directory.glossary.linking` index of terms by primary key."""
        return {code: index_forms(tuple(linking_term(pk, term, code) for pk, term in self.terms.items())) for code in LANGUAGES}

    def terms_used_in(self, text, code):
        """Return the primary keys of the terms that stand in a text."""
        return {form.term.anchor for form, _span in matches(self.forms[code], text)}

    def terms_named_in(self, names, code):
        """Return the primary keys of the terms of which a form stands in one of some names, in whatever case."""
        spaced = f" {' | '.join(' '.join(words(name)) for name in names)} "
        return {pk for pk, forms in self.spaced_forms[code].items() if any(form in spaced for form in forms)}

    @cached_property
    def spaced_forms(self):
        """The words of all forms of the terms, between spaces, by language and primary key."""
        return {
            code: {
                pk: {f" {' '.join(words(text))} " for text in all_forms(term, code) if words(text)}
                for pk, term in self.terms.items()
            }
            for code in LANGUAGES
        }

    def other_words(self, keys, code):
        """Return what else people call terms: all forms in their language, and the abbreviations in every language."""
        return [text for pk in sorted(keys) for text in all_forms(self.terms[pk], code) if text]

    def lines(self, code):
        """Yield what the page of the glossary says of each term."""
        for term in self.terms.values():
            if term["term"][code]:
                yield EXPLAINED_BY.join(filter(None, (term["term"][code], term["definition"][code])))


def written_forms(term, code):
    return (term["term"][code], *term["synonyms"][code].split(";"), *term["inflections"][code].split(";"))


def all_forms(term, code):
    return (*written_forms(term, code), *term["abbreviation"].values())


def linking_term(pk, term, code):
    return Term(pk, written_forms(term, code), tuple(set(term["abbreviation"].values())))


def fresh_entries(pages):
    """Return the entries of pages of specific types, as plain dictionaries; makes three queries at most.

    What stands in `a` to `d` are words, and goes into the vector by weight.
    """
    if not pages:
        return []
    glossary, names = ReaderGlossary.fetch(), names_of({entry for page in pages for entry in named_entries(page)})
    sections = section_keys(pages)
    return [
        fresh_entry(page, code, glossary, names) | {"section": sections.get(page.path[: SECTION_DEPTH * Page.steplen])}
        for page in pages
        for code in LANGUAGES
        if getattr(page, f"address_{code}") is not None
    ]


def fresh_entry(page, code, glossary, names):
    """Return what a page says in one language, without its section. Makes no query."""
    short_names = [text for name in ("heading", "abbreviation") if (text := texts_of(page, name)[code])]
    own_names = [*short_names, texts_of(page, "full_name")[code]]
    everywhere = texts_of(page, "abbreviation")
    body = list(lines_of(page, code, names))
    shows_glossary = isinstance(page, GlossaryPage)
    heading, summary, opening = (page_text(page, name, code) for name in ("heading", "summary", "opening"))
    lead = [text for text in dict.fromkeys((summary, opening)) if text]  # they may say the same
    topic = glossary.terms_named_in(short_names, code)
    used = (glossary.terms_named_in(own_names, code) | glossary.terms_used_in("\n".join((*lead, *body)), code)) - topic
    definitions = list(glossary.lines(code)) if shows_glossary else []
    passages = "\n".join((*lead[1:], *body, *definitions))[:MAX_CHARACTERS]
    return {
        "page": page.pk,
        "language": code,
        "heading": heading,
        "summary": summary,
        "passages": passages,
        "sources": sources(page, names, topic | used, shows_glossary),
        "changed_at": changed_at(page, code),
        "names": " ".join(words(" ".join(own_names))),
        "words": sorted({word for text in (*own_names, *lead[:1], *passages.split("\n")) for word in words(text)}),
        "a": join_words((*own_names, *everywhere.values()), code),
        "b": join_words((*lead, *glossary.other_words(topic, code)), code),
        "c": join_words("\n".join(body)[:MAX_CHARACTERS].split("\n"), code),
        # Of the lowest weight, since the glossary mentions every term.
        "d": join_words((*glossary.other_words(used, code), *definitions), code)[:MAX_CHARACTERS],
    }


def texts_of(page, name):
    """Return the texts of a translated field by language; empty ones for a page without that field."""
    return field_texts(page, name) if hasattr(page, name) else dict.fromkeys(LANGUAGES, "")


def page_text(page, name, code):
    return " ".join(texts_of(page, name)[code].split())


def join_words(texts, code):
    """Return the words of texts, each text after a stop word (see `BETWEEN`), then as one word what they write in parts."""
    runs = [" ".join(run) for text in texts if (run := words(text))]
    compound_words = [word for text in texts for word in compounds(text)]
    return "".join(BETWEEN[code] + run for run in (*runs, *dict.fromkeys(compound_words)))


def changed_at(page, code):
    """Return when readers of a language last saw a change, in ISO form, None if nothing changed since the day it appeared."""
    return last_changed.moment_of_change(page, code) or None


def sources(page, names, terms, shows_glossary):
    """Return the keys of the entries of the directory whose words stand in a page's entry, sorted."""
    entries = {source(*entry) for entry in named_entries(page) if entry in names}
    return sorted(entries | {source(GlossaryTerm, pk) for pk in terms} | ({WHOLE_GLOSSARY} if shows_glossary else set()))


def source(model, pk):
    """Return the key of an entry of the directory: "organisation:3"."""
    return f"{model._meta.model_name}:{pk}"


def names_of(entries):
    """Return `{(model, primary key): {language: name}}` of organisations and people, with one query a model."""
    keys = {model: [pk for other, pk in entries if other is model] for model in (Organisation, Person)}
    names = {}
    for organisation in Organisation.objects.filter(pk__in=keys[Organisation]) if keys[Organisation] else ():
        name, abbreviation = field_texts(organisation, "name"), field_texts(organisation, "abbreviation")
        names[Organisation, organisation.pk] = {code: with_abbreviation(name[code], abbreviation[code]) for code in LANGUAGES}
    for person in Person.objects.filter(pk__in=keys[Person]) if keys[Person] else ():
        names[Person, person.pk] = dict.fromkeys(LANGUAGES, person.name)
    return names


def with_abbreviation(name, abbreviation):
    return f"{name} ({abbreviation})" if name and abbreviation and abbreviation != name else name or abbreviation


def section_keys(pages):
    """Return `{tree path: primary key}` of the sections of pages: their ancestors directly below home, or they themselves."""
    paths = {page.path[: SECTION_DEPTH * Page.steplen] for page in pages if page.depth > HOME_DEPTH}
    return dict(SitePage.objects.filter(path__in=paths).values_list("path", "pk")) if paths else {}
