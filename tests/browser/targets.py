"""What one can point at: at least 24 by 24 CSS pixels, and 44 by 44 in navigation and for buttons.

Source: WCAG 2.2, 2.5.8 (with its exception for links within a sentence) and, for navigation, 2.5.5.
"""

from pathlib import Path

SCRIPT = Path(__file__).with_name("targets.js").read_text()


def targets(page):
    """Return what is too small on the page shown, a line a finding."""
    return page.evaluate(SCRIPT)
