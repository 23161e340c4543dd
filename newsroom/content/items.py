"""What an entry of a content file stands for."""

from dataclasses import dataclass, field

from newsroom.content.files import Block


@dataclass(slots=True)
class Item:
    """An entry of a content file: what it stands for, what it says, and the keys of the items that it refers to.

    `notes` are its notes for staff as the file has them: each is an item of its own, since what staff do with a note is no
    change to the page.
    """

    key: str
    model: type
    entry: Block
    digest: str
    parent: str | None = None
    names: set = field(default_factory=set)
    needs: set = field(default_factory=set)
    notes: list = field(default_factory=list)

    @property
    def needs_pages(self):
        return any(key.startswith("pages/") for key in self.needs)
