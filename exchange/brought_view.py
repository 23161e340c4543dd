"""The screen of a large file that came back: whether it was read, and what came of that."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.bring_view import words_of
from exchange.formats.errors import SENTENCES, FormatError
from exchange.import_view import GROUPS, LABELS, NOTHING, TO_DO
from exchange.models import BroughtFile
from exchange.renewal import renew_by_itself
from languages.numbers import format_number
from worklists.rows import label_fact

TEXTS_TO_DO = Q(**{f"texts__{name}": value for name, value in GROUPS[TO_DO].items()})


class BroughtFileView(WagtailAdminTemplateMixin, TemplateView):
    """For whoever brought it, and for administrators. Read as one file, it leads to what would change."""

    template_name = "exchange/brought.html"
    page_title = gettext_lazy("What came back")
    header_icon = "upload"

    @cached_property
    def brought(self):
        user = self.request.user
        visible = BroughtFile.objects.defer("data").filter(Q() if user.is_superuser else Q(brought_by=user))
        return get_object_or_404(visible, pk=self.kwargs["pk"])

    def get(self, request, *args, **kwargs):
        imports = list(self.brought.imports.select_related("package").annotate(number=Count("texts", filter=TEXTS_TO_DO)))
        if len(imports) == 1:
            return redirect("import", imports[0].pk)
        parts = [(one, to_do_words(one.number)) for one in imports]
        context = self.get_context_data(brought=self.brought, parts=parts, refusal=self.refusal)
        response = self.render_to_response(context)
        return response if self.brought.read_at else renew_by_itself(response)

    @property
    def refusal(self):
        """Why it was not read, in words, "" where it was or will be."""
        refusal = self.brought.refusal
        if refusal and refusal["code"] not in SENTENCES:
            return _("The file could not be read. Upload it again; if that fails too, tell the administrators.")
        return words_of(FormatError(**refusal), self.brought.name) if refusal else ""

    def get_page_subtitle(self):
        return self.brought.name

    def get_breadcrumbs_items(self):
        packages = {"url": reverse("packages_report"), "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, packages, {"url": "", "label": self.brought.name}]


def to_do_words(number):
    """Say how many texts of a file are to be decided on."""
    return label_fact(LABELS[TO_DO], format_number(number)) if number else str(LABELS[NOTHING])
