"""Where readers answer: one address a page and language, made of the page's unchanging key."""

from languages.paths import path_of

SEGMENTS = {"nl": "reactie", "fr": "votre-avis", "en": "feedback"}  # reserved in pages/addresses.py


def feedback_path(language, slug):
    """Return the path of the question about the page with this slug: "/nl/reactie/0b1c2d3e4f50/"."""
    return path_of(language, f"{SEGMENTS[language]}/{slug}")
