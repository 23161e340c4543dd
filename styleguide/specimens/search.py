"""The page of the search in its states, for the page of the design system."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.codes import current_language
from languages.texts import text_for_reader
from search.paths import search_path
from search.promotions import PromotedPage
from search.question import MAX_LENGTH
from search.results import Result, SearchResults
from styleguide.components import Component, trilingual

NOWHERE = "#lists"
HEADING = trilingual("De jongerengarantie", "La Garantie pour la jeunesse", "The Youth Guarantee")
SECTION = trilingual("Onze mandaten", "Nos mandats", "Our mandates")
PASSAGE = (  # the second part is what was looked for
    trilingual(
        "Binnen vier maanden een kwaliteitsvol aanbod voor ",
        "Une offre de qualité dans les quatre mois pour les ",
        "An offer of good quality within four months for ",
    ),
    trilingual("jongeren", "jeunes", "young people"),
    trilingual(" onder de 30.", " de moins de 30 ans.", " under 30."),
)
REASON = trilingual(
    "Hier staat hoe je je inschrijft.", "Vous y trouverez comment vous inscrire.", "This is where you find out how to register."
)
WORD = trilingual("jongeren", "jeunes", "young")


def text_in(texts, language=None):
    """Return a text in a language, the reader's unless another is named; where it has none, in another."""
    return text_for_reader(texts, language or current_language()).text


def form():
    return {"question": text_in(WORD), "action": search_path(current_language()), "longest": MAX_LENGTH}


def result(language):
    passage = tuple((text_in(part, language), part is PASSAGE[1]) for part in PASSAGE)
    return Result(0, language, text_in(HEADING, language), NOWHERE, text_in(SECTION, language), timezone.now(), passage)


def results():
    """One in the reader's language and one in another, as they stand below different headings."""
    other = "fr" if current_language() == "nl" else "nl"
    return {"results": [result(current_language()), result(other)]}


def recommended_page():
    return {"promotions": [PromotedPage(0, text_in(HEADING), NOWHERE, text_in(REASON))]}


def very_many():
    """What stands below the last page of results; the links between pages are another specimen."""
    return {"search_results": SearchResults(None, total=640, shown_count=200)}


def suggestions():
    return {"suggestions": [(text_in(HEADING), text_in(SECTION)), (text_in(WORD), "")]}


def components():
    return [
        Component(
            "forms",
            _("Search field of every page"),
            "includes/search_field.html",
            lambda: {"language": current_language(), "label": _("Search field of every page")},
        ),
        Component("forms", _("Search form"), "search/form.html", form),
        Component("forms", _("Suggestions while typing"), "styleguide/specimens/suggestions.html", suggestions),
        Component("lists", _("Results of a search"), "search/results.html", results),
        Component("lists", _("Recommended page in a search"), "search/promotions.html", recommended_page),
        Component("lists", _("The last of very many results"), "search/pagination.html", very_many),
        Component("notices", _("Help where a search finds nothing"), "search/help.html"),
    ]
