"""The pictures of the guide: made by `make pictures`, which also writes down their sizes and what is to be read in them."""

import json
from functools import cache
from pathlib import Path

from django.templatetags.static import static
from django.utils.html import format_html

LIST = Path(__file__).parent / "pictures.json"
FOLDER = Path(__file__).parent / "static" / "guide"


@cache
def all_pictures():
    """Return `{language: {name: {"width": pixels, "height": pixels, "words": [texts in it]}}}`."""
    return json.loads(LIST.read_text(encoding="utf-8")) if LIST.exists() else {}


def picture_html(language, name, alternative):
    """Return the element for a picture, "" where it was never made in that language."""
    size = all_pictures().get(language, {}).get(name)
    if size is None:
        return ""
    return format_html(
        '<img class="guide-picture" src="{}" width="{}" height="{}" alt="{}" loading="lazy">',
        static(f"guide/{language}/{name}.webp"),
        size["width"],
        size["height"],
        alternative,
    )
