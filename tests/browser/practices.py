"""Good practice that no engine looks at, as far as a script can see it; the scripts say what is wrong, a line a finding.

Sources: the techniques and failures of WCAG 2.2 for 1.1.1, 1.3.1, 1.3.5, 1.4.8, 2.1.1, 2.4.4, 2.4.8, 3.2.1, 3.2.2 and 3.3.2.
"""

from pathlib import Path

HERE = Path(__file__).parent
SCRIPT, ACTING = (HERE / "practices.js").read_text(), (HERE / "acting.js").read_text()


def practices(page):
    """Return what is wrong with names, structure and marks of the page shown."""
    return page.evaluate(SCRIPT)


def acting(page):
    """Return what the page does by focus or choice alone. It has the focus of nothing afterwards."""
    return page.evaluate(ACTING)
