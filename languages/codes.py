"""The site's languages, by code."""

from django.conf import settings
from django.utils import translation

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
OFFICIAL = tuple(settings.OFFICIAL_LANGUAGES)
# A language's name in itself, for readers: it must be recognisable to whoever speaks it, whatever the page's language.
OWN_NAMES = {code: translation.get_language_info(code)["name_local"].capitalize() for code in LANGUAGES}


def current_language():
    """Return the active language when the site knows it, otherwise the first of `LANGUAGES`."""
    code = (translation.get_language() or "").split("-")[0]
    return code if code in LANGUAGES else LANGUAGES[0]


def name_in(code, language):
    """Return the name of the language `code` as it stands within a sentence of `language`: "Frans", "français", "French"."""
    with translation.override(language):
        name = str(dict(settings.LANGUAGES)[code])
    return name.lower() if language == "fr" else name


def language_name(code):
    """Return the name of the language `code` as it stands within a sentence of the active language."""
    return name_in(code, current_language())
