"""What readers get of a block of relations: the diagram, the same as rows of a table, and the same in sentences.

Everything comes from what was fetched for the page: pages and organisations (`directory.references`), sections (`navigation`).
"""

from dataclasses import dataclass

from wagtail.models import Page

from languages.codes import current
from languages.templatetags.languages import shown_text
from languages.texts import Shown
from pages.diagram import Diagram, Lane, diagram


@dataclass(frozen=True, slots=True)
class Node:
    """A page or an organisation: its name, and where it leads. `link` has no text where it leads nowhere."""

    key: tuple
    name: Shown
    link: Shown
    is_page: bool
    place: str  # of a page in the tree


@dataclass(frozen=True, slots=True)
class Related:
    """One relation, between two nodes."""

    source: Node
    words: Shown
    target: Node


@dataclass(frozen=True, slots=True)
class Relations:
    """What the template draws: each box of the diagram beside its node, and the rows of the table."""

    diagram: Diagram
    boxes: list  # of (Box, Node)
    arrows: list  # of (Arrow, Related)
    rows: list  # of Related
    alone: list  # of Node, those without a relation
    words: str

    @property
    def has_guests(self):
        return any(not node.is_page for _box, node in self.boxes)


def relations(value, navigation):
    """Return the `Relations` of a block's value, None where no page of it exists for the reader."""
    rows = related(value)
    listed = [node for page in value["pages"] if (node := page_node(page))]
    nodes = {node.key: node for node in [*listed, *(end for row in rows for end in (row.source, row.target))]}
    if not nodes:
        return None
    drawn = diagram(lanes(nodes, rows, navigation), [(row.source.key, row.target.key, row.words.text) for row in rows])
    joined = {end.key for row in rows for end in (row.source, row.target)}
    return Relations(
        diagram=drawn,
        boxes=[(box, nodes[box.key]) for box in drawn.boxes],
        arrows=list(zip(drawn.arrows, rows, strict=True)),
        rows=rows,
        alone=[node for node in nodes.values() if node.key not in joined],
        words=" ".join(f"{row.source.name.text} {row.words.text} {row.target.name.text}." for row in rows),
    )


def related(value):
    """Return the relations whose two ends exist for the reader."""
    found = []
    for item in value["relations"]:
        source = page_node(item["page"])
        target = page_node(item["target"]) or organisation_node(item["organisation"])
        if source and target and source.key != target.key:
            found.append(Related(source, shown_text(item["relation"]), target))
    return found


def page_node(page):
    """Return the node of a page, None where the reader cannot go there in any language."""
    path, language = page.path_for(current()) if page else (None, None)
    if not path:
        return None
    link = Shown(path, language, language != current())
    return Node(("page", page.pk), shown_text(page, "heading"), link, True, page.path)


def organisation_node(organisation):
    """Return the node of an organisation, which leads to its site where that is known."""
    if not organisation:
        return None
    name, link = shown_text(organisation, "name"), shown_text(organisation, "url")
    return Node(("organisation", organisation.pk), name, link, False, "")


def lanes(nodes, rows, navigation):
    """Return a lane for each section, in the order of the tree; organisations are guests where they are first spoken of."""
    headings = {page.path: page for page in navigation.pages} if navigation else {}
    sections = {}
    for node in nodes.values():
        if node.is_page:
            sections.setdefault(node.place[: -Page.steplen], []).append(node)
    host = {}
    for row in rows:
        host.setdefault(row.target.key, row.source.place[: -Page.steplen])
    return [
        Lane(
            title=shown_text(headings[place], "heading").text if place in headings and headings[place].depth > 2 else "",
            nodes=[(node.key, node.name.text) for node in found],
            guests=[(key, node.name.text) for key, node in nodes.items() if not node.is_page and host[key] == place],
        )
        for place, found in sorted(sections.items())
    ]
