"""What an area of the admin's search is: what stands in one list, of which everybody finds what they may change."""

from django.db.models import Count, Window
from django.utils.text import capfirst
from wagtail.permissions import ModelPermissionPolicy

from languages.codes import LANGUAGES, current_language
from languages.texts import text_for_reader
from staff_notes.permissions import form_url
from staff_search.matching import search

HOOK = "register_staff_search_area"  # functions that return an `Area`


class Area:
    """Objects of one model; `columns` are those that are searched, in all languages where they are translated.

    The first column is what an object is called.
    """

    model = None
    columns = ()
    neutral_columns = ()
    icon = "snippet"
    contents_url = ""  # where all of it is read, for an area that has such a place

    @property
    def name(self):
        """The area in addresses."""
        return self.model._meta.model_name

    @property
    def label(self):
        return capfirst(self.model._meta.verbose_name_plural)

    def rows(self, user):
        """Return a queryset of what somebody may change here, None for whoever has no right to any."""
        policy = ModelPermissionPolicy(self.model)
        return self.model.objects.all() if policy.user_has_permission(user, "change") else None

    def find(self, words, user):
        """Return the rows in which words stand, the best first, None for whoever has no right to any."""
        rows = self.rows(user)
        if rows is None:
            return None
        return search(rows, self.expressions(), words, self.otherwise(words)).order_by("rank", *self.order())

    def first(self, words, user, number):
        """Return the first rows of what is found, `number` at most, and how many there are of all; one query."""
        rows = self.find(words, user)
        rows = [] if rows is None else list(rows.annotate(total=Window(Count("*")))[:number])
        return rows, rows[0].total if rows else 0

    def expressions(self):
        return [*(f"{name}_{code}" for name in self.columns for code in LANGUAGES), *self.neutral_columns]

    def otherwise(self, words):
        """Return another condition for which a row is taken, None where there is none."""
        return None

    def order(self):
        return [f"{self.columns[0]}_{current_language()}" if self.columns else self.neutral_columns[0], "pk"]

    def texts(self, row):
        """Return `(language, text)` of all that was searched in a row; "" is the language of what has none."""
        translated = [(code, getattr(row, f"{name}_{code}")) for name in self.columns for code in LANGUAGES]
        return [pair for pair in [*translated, *(("", getattr(row, name)) for name in self.neutral_columns)] if pair[1]]

    def title(self, row):
        """Return the `ShownText` by which a row is known to whoever reads the admin."""
        first = {code: getattr(row, f"{self.columns[0]}_{code}") for code in LANGUAGES}
        return text_for_reader(first, current_language())

    def detail(self, row):
        """Return what else to say of a row, "" where there is nothing."""
        return ""

    def url(self, row, user):
        return form_url(user, self.model, row.pk)


class NeutralArea(Area):
    """Objects whose name is the same in every language."""

    def title(self, row):
        return text_for_reader({current_language(): str(row)}, current_language())
