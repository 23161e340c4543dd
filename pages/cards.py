"""Cards: pages below others as lists show them, with their photographs, fetched with one query."""

import json
from functools import lru_cache

from django.apps import apps
from django.db.models import BooleanField, Count, IntegerField, Q, Value
from django.db.models.expressions import RawSQL
from wagtail.images import get_image_model

from directory.gathering import Gathering, given_value, objects_in
from languages.codes import LANGUAGES
from pages.addresses import STEPS
from pages.placed_pages import placed_pages
from pages.preloading import picture_rows, rendition_rows, with_renditions

# In the order of the tree, what stands below a page comes between its own path and the last one that could begin with it: so
# nothing is read but what is below, whatever else the site holds.
IS_BELOW = "{page} > {parent} AND {page} < {parent} || '~'"
IS_SHOWN = f"""
    "page_ptr_id" IN (
        SELECT child.id FROM unnest(%(parents)s::text[]) AS parent (path) CROSS JOIN LATERAL (
            SELECT page.id FROM wagtailcore_page AS page JOIN pages_sitepage ON page_ptr_id = page.id
            WHERE {IS_BELOW.format(page="page.path", parent="parent.path")}
                AND length(page.path) = length(parent.path) + {STEPS} AND address_{{language}} IS NOT NULL
            ORDER BY page.path OFFSET {{start}} LIMIT {{number}}
        ) AS child
    )
"""  # noqa: S608  (constants only)
NUMBERS = {code: Count(f"address_{code}") for code in LANGUAGES}  # of some pages, in how many of which each exists


def cards_below(parent, language, start, number):
    """Return so many children of a page that exist in a language, from `start` on, as cards in the order of the tree.

    And how many exist in each language, as a mapping, with the same query.
    """
    query = cards_query(language, start, number, is_counted=True)
    found = query.fetch(parents=[parent.path], parent=parent.path, depth=parent.depth + 1)
    counted = json.loads(found["numbers"])
    return cards_in(found), counted[0] if counted else dict.fromkeys(LANGUAGES, 0)


def numbers_below(parent):
    """Return how many children of a page exist in each language."""
    return apps.get_model("pages", "SitePage").objects.child_of(parent).aggregate(**NUMBERS)


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
    """Return the query for so many cards of a language from `start` on below each parent, and for the numbers of all of one."""
    pages = apps.get_model("pages", "SitePage").objects
    shown = pages.existing_in(language)
    shown = shown.filter(condition(IS_SHOWN.format(language=language, start=start, number=number))).order_by("path")
    pictures = picture_rows(Q(pk__in=shown.values("photograph")))
    is_below = condition(IS_BELOW.format(page='"path"', parent="%(parent)s"))
    # By their depth PostgreSQL knows how many there may be: by the length of their paths it would look each up by itself.
    counted = {"numbers": numbers_of(pages.filter(is_below, depth=given_value("depth", IntegerField())))}
    return Gathering(cards=shown, pictures=pictures, renditions=rendition_rows(pictures), **(counted if is_counted else {}))


def condition(sql):
    return Q(RawSQL(sql, [], BooleanField()))  # noqa: S611  (constants only)


def numbers_of(pages):
    """Return the query for one row, or none, with how many of some pages exist in each language."""
    return pages.order_by().annotate(alike=Value(1)).values("alike").annotate(**NUMBERS).values(*LANGUAGES)
