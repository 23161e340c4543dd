"""The chapters of the guide as their files say them."""

import re

from guide.chapters import ASKED, FOLDER
from guide.contents import CHAPTERS

SLUGS = [chapter.slug for chapter in CHAPTERS]
WRITTEN = ("nl", "fr", "en")  # a language that is added is there with the chapters of another until somebody writes them


def source(slug, language):
    return ASKED.sub("", (FOLDER / language / f"{slug}.md").read_text(encoding="utf-8"))


def pictures_in(slug, language):
    return re.findall(r"!\[[^\]]+\]\(([^)]*)\)", source(slug, language))
