"""A panel of the home that lists one kind of work, for the home and for the daily mail."""

from collections.abc import Callable
from dataclasses import dataclass

from wagtail.admin.ui.components import Component


@dataclass(frozen=True, slots=True)
class WorkKind:
    """One kind of work: the name, the place and the heading of its panel, and what is asked of somebody's `HomeWork`.

    `find` returns the objects in order, each with the number of all as `total`, `make_row` the line of one of them, `all_url`
    the address of the list of all, where there is one.
    """

    name: str
    order: int
    heading: str
    find: Callable
    make_row: Callable  # of an object and the work
    all_url: Callable = lambda work: None
    is_counted: bool = True


class WorkPanel(Component):
    """One kind of work: its lines, and the way to all where there are more."""

    template_name = "worklists/panel.html"

    def __init__(self, kind, work):
        self.kind, self.work = kind, work
        self.name, self.order, self.objects = kind.name, kind.order, kind.find(work)
        self.total = self.objects[0].total if self.objects else 0

    def content(self):
        """Return what the panel says, for the home and for mails."""
        return {
            "name": self.name,
            "heading": self.kind.heading,
            "rows": [self.kind.make_row(item, self.work) for item in self.objects],
            "total": self.total,
            "is_counted": self.kind.is_counted,
            "all_url": self.kind.all_url(self.work) if self.total > len(self.objects) else None,
        }

    def get_context_data(self, parent_context):
        return {**self.content(), "csrf_token": parent_context["csrf_token"]}
