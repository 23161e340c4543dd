"""The editor's views where they stand in for Wagtail's: two people at one page follow each other, and lose nothing."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from wagtail.admin import messages
from wagtail.admin.views.pages import edit, preview, revisions
from wagtail.models import Page, PagePermissionTester
from wagtail.utils.timestamps import render_timestamp

from languages.codes import current_language, name_in
from languages.concurrent_edits import conflicts
from languages.rights import say_what_was_refused
from newsroom.editing.decisions import WorkflowMixin
from newsroom.editing.deleted_page import give_back_texts, give_back_texts_of_page
from pages import address_writer
from pages.deletions import deletion_of
from pages.number_checks import find_numbers_behind

MAX_NUMBERS = 3  # old numbers that are named after a save

# What was refused although a draft could be saved, by the name of the action that was asked for.
REFUSAL_MESSAGES = {
    "publish": gettext_noop("Not published; your draft is safe. The fields show what is missing."),
    "submit": gettext_noop("Not submitted; your draft is safe. The fields show what is missing."),
    "restart_workflow": gettext_noop("Not submitted; your draft is safe. The fields show what is missing."),
    "perform_workflow_action": gettext_noop("Nothing was decided; your draft is safe. The fields show what is missing."),
}


class StaleSafeMixin:
    """Locks the page before anything of it is read, and leaves the comparison of versions to the form.

    Requests to the admin are transactions, so whoever comes second waits here and then finds what the first one saved.
    """

    is_out_of_date = False  # Wagtail's answer to any newer version; the form looks at what is in it
    is_only_a_draft = False

    def dispatch(self, request, page_id, **kwargs):
        if request.method == "POST":
            page = self.lock_page(request, page_id)
            if page is None:
                return give_back_texts(request, Page, page_id)
            if deletion := deletion_of(page):
                return give_back_texts_of_page(request, page, deletion.user)
        return super().dispatch(request, page_id, **kwargs)

    def lock_page(self, request, page_id):
        """Lock a page, and addresses before it where they may change; return it, None where it is not there any more.

        Who may not edit it is refused first: nobody else has to wait for them. That is asked of Wagtail's rules: by ours nobody
        edits what is being deleted, and whoever could have is to hear of that.
        """
        page = Page.objects.filter(pk=page_id).first()
        if page and not PagePermissionTester(request.user, page).can_edit():
            raise PermissionDenied
        may_publish = any(name.startswith("action-") for name in request.POST)
        if may_publish or (page and not page.live):  # a draft is saved whole, with its addresses
            address_writer.lock()
        return Page.objects.select_for_update(no_key=True).filter(pk=page_id).first()

    def post(self, request, *args, **kwargs):
        self.protect_newer_revision()
        return super().post(request, *args, **kwargs)

    def protect_newer_revision(self):
        """An editor that saves by itself writes over its own last revision, unless somebody saved another one since."""
        named = self.request.POST.get("overwrite_revision_id")
        if named and self.latest_revision and named != str(self.latest_revision.pk):
            self.request.POST = self.request.POST.copy()
            del self.request.POST["overwrite_revision_id"]

    @cached_property
    def action_name_and_method(self):
        """Return what was asked for; a form that saves by itself saves, whatever button was pressed in the meantime."""
        return ("save", self.save_action) if self.expects_json_response else super().action_name_and_method

    def form_valid(self, form):
        if self.expects_json_response and form.changes_nothing:
            return JsonResponse({"success": True, "pk": self.page.pk, "comments": form.serialize_comments(self.request.user)})
        is_compared = self.page.live and not self.expects_json_response
        public = self.page_class.objects.get(pk=self.page.pk) if is_compared else None  # before it is published anew
        response = super().form_valid(form)
        say_what_was_refused(self.request, self.page)  # where the form saved itself, on the next page that is shown
        if form.merged_fields and not self.expects_json_response:
            messages.info(self.request, _("What others saved since you opened this page was kept alongside your changes."))
        if public:
            self.warn_of_old_numbers(public)
        return response

    def warn_of_old_numbers(self, public):
        """Say which texts still hold a number that was changed elsewhere on the page since it was published."""
        for number, places in find_numbers_behind(public, self.page)[:MAX_NUMBERS]:
            named = [f"{label} ({name_in(code, current_language())})" if code else str(label) for label, code in places]
            text = _("You changed %(number)s on this page. It still stands in: %(places)s.")
            messages.warning(self.request, text % {"number": number, "places": ", ".join(dict.fromkeys(named))})

    def form_invalid(self, form):
        if not form.refusal:
            return self.save_refused_as_draft() or super().form_invalid(form)
        if self.expects_json_response:
            advice = _("Save the draft yourself to compare both versions.")
            return self.json_error_response("invalid_revision", f"{form.refusal} {advice}")
        if self.locked_for_user or self.is_cancelling_workflow:
            return super().form_invalid(form)
        # In place of Wagtail's message, which only says that there are errors.
        messages.error(self.request, format_html("{} {}", form.refusal, conflicts.conflict_list(form)))
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    def save_refused_as_draft(self):
        """Save as a draft what may not be published or submitted, and show the form with what is missing.

        Return None where it cannot be saved as a draft either, or where nothing but saving was asked for.
        """
        action = self.action_name
        if action not in REFUSAL_MESSAGES or self.locked_for_user or not self.save_as_draft():
            return None
        self.form = self.rebuild_form()
        self.form.is_valid()
        messages.validation_error(self.request, _(REFUSAL_MESSAGES[action]), self.form)
        return self.render_to_response(self.get_context_data())

    def save_as_draft(self):
        """Save what was sent as a draft, and let the form that is shown again know of it; return whether that was possible."""
        refused, self.form = self.form, self.rebuild_form()
        self.form.defer_required_fields()
        if not self.form.is_valid():
            self.form = refused
            return False
        self.has_content_changes, self.is_only_a_draft = self.form.has_changed(), True
        self.save_action()
        say_what_was_refused(self.request, self.page)
        self.request.POST = self.request.POST.copy()
        self.request.POST.update(dict(self.form.get_field_updates_for_resave()))
        self.latest_revision = self.page.latest_revision
        return True

    def rebuild_form(self):
        """Return the form with what was sent, before the page as it is stored: validation changes the page it is given."""
        self.page = self.get_object()
        return self.form_class(
            self.request.POST,
            self.request.FILES,
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.parent,
            for_user=self.request.user,
        )

    def add_save_confirmation_message(self):
        if not self.is_only_a_draft:
            super().add_save_confirmation_message()

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        if self.form.refusal:
            context["autosave_enabled"] = False  # to choose between two versions is for a person
        return context


class EditView(StaleSafeMixin, WorkflowMixin, edit.EditView):
    """The page editor."""

    def get_object(self):
        page = super().get_object()
        page.opened_latest = True
        if self.latest_revision:
            page.latest_revision = self.latest_revision  # known already, so nobody asks for it again
        return page


class RevisionsRevertView(StaleSafeMixin, WorkflowMixin, revisions.RevisionsRevertView):
    """The page editor with an older version in it."""

    def get_warning_message(self):
        """Say of which version it is; Wagtail names "None" as its author where it was loaded."""
        if self.previous_revision.user:
            return super().get_warning_message()
        moment = render_timestamp(self.previous_revision.created_at)
        return format_html(_("You are viewing a previous version of this page from <b>{moment}</b>"), moment=moment)


class PreviewOnEdit(preview.PreviewOnEdit):
    """The preview of what is being typed, whatever others do."""

    def get_form(self, query_dict):
        form = super().get_form(query_dict)
        form.is_preview = True
        return form
