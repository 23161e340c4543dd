"""Texts stay whole: nothing scrolls sideways, is cut off or runs into something else, however large or wide it is set.

Sources: WCAG 2.2, 1.4.4 (twice the size), 1.4.10 (320 pixels; 256 here) and 1.4.12 (spacing).
"""

from pathlib import Path

SCRIPT = Path(__file__).with_name("texts.js").read_text()
# Readers' own settings, as style sheets that are added to the page.
TWICE_THE_SIZE = "html { font-size: 200% !important; }"
SPACED = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }
"""
MOVING = """() => [...document.querySelectorAll('*')].flatMap((node) => ['', '::before', '::after'].map((part) => {
  const style = getComputedStyle(node, part || null);
  const moves = style.animationName !== 'none' || style.transitionDuration.split(', ').some((time) => parseFloat(time) > 0.01);
  return moves || style.scrollBehavior === 'smooth' ? `${node.cloneNode(false).outerHTML.slice(0, 100)}${part} moves` : '';
})).filter(Boolean)"""

# Each text and its size in pixels, 0 where it is not shown. Not in drawings, whose letters are scaled with them.
SIZES = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = [];
  while (walker.nextNode()) {
    const {data, parentElement} = walker.currentNode;
    if (!data.trim() || parentElement.closest('svg, script, style')) continue;
    const size = parentElement.checkVisibility() ? parseFloat(getComputedStyle(parentElement).fontSize) : 0;
    sizes.push([data.trim().slice(0, 40), size]);
  }
  return sizes;
}"""
LEAST_GROWTH, OF_LARGE, LARGE = 1.75, 1.25, 32  # sizes of headings partly follow the window; from 32 pixels on all can be read


def stiff_texts(page):
    """Return the texts of the page shown that do not grow for a reader who doubles the size of text."""
    before = page.evaluate(SIZES)
    tag = page.add_style_tag(content=TWICE_THE_SIZE)
    after = page.evaluate(SIZES)
    tag.evaluate("node => node.remove()")
    return [
        f"“{text}” grows from {small} to {large} pixels only"
        for (text, small), (_text, large) in zip(before, after, strict=True)
        if 0 < large < small * (OF_LARGE if small >= LARGE else LEAST_GROWTH)
    ]


def broken_texts(page, added=""):
    """Return what scrolls sideways, is cut off or overlaps on the page shown, with a reader's style sheet `added`."""
    tag = page.add_style_tag(content=added) if added else None
    width, wanted = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    faults = [f"it is {width} pixels wide, in a window of {wanted}"] if width > wanted else []
    faults += page.evaluate(SCRIPT)
    if tag:
        tag.evaluate("node => node.remove()")
    return faults


def moving(page):
    """Return what would move for a reader who asked for less motion, as the page is shown."""
    return page.evaluate(MOVING)
