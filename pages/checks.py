"""A system check: no page can take an address that belongs to the site itself, in any language."""

import re

from django.core import checks
from django.urls import get_resolver

from languages.codes import LANGUAGES
from pages import addresses

CODES = "|".join(LANGUAGES)
# "nl/zoeken/" of a path, or "^(?P<language>nl|fr|en)/feed/" of a regular expression: the first step below the language.
FIRST_STEP = re.compile(rf"\^?(?:\(\?P<language>[^)]*\)|{CODES})/({addresses.STEP})(?=/|\\Z|$)")


@checks.register("pages")
def every_step_of_the_site_is_reserved(app_configs=None, **kwargs):
    """Return an error for each address of the site's own whose first step below a language a page could take."""
    steps = {match[1] for route in routes(get_resolver()) if (match := FIRST_STEP.match(route))}
    return [
        checks.Error(f"pages.addresses.RESERVED does not know the first step “{step}”.", id="pages.E001")
        for step in sorted(steps - addresses.RESERVED)
    ]


def routes(resolver, prefix=""):
    """Yield the routes of all patterns below a resolver, as they are written."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern, route)
        else:
            yield route
