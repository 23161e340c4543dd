"""Where readers search: one address a language, all asking the same question; what programs ask stands below it."""

from django.utils.http import urlencode

from languages.paths import path_of

SEGMENTS = {"nl": "zoeken", "fr": "recherche", "en": "search"}  # reserved in pages/addresses.py
SUGGESTION_SEGMENTS = {"nl": "suggesties", "fr": "suggestions", "en": "suggestions"}


def search_path(language, **parameters):
    """Return the path of a search: "/nl/zoeken/?q=eures"; parameters that are empty are left out."""
    given = {name: value for name, value in parameters.items() if value}
    return path_of(language, SEGMENTS[language]) + (f"?{urlencode(given)}" if given else "")
