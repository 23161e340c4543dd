"""What the reader modes of browsers keep of a page, by the library that Firefox reads with (npm `@mozilla/readability`)."""

from django.conf import settings

from tests.browser.engines import require_engine

READABILITY = settings.BASE_DIR / "node_modules" / "@mozilla" / "readability" / "Readability.js"
# Besides the opening: the sections, and the entries of glossaries.
LOST = """() => {
  const words = (text) => (text ?? '').replace(/\\s+/g, ' ').trim();
  const kept = words(new Readability(document.cloneNode(true)).parse()?.textContent);
  const wanted = document.querySelectorAll('.lead, .fact p, .next-step p, .audience p, .column > h2, .entry-content > dt');
  return [...wanted].map((node) => words(node.textContent)).filter((text) => text && !kept.includes(text.slice(0, 60)));
}"""


def lost_texts(page):
    """Return the beginnings of what a reader mode drops although it belongs to the text."""
    require_engine(READABILITY, "@mozilla/readability (npm ci)")
    page.evaluate(READABILITY.read_text())
    return page.evaluate(LOST)
