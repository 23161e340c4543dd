"""Cards: pages below others as lists show them, with their photographs, fetched with one query."""

import json
from functools import lru_cache

from django.apps import apps
from django.db.models import BooleanField, Count, Q, Value
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property
from wagtail.images import get_image_model
from wagtail.models import Page

from directory.gathering import Gathering, objects_in
from pages.placed_pages import placed_pages
from pages.preloading import picture_rows, rendition_rows, with_renditions

IS_CHILD = RawSQL('"path" LIKE ANY(%(patterns)s)', [], BooleanField())


class Cards:
    """The children of some pages that exist in a language, in the order of the tree, for a `Paginator` too."""

    def __init__(self, parents, language, start, stop):
        """What stands between `start` and `stop` is fetched along with the number of all, as somebody will ask for it."""
        self.patterns = [page.path + "_" * Page.steplen for page in parents]
        self.language, self.start, self.stop = language, start, stop

    @cached_property
    def expected(self):
        return self.fetch(self.start, self.stop)

    def fetch(self, start, stop):
        """Return the cards from `start` to `stop`, and the number of all, with one query; with none where no parent is."""
        if not self.patterns:
            return [], 0
        query = cards_query(self.language, start, stop)
        found = query.fetch(patterns=self.patterns)
        pictures = with_renditions(objects_in(get_image_model(), found["pictures"]), found["renditions"])
        cards = placed_pages(found["cards"])
        for card in cards:
            card.photograph = pictures.get(card.photograph_id)
        return cards, sum(row["number"] for row in json.loads(found["number"]))

    def count(self):
        return self.expected[1]

    def __getitem__(self, part):
        start = part.start or 0
        cards, _number = self.expected if start == self.start else self.fetch(start, part.stop)
        return cards[: part.stop - start]


@lru_cache(maxsize=64)
def cards_query(language, start, stop):
    """Return the query for the cards of a language from `start` to `stop`."""
    cards = apps.get_model("pages", "SitePage").objects.existing_in(language).filter(IS_CHILD)
    shown = cards.order_by("path")[start:stop]
    pictures = picture_rows(Q(pk__in=shown.values("photograph")))
    number = cards.order_by().annotate(alike=Value(1)).values("alike").annotate(number=Count("pk")).values("number")
    return Gathering(cards=shown, number=number, pictures=pictures, renditions=rendition_rows(pictures))
