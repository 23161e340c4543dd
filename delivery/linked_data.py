"""JSON-LD by schema.org, as plain dictionaries from plain values: nothing here knows Django or asks a database.

All that a page says is one graph. A thing has the same `@id` on every page, so that whoever reads several can join them: the
organisation and the site below the site's address, a page at its own.
Sources: the vocabulary of schema.org; JSON-LD 1.1 (W3C Recommendation of 16 July 2020).
"""

import json
from dataclasses import dataclass, field

MEDIA_TYPE = "application/ld+json"
# Within a script element nothing may look like markup (HTML Living Standard, "Restrictions for contents of script elements").
ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes the site; what is not known is ""."""

    name: str
    other_names: list = field(default_factory=list)
    street: str = ""
    postal_code: str = ""
    municipality: str = ""
    telephone: str = ""
    spoken: tuple = ()
    number: str = ""
    number_label: str = ""
    logo: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """A page in one language. `translations` are its addresses by language, this one included; `trail` is `(name, url)` of
    what stands above it, the home page first; `terms_file` is the address of the terms that it defines, "" without any."""

    url: str
    language: str
    name: str
    kind: str = "WebPage"
    description: str = ""
    changed: str = ""
    picture: str = ""
    translations: dict = field(default_factory=dict)
    trail: list = field(default_factory=list)
    terms_file: str = ""


@dataclass(frozen=True, slots=True)
class DefinedTerm:
    """A term at its anchor on the page that defines it; `other_names` are abbreviations and synonyms."""

    anchor: str
    name: str
    other_names: list = field(default_factory=list)
    definition: str = ""


def graph(root, site_name, languages, organisation, subject):
    """Return what a page says, ready to be printed. `root` is the site's address without a slash at its end."""
    return as_graph(
        publisher(root, organisation),
        website(root, site_name, languages),
        page(root, subject),
        *([breadcrumbs(subject)] if subject.trail else []),
        *([glossary(subject)] if subject.terms_file else []),
    )


def as_graph(*things):
    """Return one graph of several things."""
    return {"@context": "https://schema.org", "@graph": [without_empty(thing) for thing in things]}


def without_empty(thing):
    """Return a thing without the properties that say nothing."""
    return {name: value for name, value in thing.items() if value not in ("", None, [], {})}


def reference(identifier):
    return {"@id": identifier}


def publisher(root, organisation):
    address = {
        "@type": "PostalAddress",
        "streetAddress": organisation.street,
        "postalCode": organisation.postal_code,
        "addressLocality": organisation.municipality,
        "addressCountry": "BE",
    }
    point = {
        "@type": "ContactPoint",
        "telephone": organisation.telephone,
        "contactType": "customer service",
        "availableLanguage": list(organisation.spoken),
    }
    number = {"@type": "PropertyValue", "name": organisation.number_label, "value": organisation.number}
    return {
        "@type": "GovernmentOrganization",
        "@id": f"{root}/#organisation",
        "name": organisation.name,
        "alternateName": organisation.other_names,
        "url": f"{root}/",
        "logo": organisation.logo,
        "address": without_empty(address) if organisation.street else None,
        "telephone": organisation.telephone,
        "contactPoint": without_empty(point) if organisation.telephone else None,
        "identifier": without_empty(number) if organisation.number else None,
    }


def website(root, name, languages):
    return {
        "@type": "WebSite",
        "@id": f"{root}/#website",
        "url": f"{root}/",
        "name": name,
        "inLanguage": list(languages),
        "publisher": reference(f"{root}/#organisation"),
    }


def page(root, subject):
    """Return the page in its language; each of its translations names all others, and none is the original."""
    return {
        "@type": subject.kind,
        "@id": subject.url,
        "url": subject.url,
        "name": subject.name,
        "description": subject.description,
        "inLanguage": subject.language,
        "dateModified": subject.changed,
        "primaryImageOfPage": {"@type": "ImageObject", "url": subject.picture} if subject.picture else None,
        "isPartOf": reference(f"{root}/#website"),
        "publisher": reference(f"{root}/#organisation"),
        "workTranslation": [
            {"@type": subject.kind, "@id": url, "inLanguage": code}
            for code, url in subject.translations.items()
            if code != subject.language
        ],
        "breadcrumb": reference(f"{subject.url}#breadcrumbs") if subject.trail else None,
        "mainEntity": reference(term_set_id(subject.url)) if subject.terms_file else None,
    }


def breadcrumbs(subject):
    steps = [*subject.trail, (subject.name, subject.url)]
    return {
        "@type": "BreadcrumbList",
        "@id": f"{subject.url}#breadcrumbs",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }


def glossary(subject):
    """Return the terms that a page defines by name alone: they are twice as long as the page, and stand in a file of theirs."""
    return {
        "@type": "DefinedTermSet",
        "@id": term_set_id(subject.url),
        "name": subject.name,
        "inLanguage": subject.language,
        "encoding": {"@type": "MediaObject", "contentUrl": subject.terms_file, "encodingFormat": MEDIA_TYPE},
    }


def term_set_id(url):
    """Return the `@id` of the terms that the page at `url` defines: the same on the page and in the file."""
    return f"{url}#terms"


def terms_file(root, url, name, language, terms):
    """Return the graph of all terms of the page at `url`, in one language; `terms` are `DefinedTerm`s."""
    return as_graph(
        {
            "@type": "DefinedTermSet",
            "@id": term_set_id(url),
            "url": url,
            "name": name,
            "inLanguage": language,
            "publisher": reference(f"{root}/#organisation"),
            "hasDefinedTerm": [
                without_empty(
                    {
                        "@type": "DefinedTerm",
                        "@id": f"{url}#{term.anchor}",
                        "name": term.name,
                        "alternateName": term.other_names,
                        "description": term.definition,
                    }
                )
                for term in terms
            ],
        }
    )


def to_json(data):
    """Return data as JSON that a script element of a page may hold, whatever stands in its texts."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(ESCAPES)
