"""The screen of a translation request, and what can be done about it."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from languages.codes import language_name
from languages.rights import refuse_unless
from newsroom.reports import standing_rows
from worklists import requesting
from worklists.deadlines import day_words
from worklists.forms import HandOnForm
from worklists.models import TranslationRequest
from worklists.rights import may_hand_on, may_manage, may_take
from worklists.rows import label_fact, language_facts, name_of, person_name, who_has

REPORT = reverse_lazy("translation-requests_report")


class RequestView(WagtailAdminTemplateMixin, FormView):
    """One request: who asked, by when, who has it; and, for those who may, handing on, giving back and withdrawing."""

    form_class = HandOnForm
    template_name = "worklists/request.html"
    page_title = gettext_lazy("Translation request")
    header_icon = "globe"

    @cached_property
    def translation_request(self):
        return get_request(self.kwargs["pk"], self.request.user)

    @cached_property
    def may_hand_on(self):
        return self.translation_request.closed_at is None and may_hand_on(self.request.user, self.translation_request)

    def dispatch(self, request, *args, **kwargs):
        if request.method == "POST":
            refuse_unless(may_hand_on(request.user, self.translation_request))
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self):
        return name_of(self.translation_request.standing)

    def get_breadcrumbs_items(self):
        report = {"url": REPORT, "label": _("Translation requests")}
        name = label_fact(self.page_title, self.get_page_subtitle())
        return [*self.breadcrumbs_items, report, {"url": "", "label": name}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "translation_request": self.translation_request}

    def form_valid(self, form):
        person = form.cleaned_data["person"]
        return answer(
            self.request,
            lambda: requesting.hand_on(self.translation_request, person, self.request.user),
            _("%(name)s has this translation now.") % {"name": person_name(person)},
            self.translation_request,
        )

    def get_context_data(self, **kwargs):
        shown, user = self.translation_request, self.request.user
        return {
            **super().get_context_data(**kwargs),
            "translation_request": shown,
            "language": capfirst(language_name(shown.language)),
            "facts": language_facts(shown.standing, shown.language),
            "asker": person_name(shown.asked_by),
            "deadline": shown.deadline and day_words(shown.deadline),
            "who_has": who_has(shown),
            "form_url": standing_rows.edit_url(shown.standing, user, shown.language),
            "may_take": shown.taken_by is None and may_take(user, shown.standing, shown.language),
            "may_hand_on": self.may_hand_on,
            "may_withdraw": may_manage(user, shown),
        }


@require_POST
def take(request, pk):
    """Take a request that nobody has, and go to its first text, as whoever has it already does; others are told who has it."""
    translation_request = get_request(pk, request.user)
    refuse_unless(may_take(request.user, translation_request.standing, translation_request.language))
    is_taken = requesting.take(translation_request, request.user)
    translation_request.refresh_from_db()
    if translation_request.closed_at:
        messages.error(request, _("This request was closed in the meantime."))
    elif translation_request.taken_by == request.user:
        messages.success(request, _("This translation is yours now.") if is_taken else _("You have this translation already."))
        url = standing_rows.edit_url(translation_request.standing, request.user, translation_request.language)
        return redirect(url or "wagtailadmin_home")
    else:
        messages.error(request, _("Not taken: %(who)s.") % {"who": who_has(translation_request)})
    return go_back(request)


@require_POST
def give_back(request, pk):
    """Give a request back to all who write its language."""
    translation_request = get_request(pk, request.user)
    refuse_unless(may_hand_on(request.user, translation_request))
    done = _("Given back: whoever works in this language can take it.")
    return answer(request, lambda: requesting.give_back(translation_request), done, translation_request)


@require_POST
def withdraw(request, pk):
    """Close a request that is not needed any more."""
    translation_request = get_request(pk, request.user)
    refuse_unless(may_manage(request.user, translation_request))
    return answer(request, lambda: requesting.withdraw(translation_request), _("Withdrawn."), translation_request)


def answer(request, act, done, translation_request):
    """Do something about a request and say that it is done, or why it cannot be."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
    return redirect("translation_request", translation_request.pk)


def get_request(pk, user):
    """Return a request about what somebody sees in the table of everything. Raises 404 where there is none."""
    requests = TranslationRequest.objects.select_related("standing", "asked_by", "taken_by")
    return get_object_or_404(requests, pk=pk, standing__in=standing_rows.visible_to(user))


def go_back(request):
    return redirect(get_valid_next_url_from_request(request) or "wagtailadmin_home")
