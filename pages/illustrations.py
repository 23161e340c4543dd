"""The drawings that stand for topics: `templates/illustrations/<name>.svg`, at most 3 KB each, without text and own colours."""

from django.utils.translation import gettext_lazy as _

# The first three are those of pages for which staff chose none: one for each kind of topic.
ILLUSTRATIONS = {
    "mandate": _("A document with a seal"),
    "network": _("Three points that are linked"),
    "agreement": _("Two rings that interlock"),
    "youth-guarantee": _("A person before four ways"),
    "esf": _("A seedling in a ring of twelve dots"),
    "territorial-pact": _("A round table"),
    "view-brussels": _("A magnifying glass over bars"),
    "eures": _("A suitcase below an arrow"),
    "pes-network": _("Six points around one"),
    "wapes": _("A globe"),
    "socieux-plus": _("An umbrella and a plus sign"),
    "enabel": _("A bridge below the sun"),
}


def illustration_template(page):
    """Return the name of the template that draws the illustration of a page, None for a page that has none."""
    name = page.illustration or getattr(page.specific_class, "default_illustration", "")
    return f"illustrations/{name}.svg" if name in ILLUSTRATIONS else None
