"""The screen of one string, on which its languages stand side by side, are saved, and lead to other strings."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse, reverse_lazy
from django.utils.functional import cached_property
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from interface_strings import edits
from interface_strings.filters import strings_of_list
from interface_strings.glossary_hints import StringGlossary
from interface_strings.models import InterfaceString
from interface_strings.neighbours import neighbours
from interface_strings.places import place_name
from interface_strings.similar import similar_strings
from interface_strings.states import problems_of
from interface_strings.string_columns import columns, history
from interface_strings.string_form import StringForm, field_name
from languages.codes import current_language, language_name
from languages.rights import languages_to_write, refusal_words

MAX_NAME_LENGTH = 80  # characters of a text in titles and messages
MAX_PLACES = 8
NEXT_TO_DO = {"to_do": "next_to_do", "to_do_before": "previous_to_do"}  # what a form asks for, by the key of the neighbour


class StringView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """Saves the languages that somebody may write, and goes on to another string of the list where asked to."""

    permission_policy = ModelPermissionPolicy(InterfaceString)
    permission_required = "change"
    form_class = StringForm
    template_name = "interface_strings/string.html"
    page_title = gettext_lazy("Interface string")
    header_icon = "title"

    def post(self, request, *args, **kwargs):
        try:
            self.string = edits.lock_string(kwargs["pk"])
        except InterfaceString.DoesNotExist:
            return self.give_back_texts()
        return self.give_back_texts() if self.string.is_gone else super().post(request, *args, **kwargs)

    def give_back_texts(self):
        """410: a release did without the string while its screen was open; what was typed is shown, to be copied."""
        typed = list(self.request.POST.items())
        texts = [
            (code, capfirst(name), text)
            for code, name in settings.LANGUAGES
            for field, text in typed
            if field.startswith(field_name(code, "")) and text
        ]
        return TemplateResponse(self.request, "interface_strings/gone.html", {"texts": texts}, status=410)

    @cached_property
    def string(self):
        return get_object_or_404(InterfaceString, pk=self.kwargs["pk"])

    @cached_property
    def languages(self):
        """The languages that may be written here: of what has gone, none."""
        return () if self.string.is_gone else languages_to_write(self.request.user)

    @cached_property
    def neighbours(self):
        return neighbours(list(strings_of_list(self.request).values_list("pk", "work")), self.string.pk)

    def get_page_subtitle(self):
        """The text in the language of the admin, where it has one."""
        return Truncator((self.string.shown.get(current_language()) or self.string.sources)[0]).chars(MAX_NAME_LENGTH)

    def get_breadcrumbs_items(self):
        index = {"url": self.url_with_query(reverse_lazy("strings:index")), "label": _("Interface strings")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": self.get_page_subtitle()}]

    def url_with_query(self, url):
        query = self.request.GET.urlencode()
        return f"{url}?{query}" if query else str(url)

    def url_of(self, pk):
        return self.url_with_query(reverse("strings:edit", args=[pk])) if pk else None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "string": self.string, "languages": self.languages, "user": self.request.user}

    def following(self):
        """Return the address to which somebody asked to go on; before anything is written, which may change the order."""
        wish = self.request.POST.get("next")
        if wish in NEXT_TO_DO:
            following = self.url_of(self.neighbours[NEXT_TO_DO[wish]])
            if not following:
                messages.info(self.request, _("No other string of this list needs work."))
            return following
        return (self.url_of(self.neighbours["next"]) or self.url_with_query(reverse("strings:index"))) if wish else None

    def form_valid(self, form):
        following = self.following()
        for language, texts in form.changed.items():
            edits.write(self.string, language, texts, self.request.user)
        if form.refused:
            labels = [capfirst(language_name(code)) for code in form.refused]
            messages.warning(self.request, refusal_words(self.request.user, labels))
        if form.changed:
            messages.success(self.request, _("‘%(string)s’ is on the site.") % {"string": self.get_page_subtitle()})
            if following:
                self.tell_hints(form.changed)
        return redirect(following or self.url_of(self.string.pk))

    def tell_hints(self, languages):
        """Say what may be wrong with what was saved to whoever does not see it any more."""
        glossary = StringGlossary()
        sentences = [
            problem.sentence for code in languages for form in problems_of(self.string, code, glossary) for problem in form
        ]
        if sentences:
            words = {"string": self.get_page_subtitle(), "hints": " ".join(dict.fromkeys(sentences))}
            messages.warning(self.request, _("‘%(string)s’: %(hints)s") % words)

    def form_invalid(self, form):
        messages.error(self.request, _("Not saved: what is wrong stands at its field."))
        return super().form_invalid(form)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        string, places = self.string, [(package, path, place_name(package, path)) for package, path in self.string.places]
        return {
            **context,
            "string": string,
            "columns": columns(string, languages_to_write(self.request.user), context["form"]),
            "places": places[:MAX_PLACES],
            "more_places": places[MAX_PLACES:],
            "changes": history(string, languages_to_write(self.request.user)),
            "similar": similar_strings(string) if string.is_gone else [],
            "is_editable": bool(self.languages),
            "query": self.request.GET.urlencode(),
            "action_url": self.url_of(string.pk),
            "neighbours": self.neighbours,
            "previous_url": self.url_of(self.neighbours["previous"]),
            "next_url": self.url_of(self.neighbours["next"]),
        }
