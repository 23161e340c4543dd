"""Pages as links, menus and cards show them: where they are, and the few columns that are shown of them."""

import json

from django.conf import settings
from django.contrib.contenttypes.models import ContentType

from languages.paths import path_of
from pages import addresses
from pages.illustrations import illustration_template


class PlacesMixin:
    """Says where readers find a page, in each language in which it exists."""

    def paths(self):
        """Return the paths of the languages in which this page exists, by language."""
        stored = addresses.stored_addresses(self)
        return {code: path_of(code, address) for code, address in stored.items() if address is not None}

    def path_for(self, language):
        """Return `(path, language)` for a reader of `language`: their own when the page exists in it, else the next."""
        paths = self.paths()
        for code in (language, *settings.LANGUAGE_FALLBACKS[language]):
            if code in paths:
                return paths[code], code
        return None, None


class PlacedPage(PlacesMixin):
    """A row of `SitePageQuerySet.for_links`, with its columns as attributes: to make a model of it takes ten times as long."""

    illustration_template = property(illustration_template)

    def __init__(self, row):
        vars(self).update(row)
        self.pk = row["page_ptr_id"]

    @property
    def specific_class(self):
        return ContentType.objects.get_for_id(self.content_type_id).model_class()


def placed_pages(found):
    """Return the pages in what `Gathering.fetch` found, in the order of the query."""
    return [PlacedPage(row) for row in json.loads(found)]
