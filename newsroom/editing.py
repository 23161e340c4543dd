"""The editor's views where they stand in for Wagtail's: two people at one page follow each other, and lose nothing."""

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.admin import messages
from wagtail.admin.views.pages import edit, preview, revisions
from wagtail.models import Page
from wagtail.snippets.views.snippets import get_snippet_model_from_url_params

from languages import collisions
from newsroom.gone import what_was_typed

# What Wagtail says of saving while somebody else has saved is not true here; our catalogues come before its own.
WAGTAILS_WORDS = (
    gettext_noop("Proceeding will overwrite the changes you made in that window."),
    gettext_noop("Proceeding will overwrite the changes made by %(user_name)s."),
)


class StaleSafeMixin:
    """Locks the page before anything of it is read, and leaves the comparison of versions to the form.

    Requests to the admin are transactions, so whoever comes second waits here and then finds what the first one saved.
    """

    is_out_of_date = False  # Wagtail's answer to any newer version; the form looks at what is in it

    def dispatch(self, request, page_id, **kwargs):
        if request.method == "POST" and not Page.objects.select_for_update(no_key=True).filter(pk=page_id).exists():
            return what_was_typed(request, Page, page_id)
        return super().dispatch(request, page_id, **kwargs)

    def post(self, request, *args, **kwargs):
        self.keep_the_revisions_of_others()
        return super().post(request, *args, **kwargs)

    def keep_the_revisions_of_others(self):
        """An editor that saves by itself writes over its own last revision, unless somebody saved another one since."""
        named = self.request.POST.get("overwrite_revision_id")
        if named and self.latest_revision and named != str(self.latest_revision.pk):
            self.request.POST = self.request.POST.copy()
            del self.request.POST["overwrite_revision_id"]

    def form_valid(self, form):
        response = super().form_valid(form)
        if form.taken and not self.expects_json_response:
            messages.info(self.request, _("What others saved since you opened this page was kept beside your changes."))
        return response

    def form_invalid(self, form):
        if not form.refusal:
            return super().form_invalid(form)
        if self.expects_json_response:
            advice = _("Save the draft yourself to compare both versions.")
            return self.json_error_response("invalid_revision", f"{form.refusal} {advice}")
        response = super().form_invalid(form)
        messages.error(self.request, format_html("{} {}", form.refusal, collisions.comparison(form)))
        return response

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.form.refusal:
            context["autosave_enabled"] = False  # to choose between two versions is for a person
        return context


class EditView(StaleSafeMixin, edit.EditView):
    """The page editor."""

    def get_object(self):
        page = super().get_object()
        page.opened_latest = True
        if self.latest_revision:
            page.latest_revision = self.latest_revision  # known already, so nobody asks for it again
        return page


class RevisionsRevertView(StaleSafeMixin, revisions.RevisionsRevertView):
    """The page editor with an older version in it."""


class PreviewOnEdit(preview.PreviewOnEdit):
    """The preview of what is being typed, whatever others do."""

    def get_form(self, query_dict):
        form = super().get_form(query_dict)
        form.is_preview = True
        return form


def edit_snippet(request, app_name, model_name, pk):
    """Wagtail's editor of a snippet; whoever saves one that is gone gets back what was typed."""
    model = get_snippet_model_from_url_params(app_name, model_name)
    if request.method == "POST" and not model._default_manager.filter(pk=pk).exists():
        return what_was_typed(request, model, pk)
    return model.snippet_viewset.edit_view(request, pk=pk)
