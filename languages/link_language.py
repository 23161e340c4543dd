"""What the address of a page elsewhere says of its language. Pure."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlsplit

from languages.codes import LANGUAGES

CODES = "|".join(LANGUAGES)
# A step of its own, "/fr/" or "/fr-be/", or the end of the last one, "/page_fr" or "/page_fr.htm".
STEP = re.compile(rf"({CODES})(?:[-_](?:be|fr|nl|gb|us))?", re.IGNORECASE)
ENDING = re.compile(rf".+_({CODES})(?:\.\w+)?", re.IGNORECASE)
PARAMETERS = {"lang", "language", "locale", "langid"}


@lru_cache(maxsize=4096)
def language_of_url(url):
    """Return the language that an address names, such as "en" for `https://example.org/en/page`; "" where it names none.

    Only languages of this site are told apart; the last one named wins, as sites put the version of a page at the end.
    """
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    steps = [step for step in parts.path.split("/") if step]
    named = [match[1] for step in steps if (match := STEP.fullmatch(step))]
    named += [match[1] for step in steps[-1:] if (match := ENDING.fullmatch(step))]
    named += [value for name, value in parse_qsl(parts.query) if name.lower() in PARAMETERS and value.lower() in LANGUAGES]
    return named[-1].lower() if named else ""
