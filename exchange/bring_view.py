"""The screen on which a file is brought back, whichever package it is of."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.formats.errors import FormatError
from exchange.reading import MAX_BYTES, read_files
from exchange.rights import may_make, packages_of


class BringForm(forms.Form):
    """A file of a package, of any format, or a ZIP file of several."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLIFF, PO or Word (.docx), or a ZIP file of these. Nothing changes before you have seen it."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po,.docx,.zip"}),
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_file(self):
        """Return the `Import`s of the file. Raises ValidationError with the reason, and where it is in a ZIP file."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(FormatError("too_large").sentence)
        try:
            return read_files(file.name, file, packages_of(self.user), self.user)
        except FormatError as error:
            is_inside = error.name and error.name != file.name
            named = format_lazy(_("{name}: {sentence}"), name=error.name, sentence=error.sentence)
            raise ValidationError(named if is_inside else error.sentence) from error


class BringBackView(WagtailAdminTemplateMixin, FormView):
    """Takes a file that came back from a translator, whichever package it is of."""

    form_class = BringForm
    template_name = "exchange/bring_back.html"
    page_title = gettext_lazy("Bring translations back")
    header_icon = "upload"

    def dispatch(self, request, *args, **kwargs):
        if not may_make(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        packages = {"url": reverse("packages_report"), "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, packages, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        imports = form.cleaned_data["file"]
        if len(imports) == 1:
            return redirect("import", imports[0].pk)
        text = ngettext("%(number)d file was read.", "%(number)d files were read.", len(imports)) % {"number": len(imports)}
        links = [messages.button(reverse("import", args=[one.pk]), one.name) for one in imports]
        messages.success(self.request, text, buttons=links)
        packages = {one.package_id for one in imports}
        return redirect("package", packages.pop()) if len(packages) == 1 else redirect("packages_report")
