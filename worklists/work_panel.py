"""A panel of the home that lists one kind of work, for the home and for the daily mail."""

from wagtail.admin.ui.components import Component


class WorkPanel(Component):
    """One kind of work: its lines, and the way to all where there are more."""

    template_name = "worklists/panel.html"
    heading = ""
    is_counted = True

    def __init__(self, work):
        self.work, self.user = work, work.user

    @property
    def objects(self):
        """The objects of the lines, in order."""
        raise NotImplementedError

    def make_row(self, item):
        raise NotImplementedError

    @property
    def total(self):
        """How many there are in all."""
        return self.objects[0].total

    @property
    def all_url(self):
        raise NotImplementedError

    def content(self):
        """Return what the panel says, for the home and for mails."""
        return {
            "name": self.name,
            "heading": self.heading,
            "rows": [self.make_row(item) for item in self.objects],
            "total": self.total,
            "is_counted": self.is_counted,
            "all_url": self.all_url if self.total > len(self.objects) else None,
        }

    def get_context_data(self, parent_context):
        return {**self.content(), "csrf_token": parent_context["csrf_token"]}
