"""The screen of the glossary as a file: it goes out as TBX, and a file that comes in is looked at before it counts."""

import re

from django import forms
from django.core import signing
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from directory.models import GlossaryTerm
from exchange.formats import tbx
from exchange.import_messages import say_what_became_of_terms, say_what_was_undone_of_terms
from exchange.judging_terms import NamedTerms, judge_terms
from exchange.models import TermsImport
from exchange.taking_terms import take_terms
from exchange.term_rows import shown_rows
from exchange.terms import concept_of, may_exchange
from exchange.undoing_terms import undo_terms
from exchange.whole_files import answer_with_file, read_whole
from languages.codes import LANGUAGES, current_language
from languages.rights import refuse_unless

MAX_BYTES = 1024 * 1024  # what a form brings back is signed, and larger than the file by a third at most
MAX_TERMS = 500
CHOICE = re.compile(r"(\d{1,6}):([a-z]{0,3}):([0-9a-z]{1,16})", re.ASCII)
SALT = "exchange.terms"


class TbxForm(forms.Form):
    """Takes a file apart into concepts."""

    file = forms.FileField(
        label=gettext_lazy("TBX file"),
        help_text=gettext_lazy("At most 1 MB and 500 terms. Nothing changes before you have seen it."),
        widget=forms.FileInput(attrs={"accept": ".tbx,.xml"}),
    )

    def clean_file(self):
        """Return the name of the file, and a list of its concepts."""
        file = self.cleaned_data["file"]
        return file.name, read_whole(tbx.read(file, LANGUAGES, MAX_BYTES, MAX_TERMS), "no_terms")


class TermsView(WagtailAdminTemplateMixin, FormView):
    """The glossary as a file, and what a file would change. POST a `file`, `take` to take over what is chosen of it, or `undo`
    with the key of a `TermsImport`."""

    form_class = TbxForm
    template_name = "exchange/terms.html"
    page_title = gettext_lazy("Terms as TBX")
    header_icon = "download"
    success_url = reverse_lazy("terms_file")

    def dispatch(self, request, *args, **kwargs):
        refuse_unless(may_exchange(request.user))
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if "undo" in request.POST:
            return self.undo()
        return self.take() if "take" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form):
        """Show what the file would change."""
        return self.show(*form.cleaned_data["file"])

    def show(self, name, concepts, outcome=None):
        """Show what a file called `name` would change, or would change still, after the `outcome` of taking over."""
        user = self.request.user
        looked_at = shown_rows(judge_terms(concepts, NamedTerms(), user), concepts, user, outcome)
        carried = carry(name, concepts, user, outcome and outcome.of)
        context = self.get_context_data(form=self.form_class(), file_name=name, looked_at=looked_at, carried=carried)
        return self.render_to_response(context)

    def take(self):
        """Take over what was chosen of a file that was looked at; show the rest where something is left."""
        try:
            name, concepts, of = read_carried(self.request.POST.get("carried", ""), self.request.user)
        except signing.BadSignature:
            messages.error(self.request, _("What you saw is gone. Choose the file again."))
            return redirect(self.success_url)
        chosen = dict(filter(None, map(read_chosen_row, self.request.POST.getlist("chosen"))))
        outcome = take_terms(concepts, chosen, name, self.request.user, of)
        say_what_became_of_terms(self.request, outcome)
        is_done = outcome.written and not outcome.left and not outcome.waiting
        return redirect(self.success_url) if is_done else self.show(name, concepts, outcome)

    def undo(self):
        """Give back what stood there before a file was taken over."""
        key = self.request.POST["undo"]
        of = get_object_or_404(TermsImport, pk=key if key.isascii() and key.isdigit() else None)
        say_what_was_undone_of_terms(self.request, undo_terms(of, self.request.user))
        return redirect(self.success_url)

    def get_breadcrumbs_items(self):
        terms = {
            "url": reverse(GlossaryTerm.snippet_viewset.get_url_name("list")),
            "label": capfirst(GlossaryTerm._meta.verbose_name_plural),
        }
        return [*self.breadcrumbs_items, terms, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        files = TermsImport.objects.select_related("taken_by", "undone_by").annotate(number=Count("terms")).order_by("-pk")
        return {"total": GlossaryTerm.objects.count(), "files": files, **super().get_context_data(**kwargs)}


def carry(name, concepts, user, of=None):
    """Return a file that was looked at as the form carries it, for this person only; `of` is the `TermsImport` of it."""
    plain = [
        [concept.key, {code: [getattr(words, one) for one in tbx.ALL] for code, words in concept.words.items()}]
        for concept in concepts
    ]
    return signing.dumps([name, plain, of and of.pk], salt=f"{SALT}.{user.pk}", compress=True)


def read_carried(value, user):
    """Return the name and the concepts of a file that a form carried, and its `TermsImport`. Raises `signing.BadSignature`."""
    name, plain, key = signing.loads(value, salt=f"{SALT}.{user.pk}")
    concepts = [tbx.Concept(of_file, {code: tbx.Words(*said) for code, said in words.items()}) for of_file, words in plain]
    return name, concepts, TermsImport.objects.filter(pk=key).first()


def read_chosen_row(choice):
    """Return the place and language of a row, and what somebody saw there, of a value of the form; None for anything else."""
    match = CHOICE.fullmatch(choice)
    return ((int(match[1]), match[2]), match[3]) if match else None


@require_GET
def export_terms(request):
    """Answer with the glossary as a TBX file."""
    refuse_unless(may_exchange(request.user))
    concepts = map(concept_of, GlossaryTerm.objects.order_by("pk").iterator())
    name = _("Glossary of Actiris")
    return answer_with_file(lambda file: tbx.write(concepts, file, name, current_language()), "tbx", "application/x-tbx")
