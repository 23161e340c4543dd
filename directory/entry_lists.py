"""The lists of organisations and terms in the admin, in the order of what is read there; apps above add to that of terms."""

from django.utils.functional import cached_property
from wagtail import hooks
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from directory.models import GlossaryTerm, Organisation
from languages.codes import current_language
from languages.sorting import order_by_shown

TERM_BUTTONS = "term_buttons"  # a hook: a function that returns a button for a user, or None


class OrganisationIndex(IndexView):
    def get_base_queryset(self):
        rows = super().get_base_queryset()
        # What is found stands in the order of the search, which knows columns only.
        return rows if self.is_searching else order_by_shown(rows, self.model.NAME, current_language())


class TermIndex(OrganisationIndex):
    @cached_property
    def header_more_buttons(self):
        buttons = [make(self.request.user) for make in hooks.get_hooks(TERM_BUTTONS)]
        return [*super().header_more_buttons, *(button for button in buttons if button)]


class ShownOrderMixin:
    """Offers entries to choose from in the order of what is read there."""

    def apply_object_list_ordering(self, objects):
        return order_by_shown(objects, self.model.NAME, current_language())


class EntryChooserViewSet(SnippetChooserViewSet):
    choose_view_class = type("ChooseEntryView", (ShownOrderMixin, ChooseView), {})
    choose_results_view_class = type("ChooseEntryResultsView", (ShownOrderMixin, ChooseResultsView), {})


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    index_view_class = OrganisationIndex
    chooser_viewset_class = EntryChooserViewSet


class TermViewSet(SnippetViewSet):
    model = GlossaryTerm
    index_view_class = TermIndex
    chooser_viewset_class = EntryChooserViewSet
