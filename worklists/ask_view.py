"""The screen on which translations are asked for."""

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from languages.codes import LANGUAGES, language_name
from languages.standing_saving import UNFINISHED, has_work
from newsroom.reports import standing_rows
from worklists.chosen_rows import PARAMETER, chosen_rows
from worklists.deadlines import day_words
from worklists.forms import AskForm
from worklists.rights import translators_of
from worklists.rows import language_facts, name_of


class AskView(WagtailAdminTemplateMixin, FormView):
    """Asks for the texts of one object or several in a language; the address names each."""

    form_class = AskForm
    template_name = "worklists/ask.html"
    page_title = gettext_lazy("Ask for a translation")
    header_icon = "globe"

    @cached_property
    def standings(self):
        return chosen_rows(self.request.user, self.request.GET.getlist(PARAMETER))

    def dispatch(self, request, *args, **kwargs):
        if not self.standings:
            messages.error(request, _("Choose what is to be translated."))
            return redirect("languages_report")
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "standings": self.standings, "user": self.request.user}

    def form_valid(self, form):
        requests, reasons = form.ask_for_all()
        if not requests:
            for reason in reasons:
                form.add_error(None, reason)
            return self.form_invalid(form)
        self.say_what_was_asked(requests)
        for reason in reasons:
            messages.warning(self.request, reason)
        return redirect(self.back_url)

    def say_what_was_asked(self, requests):
        count, language, day = len(requests), requests[0].language, requests[0].deadline
        values = {"language": capfirst(language_name(language)), "count": count, "day": day and day_words(day)}
        if day:
            text = ngettext(
                "%(language)s is asked for by %(day)s.", "%(language)s is asked for by %(day)s, in %(count)d places.", count
            )
        else:
            text = ngettext("%(language)s is asked for.", "%(language)s is asked for, in %(count)d places.", count)
        messages.success(self.request, text % values)
        if not all(has_work(one.standing.languages, language, UNFINISHED) for one in requests):
            text = _("Another language is still in translation: say that its texts are done, so that they can be translated.")
            messages.warning(self.request, text)
        if not requests[0].taken_by_id and not translators_of(language).exists():
            text = _("No account works in %(language)s: somebody who writes in all languages has to take this.")
            messages.warning(self.request, text % {"language": language_name(language)})

    @cached_property
    def back_url(self):
        """The form of the one object, or the table of all."""
        if len(self.standings) == 1:
            return standing_rows.edit_url(self.standings[0], self.request.user) or reverse("languages_report")
        return reverse("languages_report")

    def get_context_data(self, **kwargs):
        user = self.request.user
        shown = [
            (
                name_of(one),
                standing_rows.edit_url(one, user),
                [language_facts(one, code) for code in LANGUAGES if code in one.languages],
            )
            for one in self.standings
        ]
        return {**super().get_context_data(**kwargs), "shown": shown, "back_url": self.back_url}
