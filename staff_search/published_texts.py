"""The pages on which readers find some words, from the index of their search."""

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from languages.codes import LANGUAGES
from search.models import Entry
from search.tsquery import configuration


def pages_that_say(words):
    """Return a queryset of the keys of the pages that say all of some words in one language, in whatever form of them."""
    text, condition = " ".join(words), Q()
    for code in LANGUAGES:
        condition |= Q(language=code, vector=SearchQuery(text, config=configuration(code)))
    return Entry.objects.filter(condition).values("page_id")
