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


def broken_texts(page, added=""):
    """Return what scrolls sideways, is cut off or overlaps on the page shown, with a reader's style sheet `added`."""
    tag = page.add_style_tag(content=added) if added else None
    width, wanted = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    found = [f"it is {width} pixels wide, in a window of {wanted}"] if width > wanted else []
    found += page.evaluate(SCRIPT)
    if tag:
        tag.evaluate("node => node.remove()")
    return found


def moving(page):
    """Return what would move for a reader who asked for less motion, as the page is shown."""
    return page.evaluate(MOVING)
