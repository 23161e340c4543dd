"""A draft as it is shared: the link, the latest version of the page, and what stands around it for whoever has no account."""

from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import cached_property

from draft_links.models import DraftLink
from draft_links.paths import comment_path, document_path, draft_path
from pages.navigation import Navigation

AS_PAGE = "as_page"  # the parameter by which a link to all languages shows the page in one


class DraftNavigation(Navigation):
    """The site's navigation around a draft: its languages are those of the link, and no search engine is told of it."""

    canonical = neutral = None

    def __init__(self, language, page, query="", *, paths):
        super().__init__(language, page, query)
        self.draft_paths = paths

    @property
    def paths(self):
        return self.draft_paths

    @property
    def languages(self):
        """The languages of the link: that it does not show the others says nothing of the page."""
        return [language for language in super().languages if language["path"]]

    @property
    def alternates(self):
        return {}


@dataclass
class SharedDraft:
    """The latest draft of the page of a link, for a reader of a language. Making it costs the queries for both."""

    link: DraftLink
    token: str
    language: str

    @cached_property
    def page(self):
        """The draft, with all its fields, as the next publication would have it."""
        return self.link.page.get_latest_revision_as_object()

    @property
    def is_public(self):
        """Whether readers have this very version already."""
        return self.link.page.live and not self.link.page.has_unpublished_changes

    @property
    def public_path(self):
        """The path of the page as readers have it now; None where there is none in this language."""
        return self.link.page.paths().get(self.language)

    @property
    def saved_at(self):
        page = self.link.page
        return page.latest_revision_created_at or page.last_published_at or self.link.created_at

    @property
    def path(self):
        return draft_path(self.language, self.token)

    @property
    def page_paths(self):
        """The paths at which a link to all languages shows the page in each of them."""
        return {code: f"{draft_path(code, self.token)}?{AS_PAGE}" for code in self.link.languages}

    @property
    def comment_path(self):
        return comment_path(self.language, self.token)

    @property
    def comments_taken_over(self):
        """What was taken over of what was written by this link; other people's links have their own."""
        return self.link.comments.exclude(taken_over_at=None)

    def navigation_class(self, path=draft_path):
        """Return how navigation is made around the draft, or around the screen that has such a `path` in each language."""
        return partial(DraftNavigation, paths={code: path(code, self.token) for code in self.link.languages})

    def attach_to(self, request):
        """Let a request show the draft: as a preview, to nobody who is known, whatever cookie came along."""
        request.user = AnonymousUser()
        request.is_preview = True
        request.shared_draft = self
        request.navigation_class = self.navigation_class()
        request.document_address = partial(document_path, self.language, self.token)
