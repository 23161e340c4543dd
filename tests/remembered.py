"""Pages with a text that the translation memory remembers, and what it is asked."""

from django.urls import reverse

from tests.building import make_standard
from translation_memory.models import RememberedText

SENTENCES = {
    "nl": "Werkzoekenden uit het Brussels Gewest krijgen begeleiding van een consulent.",
    "fr": "Les chercheurs d’emploi de la Région bruxelloise sont accompagnés par un conseiller.",
    "en": "Jobseekers from the Brussels Region are guided by a counsellor.",
}


def matches_url(page):
    return reverse("text_matches", args=["pages", "standardpage", page.pk])


def summaries(**others):
    return {f"summary_{code}": text for code, text in {**SENTENCES, **others}.items()}


def make_page(home, name, **others):
    return make_standard(home, name, **{**summaries(), **others})


def remembered_texts(language="nl"):
    return set(RememberedText.objects.filter(language=language).values_list("text", flat=True))
