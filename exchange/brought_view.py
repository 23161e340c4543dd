"""The screen of a large file that came back: whether it was read, and what came of that."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.bring_view import words_of
from exchange.formats.errors import SENTENCES, FormatError
from exchange.models import BroughtFile


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
        imports = list(self.brought.imports.all())
        if len(imports) == 1:
            return redirect("import", imports[0].pk)
        return self.render_to_response(self.get_context_data(brought=self.brought, imports=imports, refusal=self.refusal))

    @property
    def refusal(self):
        """Why it was not read, in words, "" where it was or will be."""
        refusal = self.brought.refusal
        if refusal and refusal["code"] not in SENTENCES:
            return _("The file could not be read. Bring it once more; if that fails too, tell the administrators.")
        return words_of(FormatError(**refusal), self.brought.name) if refusal else ""

    def get_page_subtitle(self):
        return self.brought.name

    def get_breadcrumbs_items(self):
        packages = {"url": reverse("packages_report"), "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, packages, {"url": "", "label": self.brought.name}]
