"""The import of redirects: a file is shown line by line with what it would change, and taken as a whole once confirmed.

It stands in for Wagtail's, which takes what it can and knows no circles, duplicates or unknown targets.
"""

import dataclasses

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.redirects.views import permission_checker
from wagtail.models import ModelLogEntry

from newsroom.redirects import planning
from newsroom.redirects.csv_file import Row, UnreadableFileError, read_rows
from pages import address_writer

SALT = "rows of redirects"
MAX_SHOWN = 500  # lines of a group; of those that are refused all are shown
GROUPS = {
    planning.REFUSED: gettext_lazy("Refused"),
    planning.CHANGED: gettext_lazy("Changed"),
    planning.NEW: gettext_lazy("New"),
    planning.SAME: gettext_lazy("The same as now"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one outcome, as they are shown."""

    label: str
    outcome: str
    lines: list

    @property
    def shown_lines(self):
        return self.lines if self.outcome == planning.REFUSED else self.lines[:MAX_SHOWN]

    @property
    def hidden_count(self):
        return len(self.lines) - len(self.shown_lines)


class FileForm(forms.Form):
    """Takes a file apart into `Row`s."""

    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        help_text=gettext_lazy(
            "A line for each redirect: the old address, where it leads, and, if you like, 301 (permanent) or 302 (temporary)."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
    )

    def clean_file(self):
        """Return the rows of the file."""
        try:
            return read_rows(self.cleaned_data["file"].read())
        except UnreadableFileError as error:
            raise ValidationError(str(error)) from error


class ConfirmForm(forms.Form):
    """What somebody was shown: the rows, signed, so that nobody uploads a file twice, and which plan it was."""

    rows = forms.CharField(widget=forms.HiddenInput)
    shown = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(label=gettext_lazy("Leave the refused lines out"), required=False)

    def clean_rows(self):
        try:
            return [Row(*cells) for cells in signing.loads(self.cleaned_data["rows"], salt=SALT)]
        except signing.BadSignature as error:
            raise ValidationError(_("Choose the file again.")) from error


@permission_checker.require("add")
@permission_checker.require("change")
def import_redirects(request):
    """Ask for a file, show what it would change, and take it once that is confirmed."""
    if "rows" in request.POST:
        form = ConfirmForm(request.POST)
        if form.is_valid():
            return write_plan(request, form)
        messages.error(request, _("Choose the file again."))
        return redirect("wagtailredirects:start_import")
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["file"]
        return show_plan(request, rows, planning.plan(rows))
    return TemplateResponse(request, "newsroom/redirects/choose_file.html", {"form": form})


def show_plan(request, rows, lines, form=None):
    """Show the lines, those first that need a look, with the form that confirms them."""
    signed = signing.dumps([dataclasses.astuple(row) for row in rows], salt=SALT, compress=True)
    initial = {"rows": signed, "shown": planning.digest(lines), "leave_out": bool(form and form.cleaned_data["leave_out"])}
    groups = [
        LineGroup(label, outcome, [line for line in lines if line.outcome == outcome]) for outcome, label in GROUPS.items()
    ]
    context = {
        "form": ConfirmForm(initial=initial),
        "groups": [group for group in groups if group.lines],
        "has_refused": any(line.outcome == planning.REFUSED for line in lines),
        "to_write": sum(line.outcome in planning.WRITTEN for line in lines),
    }
    return TemplateResponse(request, "newsroom/redirects/plan.html", context)


def write_plan(request, form):
    """Write what was confirmed, all of it or nothing; show it once more where it is no longer what was shown."""
    rows = form.cleaned_data["rows"]
    with transaction.atomic():
        address_writer.lock()
        lines = planning.plan(rows)
        if planning.digest(lines) != form.cleaned_data["shown"]:
            messages.warning(
                request, _("Something has changed since this list was checked. Nothing was taken; look at it again.")
            )
            return show_plan(request, rows, lines, form)
        if not form.cleaned_data["leave_out"] and any(line.outcome == planning.REFUSED for line in lines):
            messages.error(request, _("Nothing was taken. Say that the refused lines are left out, or mend them in the file."))
            return show_plan(request, rows, lines, form)
        count = write(lines, request.user)
    text = ngettext("%(count)d redirect was taken.", "%(count)d redirects were taken.", count) % {"count": count}
    messages.success(request, text)
    return redirect("wagtailredirects:index")


def write(lines, user):
    """Store the lines that are new or change something, with few queries; return how many. The caller holds the lock."""
    new = [fill_in(Redirect(old_path=line.key), line) for line in lines if line.outcome == planning.NEW]
    changed = [fill_in(line.stored, line) for line in lines if line.outcome == planning.CHANGED]
    Redirect.objects.bulk_create(new, batch_size=1000)
    fields = ["redirect_page", "redirect_page_route_path", "redirect_link", "is_permanent", "automatically_created"]
    Redirect.objects.bulk_update(changed, fields, batch_size=1000)
    kind, now = ContentType.objects.get_for_model(Redirect), timezone.now()
    entries = [
        ModelLogEntry(
            content_type=kind,
            object_id=item.pk,
            label=item.title,
            action=action,
            user=user,
            timestamp=now,
            content_changed=True,
        )
        for action, items in (("wagtail.create", new), ("wagtail.edit", changed))
        for item in items
    ]
    ModelLogEntry.objects.bulk_create(entries, batch_size=1000)
    return len(entries)


def fill_in(item, line):
    """Return a redirect that leads where a line says; one that we made becomes one of staff."""
    item.redirect_page_id, item.redirect_link = line.target.page, line.target.link
    item.redirect_page_route_path, item.is_permanent, item.automatically_created = "", line.is_permanent, False
    return item
