"""The addresses of the search, one below each language."""

from django.urls import re_path

from search.addresses import SEGMENTS
from search.views import search

urlpatterns = [
    re_path(rf"^(?P<language>{language})/{segment}/\Z", search, name="search") for language, segment in SEGMENTS.items()
] + [re_path(rf"^(?P<language>{language})/{segment}\Z", search) for language, segment in SEGMENTS.items()]
