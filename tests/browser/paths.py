"""The public paths of the starting content, read from its files: what a browser visits."""

from django.conf import settings

from languages.codes import LANGUAGES
from newsroom.content_files import read

CONTENT = settings.BASE_DIR / "content"


def paths():
    """Return the path of every page by (key, language)."""
    entries = {path.stem: read(path, CONTENT) for path in sorted((CONTENT / "pages").glob("*.yaml"))}

    def steps(key, language):
        entry = entries[key]
        above = steps(entry["parent"], language) if entry.get("parent") else []
        return [*above, entry["url_slug"][language]] if entry.get("url_slug") else above

    return {
        (key, language): "/" + "".join(f"{step}/" for step in [language, *steps(key, language)])
        for key in entries
        for language in LANGUAGES
    }


PATHS = paths()
# What has no page of its own, but is seen all the same.
OTHERS = {
    ("choice", "nl"): "/",
    ("not-found", "nl"): "/nl/niets/",
    ("not-found", "fr"): "/fr/rien/",
    ("not-found", "en"): "/en/nothing/",
    ("no-language", "nl"): "/nothing/",
}
