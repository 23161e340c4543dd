"""Cards: pages below others as lists show them, with their photographs, fetched with one query."""

import json
from functools import lru_cache

from django.apps import apps
from django.db.models import BooleanField, CharField, Count, Q, Value
from django.db.models.expressions import RawSQL
from django.utils.functional import cached_property
from wagtail.images import get_image_model

from directory.gathering import Gathering, given_value, objects_in
from pages.addresses import STEPS
from pages.placed_pages import placed_pages
from pages.preloading import picture_rows, rendition_rows, with_renditions

# In the order of the tree, what stands below a page comes between its own path and the last one that could begin with it: so
# nothing is read but what is below, whatever else the site holds.
IS_CHILD = f"{{page}} > {{parent}} AND {{page}} < {{parent}} || '~' AND length({{page}}) = length({{parent}}) + {STEPS}"
IS_SHOWN = f"""
    "page_ptr_id" IN (
        SELECT child.id FROM unnest(%(parents)s::text[]) AS parent (path) CROSS JOIN LATERAL (
            SELECT page.id FROM wagtailcore_page AS page JOIN pages_sitepage ON page_ptr_id = page.id
            WHERE {IS_CHILD.format(page="page.path", parent="parent.path")} AND address_{{language}} IS NOT NULL
            ORDER BY page.path OFFSET {{start}} LIMIT {{number}}
        ) AS child
    )
"""  # noqa: S608  (constants only)


class Cards:
    """The children of a page that exist in a language, in the order of the tree, for a `Paginator` too."""

    def __init__(self, parent, language, start, stop):
        """What stands between `start` and `stop` is fetched along with the number of all, as somebody will ask for it."""
        self.parent, self.language, self.start, self.stop = parent, language, start, stop

    @cached_property
    def expected(self):
        return self.fetch(self.start, self.stop)

    def fetch(self, start, stop):
        """Return the cards from `start` to `stop`, and the number of all, with one query."""
        query = cards_query(self.language, start, stop - start, is_counted=True)
        found = query.fetch(parents=[self.parent.path], parent=self.parent.path)
        return cards_in(found), sum(row["number"] for row in json.loads(found["number"]))

    def count(self):
        return self.expected[1]

    def __getitem__(self, part):
        start = part.start or 0
        cards, _number = self.expected if start == self.start else self.fetch(start, part.stop)
        return cards[: part.stop - start]


def first_cards(parents, language, number):
    """Return the first so many children of each of some pages that exist in a language, as cards, with one query or none."""
    if not parents:
        return []
    return cards_in(cards_query(language, 0, number).fetch(parents=[page.path for page in parents]))


def cards_in(found):
    """Return the cards in what a query found."""
    pictures = with_renditions(objects_in(get_image_model(), found["pictures"]), found["renditions"])
    cards = placed_pages(found["cards"])
    for card in cards:
        card.photograph = pictures.get(card.photograph_id)
    return cards


@lru_cache(maxsize=64)
def cards_query(language, start, number, is_counted=False):
    """Return the query for so many cards of a language from `start` on below each parent, and for the number of all of one."""
    pages = apps.get_model("pages", "SitePage").objects.existing_in(language)
    shown = pages.filter(condition(IS_SHOWN.format(language=language, start=start, number=number))).order_by("path")
    pictures = picture_rows(Q(pk__in=shown.values("photograph")))
    is_below = Q(path__gt=given_value("parent", CharField())) & condition(IS_CHILD.format(page='"path"', parent="%(parent)s"))
    counted = {"number": number_of(pages.filter(is_below))}
    return Gathering(cards=shown, pictures=pictures, renditions=rendition_rows(pictures), **(counted if is_counted else {}))


def condition(sql):
    return Q(RawSQL(sql, [], BooleanField()))  # noqa: S611  (constants only)


def number_of(pages):
    """Return the query for one row, with how many pages there are as its `number`."""
    return pages.order_by().annotate(alike=Value(1)).values("alike").annotate(number=Count("pk")).values("number")
