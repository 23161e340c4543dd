"""Makes `drawings/outlines.json` and `static/img/europe.svg`, the outlines of countries for the maps of member countries.

    npm ci && python -m deploy.outlines

Source: Natural Earth, 1:50 million, in the public domain, as the npm package world-atlas brings it. `outlines.mjs` simplifies,
projects and clips it with topojson-simplify and d3-geo. Countries too small to be seen get a dot.

The frame holds Iceland, Northern Norway, Cyprus, Malta and mainland Portugal. What lies outside of it is not drawn: the Canary
Islands, Madeira, the Azores, Svalbard, and all overseas territories.
As the European Union sees them, Cyprus is drawn undivided, and the Crimea as part of Ukraine.
"""

import json
import os
import subprocess
from pathlib import Path

from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = Path(__file__).with_suffix(".mjs")
TARGET = ROOT / "drawings" / "outlines.json"
DRAWING = ROOT / "static" / "img" / "europe.svg"


def arguments(codes):
    """Return the arguments with which Node.js prints the outlines of the countries `codes`."""
    aliases = get_global("territory_aliases").items()
    return SCRIPT, json.dumps({number: letters[0] for number, letters in aliases if number.isdigit() and letters[0] in codes})


def drawing(outlines):
    """Return the outlines as an SVG document that shows nothing by itself: a path for each country, with its code as `id`.

    A browser fetches it once for the maps of all pages.
    """
    paths = {**outlines["countries"], "elsewhere": outlines["elsewhere"]}
    lines = [f'<path id="{code}" d="{drawn}"/>' for code, drawn in paths.items()]
    start = f"<!-- {outlines['source']} -->", '<svg xmlns="http://www.w3.org/2000/svg"><defs>'
    return "\n".join([*start, *lines, "</defs></svg>", ""])


if __name__ == "__main__":
    # The list of countries is all that is asked of the site.
    os.environ.update(DJANGO_SETTINGS_MODULE="actiris_site.settings", ENVIRONMENT="development", DATABASE_URL="postgres:///")
    from networks.countries import EUROPE

    text = subprocess.run(["node", *arguments(EUROPE)], check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout
    TARGET.write_text(text, encoding="utf-8")
    DRAWING.write_text(drawing(json.loads(text)), encoding="utf-8")
    for written in (TARGET, DRAWING):
        print(f"{written.relative_to(ROOT)}: {written.stat().st_size} bytes")
