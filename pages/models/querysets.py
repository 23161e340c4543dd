"""What the public site asks of pages."""

from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.models import PageQuerySet

from languages.codes import LANGUAGES


class SitePageQuerySet(PageQuerySet):
    """Pages by language, place in the tree, and what is shown of them."""

    def existing(self):
        """The pages that readers of some language can reach."""
        exists = (Q(**{f"address_{code}__isnull": False}) for code in LANGUAGES)
        return self.filter(reduce(or_, exists))

    def existing_in(self, language):
        """The pages that readers of `language` can reach, with what links and cards show of them."""
        return self.filter(**{f"address_{language}__isnull": False}).for_links()

    def for_links(self):
        """Fetch only the columns that links and cards need: half of what a page costs is in columns that nobody reads."""
        texts = [f"{name}_{code}" for name in ("heading", "summary", "address") for code in LANGUAGES]
        place = (
            "path",
            "depth",
            "numchild",
            "slug",
            "title",
            "content_type",
            "show_in_menus",
            "show_in_footer",
            "illustration",
            "photograph",
        )
        return self.only(*place, *texts)
