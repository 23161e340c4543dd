"""What a file says beside its texts, for whoever translates it."""

from django.utils.translation import gettext as _

from exchange.formats.markup import clean


def package_notes(package):
    """Return what is said of a package: pairs of category and words."""
    deadline = package.deadline.isoformat() if package.deadline else ""
    return [("package", package.name), ("deadline", deadline), ("note", package.note)]


def place_of(text):
    """Return where a text stands: its page, and its place there."""
    return f"{text.page} – {text.place}"


def remarks(text):
    """Yield what is said of a text, but for where it stands, in the active language."""
    if text.is_context:
        yield _("To be read only.")
    if text.limit:
        yield _("There is room for %(count)s characters.") % {"count": text.limit}
    yield from text.notes
    for term, translation in text.terms:
        yield f"{term} = {translation}"


def clean_line(words):
    """Return words as one line."""
    return " ".join(clean(words).split())
