"""Where a shared draft is shown, commented on, and its documents are opened."""

from pathlib import PurePath

from django.conf import settings

from languages.paths import path_of

DRAFT_SEGMENTS = {"nl": "gedeeld-concept", "fr": "brouillon-partage", "en": "shared-draft"}  # reserved in pages/addresses.py
COMMENT_SEGMENTS = {"nl": "opmerking", "fr": "commentaire", "en": "comment"}


def draft_path(language, token):
    """Return the path at which a draft is shown: "/nl/gedeeld-concept/<token>/"."""
    return path_of(language, f"{DRAFT_SEGMENTS[language]}/{token}")


def draft_url(language, token):
    """Return the absolute address at which a draft is shown."""
    return settings.SITE_URL + draft_path(language, token)


def comment_path(language, token):
    """Return the path of the form for comments: "/nl/gedeeld-concept/<token>/opmerking/"."""
    return f"{draft_path(language, token)}{COMMENT_SEGMENTS[language]}/"


def document_path(language, token, document, file):
    """Return the path of a file of a document that the draft shows."""
    return f"{draft_path(language, token)}{document.pk}/{PurePath(file.name).name}"
