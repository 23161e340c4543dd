"""The addresses of the search, below each language."""

from django.urls import re_path

from search.addresses import API, SEGMENTS, SUGGESTING
from search.api import api
from search.views import search, suggest

VIEWS = {"": (search, "search"), f"/{API}": (api, "search_api")}
urlpatterns = [
    *(re_path(rf"^(?P<language>{code})/{step}/{SUGGESTING[code]}/\Z", suggest) for code, step in SEGMENTS.items()),
    *(
        pattern
        for language, segment in SEGMENTS.items()
        for below, (view, name) in VIEWS.items()
        for pattern in (
            re_path(rf"^(?P<language>{language})/{segment}{below}/\Z", view, name=name),
            re_path(rf"^(?P<language>{language})/{segment}{below}\Z", view),
        )
    ),
]
