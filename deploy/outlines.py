"""Makes `drawings/outlines.json` and `static/img/europe.svg`, the outlines of countries for the maps of member countries.

    npm ci && python -m deploy.outlines

Source: Natural Earth, 1:50 million, in the public domain, as the npm package world-atlas brings it (`countries-50m.json`, a
TopoJSON). The steps, each a function below:

1. decode the arcs of the topology, and gather them by country; all countries that nobody can choose become one shape;
2. project them to the Lambert azimuthal equal-area projection of Europe (centre 52° N 10° E, as EPSG:3035, on a sphere);
3. simplify each arc by Visvalingam and Whyatt (1993), so that neighbours still fit, since they share arcs;
4. clip to a frame that holds Iceland, Northern Norway, Cyprus, Malta and mainland Portugal;
5. write each country as an SVG path of whole numbers. Countries too small to be seen get a dot;
6. put the paths into one drawing as well, each under its code: a browser fetches it once for the maps of all pages.

What lies outside the frame is not drawn: the Canary Islands, Madeira, the Azores, Svalbard, and all overseas territories.
As the European Union sees them, Cyprus is drawn undivided, and the Crimea as part of Ukraine.

One module: the steps are read in their order, and no other code needs any of them.
"""

import heapq
import json
import os
from itertools import pairwise
from math import cos, hypot, radians, sin, sqrt
from pathlib import Path

import django
from babel.core import get_global

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "node_modules" / "world-atlas"
TARGET = ROOT / "drawings" / "outlines.json"
DRAWING = ROOT / "static" / "img" / "europe.svg"

EARTH = 6371  # km
CENTRE = (10, 52)  # degrees east and north
FRAME = (-1780, -2010, 2300, 2250)  # km from the centre: west, south, east, north
UNIT = 10  # km for a unit of the drawing
BEYOND = 3 * UNIT  # shapes end this far outside of the frame, so that their cut edges are not seen
DETAIL = 400  # km²: a corner that spans less is left out
ROUGH = 2500  # km²: the same where nobody can be a member
ISLAND = 800  # km²: a smaller island is left out
SEEN = 3000  # km²: a smaller country gets a dot
UNNUMBERED = {"Kosovo": "XK", "N. Cyprus": "CY"}  # without an ISO 3166-1 number in the source
CRIMEA = (32.4, 44.3, 36.7, 46.3)  # degrees: west, south, east, north
ELSEWHERE = ""


def outlines(topology, codes, source):
    """Return what the file holds: the countries `codes` as paths, their dots, and everything else as one path."""
    arcs = decode_arcs(topology)
    shapes = gather_rings(topology, arcs, set(codes))
    near_arcs = {max(number, ~number) for code, rings in shapes.items() if code for one in rings for number in one}
    projected = [
        simplify([project(*point) for point in arc], DETAIL if number in near_arcs else ROUGH)
        for number, arc in enumerate(arcs)
    ]
    paths, dots = {}, {}
    for code, rings in sorted(shapes.items()):
        lines = [ring(arcs_of, projected) for arcs_of in rings]
        exact = max(([project(*point) for point in ring(arcs_of, arcs)] for arcs_of in rings), key=area, default=[])
        if code and sum(area(line) for line in lines) < SEEN:
            dots[code] = to_drawing(*centre_of(exact))
        paths[code] = svg_path(lines)
    west, south, east, north = FRAME
    return {
        "source": source,
        "width": round((east - west) / UNIT),
        "height": round((north - south) / UNIT),
        "elsewhere": paths.pop(ELSEWHERE),
        "countries": {code: drawn for code, drawn in paths.items() if drawn},
        "dots": dots,
    }


# --- The topology


def decode_arcs(topology):
    """Return the arcs as lists of (longitude, latitude); in the file each point is a whole-numbered step from the last."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    return arcs


def gather_rings(topology, arcs, codes):
    """Return country -> rings, each a list of numbers of arcs; a number below zero is the arc `~number` backwards."""
    shapes = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = code_of(geometry)
        polygons = {"Polygon": [geometry["arcs"]], "MultiPolygon": geometry["arcs"]}[geometry["type"]]
        for polygon in polygons:
            owner = "UA" if code == "RU" and all(is_within(point, CRIMEA) for point in ring(polygon[0], arcs)) else code
            shapes.setdefault(owner if owner in codes else ELSEWHERE, []).extend(polygon)
    return {code: dissolve_borders(rings, arcs) for code, rings in shapes.items()}


def code_of(geometry):
    """Return the ISO 3166-1 letters of a country; the source has its number."""
    return UNNUMBERED.get(geometry["properties"]["name"]) or get_global("territory_aliases").get(geometry.get("id"), [""])[0]


def is_within(point, box):
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def dissolve_borders(rings, arcs):
    """Return rings without the borders between them: arcs that are passed both ways."""
    passed_arcs = {number for one in rings for number in one}
    remaining = [[number for number in one if ~number not in passed_arcs] for one in rings]
    closed = [one for one, before in zip(remaining, rings, strict=True) if len(one) == len(before)]
    loose_arcs = [number for one, before in zip(remaining, rings, strict=True) if len(one) != len(before) for number in one]
    return closed + stitch_rings(loose_arcs, arcs)


def stitch_rings(numbers, arcs):
    """Return rings made of loose arcs, each beginning where the last one ends."""
    starts, rings = {}, []
    for number in numbers:
        starts.setdefault(directed_arc(number, arcs)[0], []).append(number)
    while any(starts.values()):
        ring_arcs = [next(numbers_here for numbers_here in starts.values() if numbers_here).pop()]
        while directed_arc(ring_arcs[-1], arcs)[-1] != directed_arc(ring_arcs[0], arcs)[0]:
            ring_arcs.append(starts[directed_arc(ring_arcs[-1], arcs)[-1]].pop())
        rings.append(ring_arcs)
    return rings


def directed_arc(number, arcs):
    return arcs[number] if number >= 0 else arcs[~number][::-1]


def ring(numbers, arcs):
    """Return the points of a ring, the first not repeated at the end."""
    return [point for number in numbers for point in directed_arc(number, arcs)[:-1]]


# --- Projection and simplification


def project(longitude, latitude):
    """Return kilometres east and north of the centre."""
    east, north, middle_north = radians(longitude - CENTRE[0]), radians(latitude), radians(CENTRE[1])
    nearness = 1 + sin(middle_north) * sin(north) + cos(middle_north) * cos(north) * cos(east)
    stretch = EARTH * sqrt(2 / max(nearness, 1e-9))
    return (
        stretch * cos(north) * sin(east),
        stretch * (cos(middle_north) * sin(north) - sin(middle_north) * cos(north) * cos(east)),
    )


def simplify(points, detail=DETAIL):
    """Return an arc without the corners that span less than `detail`; its ends stay, since other arcs begin there."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    removed, heap = set(), []

    def weigh(index):
        return area([points[before[index]], points[index], points[after[index]]])

    spans = {index: weigh(index) for index in range(1, len(points) - 1)}
    heap = [(span, index) for index, span in spans.items()]
    heapq.heapify(heap)
    while heap:
        span, index = heapq.heappop(heap)
        if index in removed or spans[index] != span:
            continue
        if span >= detail:
            break
        removed.add(index)
        left, right = before[index], after[index]
        after[left], before[right] = right, left
        for near in {left, right} & spans.keys() - removed:
            spans[near] = max(weigh(near), span)
            heapq.heappush(heap, (spans[near], near))
    return [point for index, point in enumerate(points) if index not in removed]


