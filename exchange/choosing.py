"""Of what texts go out: rows of the table of everything, a page with all below it, or all that somebody may change."""

from dataclasses import dataclass
from urllib.parse import urlencode

from wagtail.models import Page

from newsroom.reports.languages_report import page_type_keys
from newsroom.reports.standing_rows import BEHIND, MISSING, OPEN, in_state
from pages.models import SitePage
from worklists.chosen_rows import PARAMETER, chosen_rows
from worklists.rights import rows_to_change

BELOW = "below"


@dataclass(frozen=True, slots=True)
class Choice:
    """`names` are those of rows, as an address has them (`worklists.chosen_rows`); `below` is the key of a page, with all that
    is below it. With neither, everything is meant.
    """

    names: tuple = ()
    below: int | None = None

    @classmethod
    def of_query(cls, query):
        """Return what the query of an address names."""
        below = query.get(BELOW, "")
        return cls(tuple(query.getlist(PARAMETER)), int(below) if below.isdecimal() and len(below) < 10 else None)

    @property
    def query(self):
        """The query of an address that names the same."""
        pairs = [(PARAMETER, name) for name in self.names]
        return urlencode([*pairs, (BELOW, self.below)] if self.below else pairs)

    def rows(self, user):
        """Return the rows that are meant, of what somebody may change; an alias has its texts from its source."""
        rows = rows_to_change(user).filter(mirrors=None)
        if self.names:
            return rows.filter(pk__in=[one.pk for one in chosen_rows(user, list(self.names))])
        if not self.below:
            return rows
        page = Page.objects.filter(pk=self.below).first()
        pages = page.get_descendants(inclusive=True) if page else Page.objects.none()
        return rows.filter(content_type__in=page_type_keys(), object_id__in=pages.order_by().values("pk"))

    def rows_for(self, user, source, target, only_waiting):
        """Return those of the rows in which there may be something to translate from one language into another.

        What is in translation is among them, as its texts are counted.
        """
        rows = self.rows(user).filter(**{f"languages__{source}__filled__gt": 0})
        if self.names or not only_waiting:
            return rows
        return rows.filter(in_state(MISSING, [target]) | in_state(BEHIND, [target]) | in_state(OPEN, [source, target]))

    def rows_without(self, user, source, target):
        """Return those of the rows that have no text in the one language, though there would be something to translate."""
        return self.rows(user).filter(in_state(MISSING, [target]), **{f"languages__{source}__filled": 0})


def private_rows(rows):
    """Return those of some rows that are pages kept from the translation service."""
    pages = SitePage.objects.filter(stays_in_house=True).order_by()
    return rows.filter(content_type__in=page_type_keys(), object_id__in=pages.values("pk"))
