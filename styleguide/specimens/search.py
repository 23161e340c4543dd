"""The page of the search in its states, for the page of the design system."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from languages.codes import current_language
from search.paths import search_path
from search.promotions import PromotedPage
from search.question import MAX_LENGTH
from search.results import Result, SearchResults
from styleguide.components import Component, trilingual

NOWHERE = "#lists"
HEADING = trilingual("De jongerengarantie", "La Garantie pour la jeunesse", "The Youth Guarantee")
SECTION = trilingual("Onze mandaten", "Nos mandats", "Our mandates")
PASSAGE = {
    "nl": ("Binnen vier maanden een kwaliteitsvol aanbod voor ", "jongeren", " onder de 30."),
    "fr": ("Une offre de qualité dans les quatre mois pour les ", "jeunes", " de moins de 30 ans."),
    "en": ("An offer of good quality within four months for ", "young people", " under 30."),
}
REASON = trilingual(
    "Hier staat hoe je je inschrijft.", "Vous y trouverez comment vous inscrire.", "This is where you find out how to register."
)
WORD = trilingual("jongeren", "jeunes", "young")


def form():
    return {"question": WORD[current_language()], "action": search_path(current_language()), "longest": MAX_LENGTH}


def result(language):
    before, marked, after = PASSAGE[language]
    passage = ((before, False), (marked, True), (after, False))
    return Result(0, language, HEADING[language], NOWHERE, SECTION[language], timezone.now(), passage)


def results():
    """One in the reader's language and one in another, as they stand below different headings."""
    other = "fr" if current_language() == "nl" else "nl"
    return {"results": [result(current_language()), result(other)]}


def recommended():
    return {"promoted": [PromotedPage(0, HEADING[current_language()], NOWHERE, REASON[current_language()])]}


def very_many():
    """What stands below the last page of results; the links between pages are another specimen."""
    return {"search_results": SearchResults(None, total=640, shown_count=200)}


def suggestions():
    return {"suggestions": [(HEADING[current_language()], SECTION[current_language()]), (WORD[current_language()], "")]}


def components():
    return [
        Component("forms", _("Search form"), "search/form.html", form),
        Component("forms", _("Suggestions while typing"), "search/suggestions_specimen.html", suggestions),
        Component("lists", _("Results of a search"), "search/results.html", results),
        Component("lists", _("Recommended page in a search"), "search/promoted.html", recommended),
        Component("lists", _("The last of very many results"), "search/pagination.html", very_many),
        Component("notices", _("Help where a search finds nothing"), "search/help.html"),
    ]
