"""The addresses of the search, one below each language."""

from django.urls import re_path

from search.addresses import SEGMENTS, SUGGESTING
from search.views import search, suggest

urlpatterns = [
    *(re_path(rf"^(?P<language>{code})/{step}/\Z", search, name="search") for code, step in SEGMENTS.items()),
    *(re_path(rf"^(?P<language>{code})/{step}\Z", search) for code, step in SEGMENTS.items()),
    *(re_path(rf"^(?P<language>{code})/{step}/{SUGGESTING[code]}/\Z", suggest) for code, step in SEGMENTS.items()),
]
