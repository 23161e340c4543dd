"""The screen of the translation memory: it goes out as a file, and files of other memories come in and are let go of."""

from django import forms
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.formats import tmx
from exchange.whole_files import answer_with_file, read_whole
from languages.codes import LANGUAGES, current_language
from languages.numbers import format_number
from languages.rights import refuse_unless
from translation_memory.files import forget_file, remembered_units, take_file
from translation_memory.forgetting import KEEP
from translation_memory.models import MemoryFile, RememberedUnit

MAX_BYTES = 20 * 1024 * 1024
MAX_UNITS = 10_000


class TmxForm(forms.Form):
    """Takes a file apart into kinds and texts by language."""

    file = forms.FileField(
        label=gettext_lazy("TMX file"),
        help_text=gettext_lazy("At most 20 MB and 10,000 texts. Only the languages of this site are taken."),
        widget=forms.FileInput(attrs={"accept": ".tmx,application/x-tmx+xml"}),
    )

    def clean_file(self):
        """Return the name of the file, and a list of pairs: a kind and texts."""
        file = self.cleaned_data["file"]
        units = read_whole(tmx.read(file, LANGUAGES, MAX_BYTES, MAX_UNITS), "no_units")
        return file.name, [(unit.kind, unit.texts) for unit in units]


class MemoryView(WagtailAdminTemplateMixin, FormView):
    """What is remembered, the files that were taken, and a form for another one."""

    form_class = TmxForm
    template_name = "exchange/memory.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "openquote"

    def dispatch(self, request, *args, **kwargs):
        refuse_unless(request.user.has_perm(KEEP))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        files = MemoryFile.objects.select_related("imported_by").annotate(number=Count("units"))
        return super().get_context_data(**kwargs) | {"total": RememberedUnit.objects.count(), "files": files}

    def form_valid(self, form):
        name, units = form.cleaned_data["file"]
        _file, number = take_file(name, units, self.request.user)
        text = ngettext("%(number)s new translation was taken.", "%(number)s new translations were taken.", number)
        messages.success(self.request, text % {"number": format_number(number)})
        return redirect("translation_memory")


@require_GET
def export_memory(request):
    """Answer with all that is remembered, as a TMX file."""
    refuse_unless(request.user.has_perm(KEEP))
    units = map(as_memory_unit, remembered_units())
    return answer_with_file(lambda file: tmx.write(units, file, current_language()), "tmx", "application/x-tmx+xml")


def as_memory_unit(unit):
    texts = {text.language: text.text for text in unit.texts.all()}
    note = _("from the file ‘%(name)s’") % {"name": unit.file.name} if unit.file else ""
    return tmx.MemoryUnit(unit.kind, {code: texts[code] for code in LANGUAGES if code in texts}, note)


@require_POST
def forget_memory_file(request, pk):
    """Let go of a file, with what came from it alone."""
    refuse_unless(request.user.has_perm(KEEP))
    file = get_object_or_404(MemoryFile, pk=pk)
    forget_file(file, request.user)
    messages.success(request, _("What came from the file ‘%(name)s’ is forgotten.") % {"name": file.name})
    return redirect("translation_memory")
