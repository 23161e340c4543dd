"""A map of Europe: the outlines of countries that `deploy/outlines.py` made, each in its place."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

OUTLINES = Path(__file__).with_name("outlines.json")
DOT = 4  # the radius of a dot, in units of the drawing


@dataclass(frozen=True, slots=True)
class Country:
    """A country in its place: an SVG path ("" where it is too small to have one) and, when it is small, the middle of a dot."""

    code: str
    name: str
    path: str
    dot: list | None


@cache
def outlines():
    """Return the data of the map; the file is a part of the code."""
    return json.loads(OUTLINES.read_text(encoding="utf-8"))


def size():
    """Return the width and the height of the map."""
    return outlines()["width"], outlines()["height"]


def outlined_codes():
    """Return the codes of the countries that have an outline."""
    return outlines()["countries"].keys()


def drawable_codes():
    """Return the codes of the countries that the map holds, with an outline or as a dot."""
    return outlined_codes() | outlines()["dots"].keys()


def countries(names):
    """Return a `Country` for each `(code, name)` that the map holds, in their order; dots last, so that nothing covers them."""
    paths, dots = outlines()["countries"], outlines()["dots"]
    held = [Country(code, name, paths.get(code, ""), dots.get(code)) for code, name in names if code in paths or code in dots]
    return sorted(held, key=lambda country: bool(country.dot))
