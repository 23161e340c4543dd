"""One style sheet for readers, several small ones for those who write them: joined when static files are found or collected."""

import os
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
SOURCE = settings.BASE_DIR / "static" / "css" / "parts"
TEXT = r"""(?P<text>"[^"]*"|'[^']*')"""
COMMENT_OR_TEXT = re.compile(rf"{TEXT}|/\*.*?\*/", re.DOTALL)
SPACE_OR_TEXT = re.compile(rf"{TEXT}|\s*(?P<sign>[{{}};,])\s*|:\s+")
PARTS = ("tokens", "base", "layout", "components", "blocks", "pictures", "forms", "print")  # later parts overrule earlier ones


def join_parts():
    """Return the parts as one style sheet, minified."""
    return minify("\n".join((SOURCE / f"{part}.css").read_text(encoding="utf-8") for part in PARTS))


def minify(css):
    """Return a style sheet in fewer characters.

    White space goes only where it never means anything: around braces, semicolons and commas, and after a colon. Before a
    colon it is the difference between `.map :hover` and `.map:hover`. What stands in quotes stays as it is.

    No library does it: rcssmin 1.3 drops that very space within `@container`, and lightningcss, whose wheel has 3 MB, makes
    nothing smaller once compressed.
    """
    css = COMMENT_OR_TEXT.sub(lambda match: match["text"] or " ", css)
    return SPACE_OR_TEXT.sub(lambda match: match["text"] or match["sign"] or ":", css).replace(";}", "}").strip() + "\n"


class JoinedStylesheetFinder(BaseFinder):
    """Offers `css/site.css`, kept up to date under `.data/`, to the development server and to `manage.py collectstatic`."""

    storage = FileSystemStorage(location=settings.BASE_DIR / ".data" / "joined")

    def refresh(self):
        """Write the style sheet where it differs from its parts, in one step; return its path."""
        path, css = Path(self.storage.path(NAME)), join_parts()
        if not path.exists() or path.read_text(encoding="utf-8") != css:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            draft.write_text(css, encoding="utf-8")
            draft.replace(path)
        return str(path)

    def find(self, path, find_all=False, **kwargs):
        """Return the path of the style sheet when it is asked for; a list of one when all matches are."""
        if path != NAME:
            return []
        return [self.refresh()] if find_all else self.refresh()

    def list(self, ignore_patterns):
        """Yield the one file that this finder has."""
        self.refresh()
        yield NAME, self.storage
