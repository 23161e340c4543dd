"""What staff choose with."""

from wagtail.admin.widgets import AdminPageChooser


class PageChooser(AdminPageChooser):
    """Chooses a page of this site, in the language of whoever looks.

    Forms and blocks keep their widgets, and Wagtail's adds the kind of page to its text once and for all, in the language of
    whoever happened to look first.
    """

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.choose_one_text = type(self).choose_one_text
