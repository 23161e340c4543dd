"""What is asked to know where very many paths lead, fetched for all of them at once."""

from functools import cached_property

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL
from wagtail.contrib.redirects.models import Redirect

from delivery.redirects import MAX_STEPS, StoredPaths, paths_of_redirects, split_own_link
from languages.codes import LANGUAGES
from languages.paths import split_path
from pages.addresses import tidy_path
from pages.models import SitePage

IS_FROM = "UPPER(old_path::text) IN (SELECT UPPER(one) FROM unnest(%s::text[]) AS one)"


class FetchedPaths(StoredPaths):
    """What the database holds of some paths, and of those to which their redirects lead on: some queries for each step.

    Of other paths it is asked as ever.
    """

    def __init__(self, paths):
        self.asked, self.addresses, self.redirects = set(), {code: {} for code in LANGUAGES}, {}
        wanted = [(path, "") for path in paths]
        for _step in range(MAX_STEPS + 1):
            wanted = [one for one in wanted if one[0]]
            if not wanted:
                break
            self.fetch_addresses([tidy_path(path) for path, _query in wanted])
            wanted = [target for redirect in self.fetch_redirects(wanted) if (target := target_of(redirect))]

    def fetch_addresses(self, tidied):
        """Note at which tidied paths a page is, with one query a language."""
        for code in LANGUAGES:
            wanted = {address for language, address in map(split_path, tidied) if language == code}
            wanted -= self.addresses[code].keys()
            if wanted:
                found = SitePage.objects.filter(**{f"address_{code}__in": wanted}).values_list(f"address_{code}", flat=True)
                self.addresses[code] |= dict.fromkeys(wanted, False) | dict.fromkeys(found, True)

    def fetch_redirects(self, wanted):
        """Note the redirects from paths with a query, and return them."""
        paths = {one for path, query in wanted for one in paths_of_redirects(path, tidy_path(path), query)}
        paths = {one for one in paths if one.lower() not in self.asked}
        self.asked |= {one.lower() for one in paths}
        is_from = RawSQL(IS_FROM, [list(paths)], BooleanField())  # noqa: S611  (a constant)
        found = list(Redirect.objects.filter(is_from).select_related("redirect_page__sitepage").order_by("pk"))
        for redirect in found:
            self.redirects.setdefault(redirect.old_path.lower(), []).append(redirect)
        return found

    def has_address(self, language, address):
        known = self.addresses[language].get(address)
        return super().has_address(language, address) if known is None else known

    def has_slug(self, slug):
        return slug in self.slugs

    @cached_property
    def slugs(self):
        return set(SitePage.objects.existing().values_list("slug", flat=True))

    def redirects_from(self, paths):
        keys = {path.lower() for path in paths}
        if not keys <= self.asked:
            return super().redirects_from(paths)
        return sorted((one for key in keys for one in self.redirects.get(key, ())), key=lambda redirect: redirect.pk)


def target_of(redirect):
    """Return the path and the query on this site to which a redirect leads on, None where it leads to a page or nowhere."""
    try:
        return split_own_link(redirect.redirect_link) if redirect.redirect_page_id is None else None
    except ValueError:  # not a valid URL
        return None
