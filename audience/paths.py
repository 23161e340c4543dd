"""Where readers answer and write: one address a page and language, and one a language for messages."""

from django.utils.http import urlencode

from languages.paths import path_of

FEEDBACK_SEGMENTS = {"nl": "reactie", "fr": "votre-avis", "en": "feedback"}  # reserved in pages/addresses.py
CONTACT_SEGMENTS = {"nl": "schrijf-ons", "fr": "nous-ecrire", "en": "write-to-us"}  # likewise


def feedback_path(language, slug):
    """Return the path of the question about the page with this slug: "/nl/reactie/0b1c2d3e4f50/"."""
    return path_of(language, f"{FEEDBACK_SEGMENTS[language]}/{slug}")


def contact_path(language, **parameters):
    """Return the path of the contact form: "/nl/schrijf-ons/?kind=barrier"; parameters that are empty are left out."""
    given = {name: value for name, value in parameters.items() if value}
    return path_of(language, CONTACT_SEGMENTS[language]) + (f"?{urlencode(given)}" if given else "")
