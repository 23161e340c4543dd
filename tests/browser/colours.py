"""Colours: what axe leaves undecided, looked at in a picture; the edges of fields; what the pointer changes.

Sources: WCAG 2.2, 1.4.3 (text, in every state) and 1.4.11 (edges of fields).
"""

from io import BytesIO
from math import ceil
from pathlib import Path

from PIL import Image

from tests.browser.focus import contrast

EDGES = Path(__file__).with_name("contrast.js").read_text()
WITHOUT_TEXT = "* { color: transparent !important; text-decoration: none !important } svg text { fill: transparent !important }"
SIZE = "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
FAINTEST = 0.05  # the part of a text's ground that may have less contrast: edges of letters of another layer, a line behind it
# Every rule of the page once more, with what the pointer brings for all at once; a copy has the same weight and order.
HOVER = """() => {
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).map((rule) => rule.cssText).join('\\n');
  const sheet = document.head.appendChild(document.createElement('style'));
  sheet.textContent = rules.replaceAll(':hover', '[data-hovered]');
  for (const node of document.querySelectorAll('body *')) node.setAttribute('data-hovered', '');
}"""
NO_HOVER = """() => {
  document.head.lastElementChild.remove();
  for (const node of document.querySelectorAll('[data-hovered]')) node.removeAttribute('data-hovered');
}"""


def faint_edges(page):
    """Return the fields whose edge cannot be told from what is around, a line a finding."""
    return page.evaluate(EDGES)


def faint_texts(page, texts):
    """Return which texts have too little contrast with what lies behind them, as it is painted.

    A text is {"html", "colour": [red, green, blue], "wanted": ratio, "boxes": [[left, top, width, height] on the page]}.
    """
    clip = around_all(texts, page.evaluate(SIZE)) if texts else None
    if clip is None:
        return []
    sheet = page.add_style_tag(content=WITHOUT_TEXT)
    picture = Image.open(BytesIO(page.screenshot(full_page=True, clip=clip))).convert("RGB")
    sheet.evaluate("node => node.remove()")
    return [
        f"{text['html']} has a contrast of {ratio:.1f} with what is behind it"
        for text in texts
        if (ratio := least_contrast(picture, within(clip, text))) < text["wanted"]
    ]


def around_all(texts, size):
    """Return the part of a page of (width, height) pixels in which all texts lie, None where none does."""
    boxes = [box for text in texts for box in text["boxes"]]
    if not boxes:
        return None
    left, top = (max(0, int(min(box[side] for box in boxes))) for side in (0, 1))
    right, bottom = (min(size[side], ceil(max(box[side] + box[side + 2] for box in boxes))) for side in (0, 1))
    is_empty = right <= left or bottom <= top
    return None if is_empty else {"x": left, "y": top, "width": right - left, "height": bottom - top}


def within(clip, text):
    """Return a text with its boxes as they lie within a part of the page."""
    return text | {"boxes": [[left - clip["x"], top - clip["y"], *size] for left, top, *size in text["boxes"]]}


def least_contrast(picture, text):
    """Return the contrast that all of a text has but for its `FAINTEST` part; infinite where none of it is painted."""
    colours = {}
    for left, top, width, height in text["boxes"]:
        right, bottom = min(int(left + width), picture.width), min(int(top + height), picture.height)
        if right <= left or bottom <= top:
            continue  # beyond the edge of the picture, as the end of a wide table is
        part = picture.crop((int(left), int(top), right, bottom))
        for count, colour in part.getcolors(part.width * part.height) or ():
            colours[colour] = colours.get(colour, 0) + count
    ratios = sorted((contrast(text["colour"], colour), count) for colour, count in colours.items())
    passed, limit = 0, FAINTEST * sum(colours.values())
    for ratio, count in ratios:
        passed += count
        if passed > limit:
            return ratio
    return float("inf")


def look_while_hovering(page, look):
    """Return what `look`, a check of the page, finds while the pointer is, as it were, on everything."""
    page.evaluate(HOVER)
    faults = look(page)
    page.evaluate(NO_HOVER)
    return faults
