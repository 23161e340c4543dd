"""The addresses of shared drafts, below each language."""

from django.urls import re_path

from draft_links import views
from draft_links.paths import COMMENT_SEGMENTS, DRAFT_SEGMENTS

START = r"^(?P<language>{})/{}/(?P<token>[\w.-]{{16,200}})"  # language, segment
urlpatterns = []
for language, segment in DRAFT_SEGMENTS.items():
    start = START.format(language, segment)
    urlpatterns += [
        re_path(rf"{start}/?\Z", views.draft),
        re_path(rf"{start}/{COMMENT_SEGMENTS[language]}/?\Z", views.comment),
        re_path(rf"{start}/(?P<key>\d+)/(?P<name>[^/]+)\Z", views.document),
    ]
