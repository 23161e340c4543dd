"""The blocks that pages are made of: one class and one template of the same name each."""

from pages.blocks.body import BodyBlock
from pages.blocks.figures import FigureBlock
from pages.blocks.items import (
    ActBlock,
    DocumentItemBlock,
    LinkBlock,
    MilestoneBlock,
    NotedItemBlock,
    NotedOrganisationBlock,
    OrganisationItemBlock,
    PointsBlock,
    RelatedPageBlock,
    SignatoryBlock,
    TermOfOfficeBlock,
    TextItemBlock,
)
from pages.blocks.levels import ActorBlock
from pages.blocks.relations import RelationBlock
from pages.blocks.standalone import ChannelBlock, ExceptionBlock

__all__ = [
    "ActBlock",
    "ActorBlock",
    "BodyBlock",
    "ChannelBlock",
    "DocumentItemBlock",
    "ExceptionBlock",
    "FigureBlock",
    "LinkBlock",
    "MilestoneBlock",
    "NotedItemBlock",
    "NotedOrganisationBlock",
    "OrganisationItemBlock",
    "PointsBlock",
    "RelatedPageBlock",
    "RelationBlock",
    "SignatoryBlock",
    "TermOfOfficeBlock",
    "TextItemBlock",
]
