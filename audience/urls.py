"""The addresses at which readers answer and write, below each language."""

from django.urls import re_path
from django.views.generic import RedirectView

from audience.contact_views import contact
from audience.feedback_views import feedback
from audience.paths import CONTACT_SEGMENTS, FEEDBACK_SEGMENTS
from delivery.public import read_only

urlpatterns = [
    re_path(rf"^(?P<language>{language})/{segment}/(?P<slug>[0-9a-f]{{12}})/\Z", feedback, name=f"feedback_{language}")
    for language, segment in FEEDBACK_SEGMENTS.items()
]
for language, segment in CONTACT_SEGMENTS.items():
    start = rf"^(?P<language>{language})/{segment}"
    urlpatterns += [
        re_path(rf"{start}/\Z", contact, name=f"contact_{language}"),
        re_path(
            rf"{start}\Z",
            read_only(RedirectView.as_view(pattern_name=f"contact_{language}", permanent=True, query_string=True)),
        ),
    ]
