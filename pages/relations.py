"""What readers get of a block of relations: a diagram, and the same as rows of a table.

The diagram needs no geometry: below the heading of its section stands each topic in a box, and beside it, in a row for each
relation, an arrow with its words and a box for what it leads to. It is a list that style sheets draw, so it reads as sentences.

Everything comes from what was fetched for the page: pages and organisations (`directory.references`), sections (`navigation`).
"""

from dataclasses import dataclass

from wagtail.models import Page

from languages.codes import current_language
from languages.texts import ShownText
from languages.units import shown_text
from pages.addresses import HOME_DEPTH


@dataclass(frozen=True, slots=True)
class Node:
    """A page or an organisation: its name, and where it leads. `link` has no text where it leads nowhere."""

    key: tuple
    name: ShownText
    link: ShownText
    is_page: bool
    section: str  # of a page: the place of its parent in the tree


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation, between two nodes."""

    source: Node
    words: ShownText
    target: Node


@dataclass(frozen=True, slots=True)
class RelatedNode:
    """A page with the relations that begin at it."""

    node: Node
    relations: list


@dataclass(frozen=True, slots=True)
class Lane:
    """The topics of one section, below its heading, "" for what stands in no section that the reader sees."""

    heading: str
    topics: list


@dataclass(frozen=True, slots=True)
class Relations:
    """What the template draws: the diagram in lanes, and the rows of the table."""

    lanes: list
    rows: list  # of Relation
    unrelated: list  # of Node, those without a relation

    @property
    def has_organisations(self):
        return any(not row.target.is_page for row in self.rows)


def relations(value, navigation):
    """Return the `Relations` of a block's value, None where no page of it exists for the reader."""
    rows = existing_relations(value)
    nodes = {}
    for node in (*map(page_node, value["pages"]), *(row.source for row in rows)):
        if node:
            nodes.setdefault(node.key, node)
    if not nodes:
        return None
    ends = {end.key for row in rows for end in (row.source, row.target)}
    unrelated = [node for node in nodes.values() if node.key not in ends]
    return Relations(lanes(nodes.values(), rows, navigation), rows, unrelated)


def existing_relations(value):
    """Return the relations whose two ends exist for the reader."""
    rows = []
    for item in value["relations"]:
        source = page_node(item["page"])
        target = page_node(item["target"]) or organisation_node(item["organisation"])
        if source and target and source.key != target.key:
            rows.append(Relation(source, shown_text(item["relation"]), target))
    return rows


def page_node(page):
    """Return the node of a page, None where the reader cannot go there in any language."""
    path, language = page.path_for(current_language()) if page else (None, None)
    if not path:
        return None
    link = ShownText(path, language, language != current_language())
    return Node(("page", page.pk), shown_text(page, "heading"), link, True, page.path[: -Page.steplen])


def organisation_node(organisation):
    """Return the node of an organisation, which leads to its site where that is known."""
    if not organisation:
        return None
    name, link = shown_text(organisation, "name"), shown_text(organisation, "url")
    return Node(("organisation", organisation.pk), name, link, False, "")


def lanes(nodes, rows, navigation):
    """Return a lane for each section, in the order of the tree. A page to which relations only lead stands at their ends."""
    below_home = [page for page in navigation.pages if page.depth > HOME_DEPTH] if navigation else []
    headings = {page.path: shown_text(page, "heading").text for page in below_home}
    by_source, targets = {}, {row.target.key for row in rows}
    for row in rows:
        by_source.setdefault(row.source.key, []).append(row)
    sections = {}
    for node in nodes:
        if node.key in by_source or node.key not in targets:
            sections.setdefault(node.section, []).append(RelatedNode(node, by_source.get(node.key, [])))
    return [Lane(headings.get(section, ""), topics) for section, topics in sorted(sections.items())]
