"""The list of terms of the glossary in the admin, and where apps above offer something for all of them."""

from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from directory.models import GlossaryTerm

TERM_BUTTONS = "term_buttons"  # a hook: a function that returns a button for a user, or None


class TermIndex(IndexView):
    @cached_property
    def header_more_buttons(self):
        buttons = [make(self.request.user) for make in hooks.get_hooks(TERM_BUTTONS)]
        return [*super().header_more_buttons, *(button for button in buttons if button)]


class TermViewSet(SnippetViewSet):
    model = GlossaryTerm
    index_view_class = TermIndex