def area(points):
    """Return the area of a polygon, by the shoelace formula."""
    return abs(sum(x * b - a * y for (x, y), (a, b) in pairwise([*points, *points[:1]]))) / 2


def centre_of(points):
    """Return the centre of a small polygon: the mean of its outline, weighed by length."""
    sides = [(hypot(a - x, b - y), (x + a) / 2, (y + b) / 2) for (x, y), (a, b) in pairwise([*points, *points[:1]])]
    outline = sum(length for length, _x, _y in sides)
    return sum(length * x for length, x, _y in sides) / outline, sum(length * y for length, _x, y in sides) / outline


# --- On paper


def clip(points):
    """Return a polygon without what lies outside of the frame (Sutherland and Hodgman, 1974)."""
    west, south, east, north = FRAME
    for axis, limit, sign in ((0, west - BEYOND, 1), (0, east + BEYOND, -1), (1, south - BEYOND, 1), (1, north + BEYOND, -1)):
        clipped = []
        for start, end in pairwise([*points[-1:], *points]):
            inside, was_inside = sign * (end[axis] - limit) >= 0, sign * (start[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - start[axis]) / (end[axis] - start[axis])
                clipped.append((start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])))
            if inside:
                clipped.append(end)
        points = clipped
    return points


def to_drawing(east, north):
    """Return a place in whole units of the drawing, from its upper left corner."""
    return round((east - FRAME[0]) / UNIT), round((FRAME[3] - north) / UNIT)


def svg_path(lines):
    """Return polygons as one SVG path, the steps from point to point as whole numbers."""
    parts = []
    for line in lines:
        points = [to_drawing(*point) for point in clip(line)]
        points = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
        if area(points) * UNIT**2 >= ISLAND:
            steps = [(a - x, b - y) for (x, y), (a, b) in pairwise(points)]
            parts.append(f"M{path_numbers([points[0]])}l{path_numbers(steps)}z")
    return "".join(parts)


def path_numbers(pairs):
    """Write pairs of numbers as a path does: a minus sign needs no space before it."""
    return " ".join(str(number) for pair in pairs for number in pair).replace(" -", "-")


def outlines_json(codes):
    """Return the text of the file, from the package as it is installed. Raises FileNotFoundError where it is not."""
    version = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))["version"]
    source = f"Natural Earth 1:50m, public domain, by way of world-atlas {version}; made by deploy/outlines.py"
    topology = json.loads((PACKAGE / "countries-50m.json").read_text(encoding="utf-8"))
    return json.dumps(outlines(topology, codes, source), indent=0, ensure_ascii=False) + "\n"


def drawing(outlines):
    """Return the outlines as an SVG document that shows nothing by itself: a path for each country, with its code as `id`."""
    paths = {**outlines["countries"], "elsewhere": outlines["elsewhere"]}
    lines = [f'<path id="{code}" d="{drawn}"/>' for code, drawn in paths.items()]
    start = f"<!-- {outlines['source']} -->", '<svg xmlns="http://www.w3.org/2000/svg"><defs>'
    return "\n".join([*start, *lines, "</defs></svg>", ""])


if __name__ == "__main__":
    for name, value in (
        ("DJANGO_SETTINGS_MODULE", "actiris_site.settings"),
        ("ENVIRONMENT", "development"),
        ("DATABASE_URL", "postgres:///"),
    ):
        os.environ.setdefault(name, value)  # the list of countries is all that is asked of the site
    django.setup()
    from networks.countries import EUROPE

    TARGET.write_text(outlines_json(EUROPE), encoding="utf-8")
    DRAWING.write_text(drawing(json.loads(TARGET.read_text(encoding="utf-8"))), encoding="utf-8")
    for written in (TARGET, DRAWING):
        print(f"{written.relative_to(ROOT)}: {written.stat().st_size} bytes")
