"""The addresses of the search, below each language."""

from django.urls import re_path

from search.api import api
from search.opensearch import opensearch
from search.paths import SEGMENTS, SUGGESTION_SEGMENTS
from search.views import search, suggest


def addresses(language, segment):
    """Return the addresses in a language; what people may type leads to the right one without its last slash too."""
    start = rf"^(?P<language>{language})/{segment}"
    return [
        re_path(rf"{start}/\Z", search, name="search"),
        re_path(rf"{start}\Z", search),
        re_path(rf"{start}/api/\Z", api, name="search_api"),
        re_path(rf"{start}/api\Z", api),
        re_path(rf"{start}/{SUGGESTION_SEGMENTS[language]}/\Z", suggest, name="search_suggestions"),
        re_path(rf"{start}/opensearch\.xml\Z", opensearch, name="opensearch"),
    ]


urlpatterns = [pattern for language, segment in SEGMENTS.items() for pattern in addresses(language, segment)]
