"""What the markup of two texts has otherwise: links, headings, lists, bold, and where links lead."""

from django.utils.translation import gettext_lazy as _

from languages.twin_checks.contacts import without_language

HEADINGS = {f"h{level}" for level in range(1, 7)}
KINDS = {
    "headings": (HEADINGS, _("headings: %(number)s")),
    "links": ({"a"}, _("links: %(number)s")),
    "items": ({"li"}, _("items of lists: %(number)s")),
    "numbered": ({"ol"}, _("numbered lists: %(number)s")),
    "bold": ({"b"}, _("passages in bold: %(number)s")),
}


def other_markup(first, second):
    """Return what two `Reading`s have of the kinds in which they differ, each as a tuple of `kind:number`."""
    counts = [{kind: number_of(kind, reading) for kind in KINDS} for reading in (first, second)]
    kinds = [kind for kind in KINDS if counts[0][kind] != counts[1][kind]]
    return tuple(tuple(f"{kind}:{count[kind]}" for kind in kinds) for count in counts)


def number_of(kind, reading):
    """Return how much of a kind a text has; a site that is offered in two languages is one link."""
    if kind == "links":
        return len(set(map(without_language, reading.targets)))
    return sum(reading.tags[tag] for tag in KINDS[kind][0])


def markup_words(part):
    """Return in words what `other_markup` says: "links:2"."""
    kind, _colon, number = part.partition(":")
    return KINDS[kind][1] % {"number": number}
