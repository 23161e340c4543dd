"""A page on paper: no navigation, the addresses of links, the day on which the page last changed."""

from pathlib import Path

HIDDEN = "nav.menu, .menu-button, form.search, .languages, .breadcrumbs, .contents, .skip-link, .site-footer nav, form.question"
PRINTED = Path(__file__).with_name("paper.js").read_text()


def print_faults(page):
    """Return what is wrong with the page shown when it is printed, a line a finding, even by a reader of dark pages."""
    page.emulate_media(media="print", color_scheme="dark")
    faults = page.evaluate(PRINTED, HIDDEN)
    page.emulate_media(media="screen", color_scheme="light")
    return faults
