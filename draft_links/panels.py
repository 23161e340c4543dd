"""The links to the draft of a page above its form."""

from django.middleware.csrf import get_token
from wagtail.admin.panels import Panel

from draft_links.link_lists import comments_on, links_url, open_links
from draft_links.permissions import languages_to_share, may_share

MAX_COMMENTS_SHOWN = 5  # the newest that nobody has decided about


class DraftLinksPanel(Panel):
    """The links that work, and what was written about the draft last. It holds no field: links are no part of a revision."""

    def __init__(self, **kwargs):
        super().__init__(**{"classname": "draft-links-panel", **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "draft_links/panel.html"

        def is_shown(self):
            page = self.instance
            return super().is_shown() and page.pk is not None and may_share(self.request.user, page)

        def show_panel_furniture(self):
            """Say no, so that it stands above the tabs of a form and is no tab itself."""
            return False

        def get_context_data(self, parent_context=None):
            comments = comments_on(self.instance).filter(taken_over_at=None)
            links = list(open_links(self.instance))
            return {
                **super().get_context_data(parent_context),
                "links": links,
                "comments": list(comments[:MAX_COMMENTS_SHOWN]),
                "new_comments": comments.count(),
                "shareable": languages_to_share(self.request.user),
                "links_url": links_url(self.instance),
                "csrf_token": get_token(self.request),
                "back": self.request.path,
            }
