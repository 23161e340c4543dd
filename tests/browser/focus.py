"""Every stop of the Tab key: it is visible and marked, in reading order, never covered, and nothing is left out.

Sources: WCAG 2.2, 2.1.1, 2.4.3, 2.4.7, 2.4.11 and 1.4.11 (a contrast of 3 for what marks the focus).
"""

from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops

SCRIPT, RINGS = (Path(__file__).with_name(name).read_text() for name in ("focus.js", "rings.js"))
MAX_STOPS = 600
AROUND = 9  # pixels around a box in which its mark may lie


def stops(page, seen=None, within="body"):
    """Press Tab through an element of the page shown, from its beginning; return a line a finding.

    How a stop is marked is judged by its computed styles and, for a kind of stop that is not yet in the set `seen`, by
    pictures with and without the focus; None takes no pictures.
    """
    page.evaluate(SCRIPT, within)
    faults = []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate("keyboard.look()")
        if stop is None:
            return faults + page.evaluate("keyboard.leftOut()")
        if not stop["faults"] and seen is not None and stop["kind"] not in seen:
            seen.add(stop["kind"])
            stop["faults"] += missing_marks(page, stop["box"])
        faults += [f"{stop['name']}: {fault}" for fault in stop["faults"]]
    return [*faults, f"there are more than {MAX_STOPS} stops"]


def cut_rings(page):
    """Press Tab through the page shown, from where the focus is; return a line for each ring of which a part is cut off."""
    faults = []
    for _ in range(MAX_STOPS):
        page.keyboard.press("Tab")
        page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )  # what scrolls has done so
        found = page.evaluate(RINGS)
        if found is None:
            return faults
        faults += found
    return [*faults, f"there are more than {MAX_STOPS} stops"]


def missing_marks(page, box):
    """Yield a finding when too little changes in a picture of the box as the focus leaves it, which it does."""
    clip = around(box, page.viewport_size)
    focused = picture(page, clip)
    page.evaluate("document.activeElement.blur()")  # the next Tab still goes on from here
    changed = strongly_changed(focused, picture(page, clip))
    wanted = min(box["width"] + box["height"], clip["width"] + clip["height"])  # half of its edge, one pixel wide
    if changed < wanted:
        yield f"the focus changes {changed} pixels by a contrast of 3, and {wanted:.0f} are wanted"


def around(box, window):
    """Return the part of the window, of {"width", "height"} pixels, in which a box and its mark lie."""
    left, top = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
    right = min(window["width"], box["x"] + box["width"] + AROUND)
    bottom = min(window["height"], box["y"] + box["height"] + AROUND)
    return {"x": left, "y": top, "width": max(1, right - left), "height": max(1, bottom - top)}


def picture(page, clip):
    return Image.open(BytesIO(page.screenshot(clip=clip))).convert("RGB")


def strongly_changed(one, other):
    """Return how many pixels of two pictures of one size differ by a contrast of at least 3."""
    if ImageChops.difference(one, other).getbbox() is None:
        return 0
    pixels = [tuple(zip(*[iter(each.tobytes())] * 3, strict=True)) for each in (one, other)]
    return sum(contrast(first, second) >= 3 for first, second in zip(*pixels, strict=True) if first != second)


def contrast(one, other):
    """Return the contrast ratio of two colours, (red, green, blue) up to 255, as WCAG 2.2 defines it."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour):
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
