"""The glossary for machines: all its terms in one language, as JSON-LD in a file of their own.

Within the page they would be a third of it, which every reader would load and none would see.
"""

from django.conf import settings
from django.http import Http404, HttpResponse

from delivery import linked_data
from delivery.public import public
from languages.units import field_texts
from pages.models import GlossaryPage


@public
def terms_file(request, language):
    """Answer with the terms of the glossary; 404 where it does not exist in `language`."""
    page = GlossaryPage.objects.existing_in(language).first()
    if page is None:
        raise Http404
    return HttpResponse(linked_data.to_json(glossary_graph(page, language)), content_type=linked_data.MEDIA_TYPE)


def glossary_graph(page, language):
    """Return the graph of the terms that have a name in this very language."""
    url = settings.SITE_URL + page.paths()[language]
    terms = [defined_term(term, language) for term in page.terms(language)]
    terms = [term for term in terms if term.name]
    return linked_data.terms_file(settings.SITE_URL, url, field_texts(page, "heading")[language], language, terms)


def defined_term(term, language):
    """Return a glossary entry as plain values, without anything from another language."""
    own = {name: field_texts(term, name)[language] for name in ("term", "abbreviation", "synonyms", "definition")}
    others = [name.strip() for name in (own["abbreviation"], *own["synonyms"].split(";"))]
    return linked_data.DefinedTerm(term.anchor, own["term"], [name for name in others if name], own["definition"])
