"""The order of the pages below one page, which menus and lists follow: set-based, however many there are."""

from django.db import connection
from wagtail.log_actions import log
from wagtail.models import Page

from pages import address_writer
from pages.addresses import STEPS

# The pages keep among them the places in the tree that they have: each between the old and the new number takes that of its
# neighbour. What stands below a page goes along. `length` is that of a page's path, which begins with its parent's.
REORDER = """
    WITH ordered AS (
        SELECT path, row_number() OVER (ORDER BY path) - 1 AS number FROM wagtailcore_page
        WHERE path LIKE %(below)s AND length(path) = %(length)s
    ), moved AS (
        SELECT path, CASE WHEN number = %(old)s THEN %(new)s WHEN %(old)s < %(new)s THEN number - 1 ELSE number + 1 END
            AS number
        FROM ordered WHERE number BETWEEN least(%(old)s, %(new)s) AND greatest(%(old)s, %(new)s)
    )
    UPDATE wagtailcore_page SET path = %(mark)s || ordered.path || substr(wagtailcore_page.path, %(length)s + 1)
    FROM moved JOIN ordered USING (number)
    WHERE wagtailcore_page.path LIKE %(below)s AND left(wagtailcore_page.path, %(length)s) = moved.path
"""
MARK = "-"  # no path begins with it: no two pages have the same one in between, which the table would not allow
SETTLE = "UPDATE wagtailcore_page SET path = substr(path, 2) WHERE path LIKE %s"


def number_of(page):
    """Return how many siblings stand before a page."""
    return siblings(page).filter(path__lt=page.path).count()


def siblings(page):
    """Return the pages beside a page, and itself, as a queryset in their order."""
    return Page.objects.filter(path__startswith=page.path[:-STEPS], depth=page.depth).order_by("path")


def place(page, number, user):
    """Place a page so that `number` of its siblings stand before it, or last where there are fewer, and log that.

    The number of queries does not depend on how many pages there are. The caller is in a transaction.
    """
    address_writer.lock()
    page = Page.objects.get(pk=page.pk)
    old, new = number_of(page), min(max(number, 0), siblings(page).count() - 1)
    if new == old:
        return
    below, length = page.path[:-STEPS] + "%", len(page.path)
    with connection.cursor() as cursor:
        cursor.execute(REORDER, {"below": below, "length": length, "old": old, "new": new, "mark": MARK})
        cursor.execute(SETTLE, [f"{MARK}%"])
    parent = page.get_parent()
    there = {"id": parent.pk, "title": parent.specific_deferred.get_admin_display_title()}
    log(instance=page, action="wagtail.reorder", user=user, data={"source": there, "destination": there})
