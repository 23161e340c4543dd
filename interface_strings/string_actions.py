"""What is done to the text of one language without typing: back to the file, kept over it, an earlier text restored."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from interface_strings import edits
from interface_strings.models import InterfaceString, StringChange
from interface_strings.refusals import refusals
from languages.rights import languages_to_write


class StringAction(PermissionCheckedMixin, View):
    """POST `language`; answers with the string's screen and a message.

    Whoever names a language that is not their own is led to the admin's first page with a message, a script answered with 403.
    """

    permission_policy = ModelPermissionPolicy(InterfaceString)
    permission_required = "change"
    http_method_names = ("post",)

    def post(self, request, pk):
        get_object_or_404(InterfaceString, pk=pk)
        string = edits.lock_string(pk)
        language = self.language_of(request, string)
        if language not in languages_to_write(request.user):
            raise PermissionDenied
        self.act(request, string, language)
        query = request.META["QUERY_STRING"]
        if string.is_gone and not string.edits.exists():
            return redirect("strings:index")
        return redirect(reverse("strings:edit", args=[pk]) + (f"?{query}" if query else ""))

    def language_of(self, request, string):
        return request.POST.get("language")


class TakeBackView(StringAction):
    def act(self, request, string, language):
        edits.take_back(string, language, request.user)
        messages.success(request, _("The site shows again what the file says."))


class KeepView(StringAction):
    def act(self, request, string, language):
        edits.keep(string, language, request.user)
        messages.success(request, _("The text stays as it was edited here."))


class RestoreView(StringAction):
    """POST `change`, the line of the history whose earlier text is to be shown again."""

    def language_of(self, request, string):
        key = request.POST.get("change", "")
        self.change = get_object_or_404(StringChange, string=string, pk=key if key.isdecimal() and len(key) < 19 else 0)
        return self.change.language

    def act(self, request, string, language):
        texts = self.change.before
        problems = [problem for form in refusals(string.sources, texts or []) for problem in form]
        if string.is_gone or not texts or len(texts) != len(string.shown[language] or texts) or problems:
            reason = _("The earlier text does not fit the source any more.")
            messages.error(request, " ".join([reason, *(problem.sentence for problem in problems)]))
            return
        edits.write(string, language, texts, request.user, StringChange.Action.RESTORED)
        messages.success(request, _("The earlier text is on the site again."))
