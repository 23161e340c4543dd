"""Gathers what `linked_data` prints: a page, its place and its publisher as plain values, in one language. Makes no query."""

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from delivery import metadata
from delivery.linked_data import Publisher, Subject, graph
from languages.codes import LANGUAGES, OFFICIAL
from languages.texts import text_for_reader
from languages.units import field_texts, shown_text


def page_graph(page, site, navigation, defines_terms=False):
    """Return the JSON-LD graph of a page in the language of `navigation`, None where readers of it find no such page.

    The terms that a glossary defines are in a file of their own (`delivery/terms_file.py`).
    """
    language, url = navigation.language, navigation.canonical
    if url is None:
        return None
    picture = metadata.picture_of(page, language)
    subject = Subject(
        url=url,
        language=language,
        name=metadata.with_part(shown_text(page, "heading", language).text, navigation),
        kind=page.schema_type,
        description=metadata.description_of(page, language),
        changed=page.changed_at.get(language, ""),
        picture=picture.url if picture else "",
        translations=navigation.alternates,
        trail=trail(navigation),
        terms_file=settings.SITE_URL + reverse("terms", args=[language]) if defines_terms else "",
    )
    site_name = shown_text(site, "site_name", language).text
    publisher = organisation(site, language) if page.is_home else named_organisation(site, language)
    return graph(settings.SITE_URL, site_name, LANGUAGES, publisher, subject)


def trail(navigation):
    """Return what stands above a page, as the reader sees it in the breadcrumbs: `(name, absolute address)`."""
    language = navigation.language
    return [
        (
            _("Home") if ancestor == navigation.home else shown_text(ancestor, "heading", language).text,
            settings.SITE_URL + ancestor.paths()[language],
        )
        for ancestor in navigation.breadcrumbs
    ]


def named_organisation(site, language):
    """Return who publishes the site by name: by its `@id` the home page says the rest, and no page need say it again."""
    return Publisher(shown_text(site, "organisation_name", language).text)


def organisation(site, language):
    """Return who publishes the site, from its settings."""
    names = field_texts(site, "organisation_name")
    name = text_for_reader(names, language).text
    return Publisher(
        name=name,
        other_names=sorted({other for other in names.values() if other} - {name}),
        street=shown_text(site, "street", language).text,
        postal_code=site.postal_code,
        municipality=shown_text(site, "city", language).text,
        telephone=site.telephone,
        spoken=OFFICIAL,
        number=site.enterprise_number,
        number_label=_("Enterprise number"),
        logo=settings.SITE_URL + static("img/icon-512.png"),
    )
