"""The addresses at which readers answer, one below each language."""

from django.urls import re_path

from audience.paths import SEGMENTS
from audience.views import feedback

urlpatterns = [
    re_path(rf"^(?P<language>{language})/{segment}/(?P<slug>[0-9a-f]{{12}})/\Z", feedback, name=f"feedback_{language}")
    for language, segment in SEGMENTS.items()
]
