"""The screen on which a file is brought back, whichever package it is of."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.formats.errors import FormatError
from exchange.large_files import has_many_texts, order_reading
from exchange.models import BroughtFile
from exchange.reading import MAX_BYTES, read_files
from exchange.rights import may_make, packages_of
from languages.rights import refuse_unless

MOST_SHOWN = 5


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
        """Return the `Import`s of the file, and None; or no `Import`s and the `BroughtFile` that is read later.

        Raises ValidationError with the reason, and where it is in a ZIP file.
        """
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(FormatError("too_large").sentence)
        packages = packages_of(self.user)
        try:
            if has_many_texts(file.name, file, packages):
                return [], order_reading(file.name, file, self.user)
            return read_files(file.name, file, packages, self.user), None
        except FormatError as error:
            raise ValidationError(words_of(error, file.name)) from error


def words_of(error, name):
    """Return why a file of some name is refused, with the file within it that is meant."""
    if not error.name or error.name == name:
        return error.sentence
    return format_lazy(_("{name}: {sentence}"), name=error.name, sentence=error.sentence)


class BringBackView(WagtailAdminTemplateMixin, FormView):
    """Takes a file that came back from a translator, whichever package it is of."""

    form_class = BringForm
    template_name = "exchange/bring_back.html"
    page_title = gettext_lazy("Bring translations back")
    header_icon = "upload"

    def dispatch(self, request, *args, **kwargs):
        refuse_unless(may_make(request.user))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        packages = {"url": reverse("packages_report"), "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, packages, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_context_data(self, **kwargs):
        brought = BroughtFile.objects.filter(brought_by=self.request.user).defer("data")
        return super().get_context_data(**kwargs) | {"brought": brought[:MOST_SHOWN]}

    def form_valid(self, form):
        imports, brought = form.cleaned_data["file"]
        if brought:
            return redirect("brought_file", brought.pk)
        if len(imports) == 1:
            return redirect("import", imports[0].pk)
        text = ngettext("%(number)d file was read.", "%(number)d files were read.", len(imports)) % {"number": len(imports)}
        links = [messages.button(reverse("import", args=[one.pk]), one.name) for one in imports]
        messages.success(self.request, text, buttons=links)
        packages = {one.package_id for one in imports}
        return redirect("package", packages.pop()) if len(packages) == 1 else redirect("packages_report")
