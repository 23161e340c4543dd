"""What readers get of a block of levels: for each, who does what there. Everything comes from what was fetched for the page."""

from dataclasses import dataclass

from languages.texts import ShownText
from languages.units import shown_text
from pages.relations import Node, organisation_node, page_node


@dataclass(frozen=True, slots=True)
class Actor:
    """A page or an organisation, and what it does."""

    node: Node
    words: ShownText


def levels(value):
    """Return the levels of a block's value as pairs of its block value and its `Actor`s who exist for the reader."""
    return [(level, actors(level)) for level in value["levels"]]


def actors(level):
    nodes = ((item, page_node(item["page"]) or organisation_node(item["organisation"])) for item in level["actors"])
    return [Actor(node, shown_text(item["words"])) for item, node in nodes if node]
