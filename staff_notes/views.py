"""The screen of the notes on one page, entry or settings: read, add, change, settle, open again."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_latest_str
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from languages.rights import say_what_was_refused
from languages.versions import latest_version
from languages.views import get_aligned_object, may_edit
from staff_notes.forms import StaffNoteForm
from staff_notes.models import StaffNote
from staff_notes.permissions import form_url
from staff_notes.shown_notes import notes_for_display, notes_url


class NotesView(WagtailAdminTemplateMixin, FormView):
    """All notes on an object, and a form for another one."""

    form_class = StaffNoteForm
    template_name = "staff_notes/notes.html"
    page_title = gettext_lazy("Notes for staff")
    header_icon = "clipboard-list"

    @cached_property
    def carrier(self):
        """What the notes are about, as its latest draft has it."""
        return get_carrier(self.request.user, self.kwargs["app"], self.kwargs["model"], self.kwargs["pk"])

    @cached_property
    def note(self):
        return StaffNote.on(self.carrier, author=self.request.user)

    def dispatch(self, request, *args, **kwargs):
        self.carrier  # noqa: B018  (nobody gets further without a right to it)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return get_latest_str(self.carrier)

    def get_breadcrumbs_items(self):
        form = {"url": self.back_url or "", "label": get_latest_str(self.carrier)}
        return [*self.breadcrumbs_items, form, {"url": notes_url(self.carrier), "label": self.page_title}]

    @cached_property
    def back_url(self):
        return form_url(self.request.user, type(self.carrier), self.carrier.pk)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "instance": self.note, "carrier": self.carrier, "for_user": self.request.user}

    def form_valid(self, form):
        form.save()
        messages.success(self.request, _("The note was saved."))
        say_what_was_refused(self.request, form.instance)
        return redirect(notes_url(self.carrier))

    def get_context_data(self, **kwargs):
        notes = StaffNote.objects.of(self.carrier).select_related("author", "settled_by")
        display_notes = notes_for_display(notes, self.carrier, self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "open_notes": [note for note in display_notes if not note.is_settled],
            "settled_notes": [note for note in display_notes if note.is_settled],
            "back_url": self.back_url,
            "notes_url": notes_url(self.carrier),
        }


class NoteView(NotesView):
    """One note, to be changed."""

    template_name = "staff_notes/note.html"

    @cached_property
    def note(self):
        return get_object_or_404(StaffNote, pk=self.kwargs["pk"])

    @cached_property
    def carrier(self):
        return carrier_of(self.note, self.request.user)


@require_POST
def change_state(request, pk):
    """Settle a note, or open it again: POST `settled`, "1" or empty."""
    note = get_object_or_404(StaffNote, pk=pk)
    carrier = carrier_of(note, request.user)
    if request.POST.get("settled"):
        note.settle(request.user)
        messages.success(request, _("The note is settled. It stays below."))
    else:
        note.reopen()
        messages.success(request, _("The note is open again."))
    note.save(update_fields=["settled_at", "settled_by", "changed_at"])  # somebody may be writing its texts at this moment
    return redirect(notes_url(carrier))


def carrier_of(note, user):
    model = note.content_type.model_class()
    return get_carrier(user, model._meta.app_label, model._meta.model_name, note.object_id)


def get_carrier(user, app, model, pk):
    """Return the latest draft of what notes are about. Raises 404 where there is none, 403 for anyone who may not change it."""
    if (app, model) == ("wagtailcore", "page"):  # under which notes on pages are kept, whatever their type
        page = get_object_or_404(Page, pk=pk).specific_class
        app, model = page._meta.app_label, page._meta.model_name
    carrier = get_aligned_object(app, model, pk)
    if carrier is None:
        raise Http404
    if not may_edit(user, carrier):
        raise PermissionDenied
    return latest_version(carrier)
