"""The screen of a file that came back: what it would change is shown, texts are taken over, confirmed and undone."""

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.confirming import confirm
from exchange.import_messages import say_what_is_open_again, say_what_was_kept, say_what_was_taken, say_what_was_undone
from exchange.import_rows import rows_of
from exchange.judging import TAKEABLE, Verdict
from exchange.keeping import decide_again, keep
from exchange.large_imports import is_large, order_confirming, order_taking, order_undoing
from exchange.models import Import
from exchange.outcomes import OtherOrderError
from exchange.renewal import renew_by_itself
from exchange.rights import packages_of
from exchange.taking import take
from exchange.texts_back import UNSETTLED
from exchange.ticks import CHOSEN, chosen_in, remember, ticks_of
from exchange.undoing import undo
from languages.codes import language_name
from languages.numbers import format_number
from languages.rights import languages_to_write, refuse_unless
from worklists.rows import label_fact

PER_PAGE = 50
SHOWN, PAGE = "shown", "p"  # names in the form and in the address
GO = "go"  # posted to look at another group or page: "taken:1"
TO_DO, NOTHING, TAKEN, KEPT = "to_do", "nothing", "taken", "kept"
ACTS = ("undo", "confirm", "keep", "decide_again", "take")  # what is posted
GROUPS = {
    TO_DO: UNSETTLED,
    TAKEN: {"is_taken": True},
    KEPT: {"kept_at__isnull": False},
    NOTHING: {"verdict__in": [one for one in Verdict if one not in TAKEABLE], "is_taken": False, "kept_at": None},
}
LABELS = {
    TO_DO: gettext_lazy("To be taken over"),
    TAKEN: gettext_lazy("Taken over"),
    KEPT: gettext_lazy("Kept as it stands here"),
    NOTHING: gettext_lazy("Nothing to take over"),
}


class ImportView(WagtailAdminTemplateMixin, TemplateView):
    """What a file would change, text by text. POST one of `ACTS`; `take` is "ready", "chosen", or one text as it is chosen.

    Whatever is posted, what somebody ticked is remembered.
    """

    template_name = "exchange/import.html"
    page_title = gettext_lazy("What came back")
    header_icon = "download"

    @cached_property
    def one(self):
        imports = Import.objects.filter(package__in=packages_of(self.request.user)).select_related("package", "uploaded_by")
        return get_object_or_404(imports, pk=self.kwargs["pk"])

    @cached_property
    def may_write(self):
        return self.one.package.target in languages_to_write(self.request.user)

    def dispatch(self, request, *args, **kwargs):
        self.one  # noqa: B018  (nobody gets further without a right to it)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        return renew_by_itself(response) if self.one.begun_at else response

    def post(self, request, *args, **kwargs):
        if GO in request.POST:
            self.remember_ticks(are_used=False)
            group, _colon, page = request.POST[GO].partition(":")
            return redirect(self.address_of(group, page))
        refuse_unless(self.may_write)
        act = next((name for name in ACTS if name in request.POST), "take")
        are_used = request.POST.get(act) == "chosen"
        try:
            getattr(self, act)()
        except OtherOrderError:
            are_used = False
            messages.error(request, _("Nothing was done: something else is still being done with this file."))
        self.remember_ticks(are_used=are_used)
        group = self.posted_group
        is_left = self.texts.filter(**GROUPS[group]).exists()
        return redirect(self.address_of(group if is_left else "", request.POST.get(PAGE, "")))

    def address_of(self, group, page):
        """Return the address of a page of a group, of the screen as it begins for what is none."""
        address = reverse("import", args=[self.one.pk])
        return f"{address}?{urlencode({SHOWN: group, PAGE: page})}" if group in GROUPS else address

    def remember_ticks(self, *, are_used):
        """Remember what is ticked on the page that was posted; what the act was for needs no tick any more."""
        ticks = self.remembered_ticks(self.posted_group).with_form(self.request.POST, are_used=are_used)
        remember(self.request.session, self.one.pk, self.posted_group, ticks)

    def remembered_ticks(self, group):
        return ticks_of(self.request.session, self.one.pk, group)

    @property
    def posted_group(self):
        shown = self.request.POST.get(SHOWN)
        return shown if shown in GROUPS else TO_DO

    @property
    def chosen(self):
        """What somebody saw of each text that they chose of those that the form shows, by its key."""
        return chosen_in(self.request.POST.getlist(CHOSEN))

    def take(self):
        """Take over what is ready and unticked on no page, what somebody has chosen of what they see, or one of them."""
        how = self.request.POST.get("take")
        if how == "ready":
            unticked = self.remembered_ticks(TO_DO).with_form(self.request.POST).unticked
            seen = dict.fromkeys(self.ready_texts.exclude(pk__in=unticked).values_list("pk", flat=True))
        else:
            seen = self.chosen if how == "chosen" else chosen_in(self.request.POST.getlist("take"))
        if not seen:
            messages.error(self.request, _("Choose what is to be taken over."))
        elif is_large(self.one, seen):
            order_taking(self.one, seen, self.request.user)
            messages.success(self.request, _("This is being taken over: it takes some minutes, and this page will say so."))
        else:
            outcome = take(self.one, seen, self.request.user)
            say_what_was_taken(self.request, outcome, self.one.package.target)

    def confirm(self):
        """Confirm what somebody has chosen of the texts that they see, or all that is as the file says."""
        is_all = self.request.POST.get("confirm") == "all"
        seen = dict.fromkeys(self.texts.filter(**GROUPS[TAKEN]).values_list("pk", flat=True)) if is_all else self.chosen
        if is_all and is_large(self.one, seen):
            order_confirming(self.one, self.request.user)
            messages.success(self.request, _("This is being confirmed: it takes some minutes, and this page will say so."))
        elif number := len(confirm(self.one, seen, self.request.user)):
            text = ngettext("%(number)s text is confirmed.", "%(number)s texts are confirmed.", number)
            messages.success(self.request, text % {"number": format_number(number)})
        elif is_all:
            messages.error(self.request, _("Nothing was confirmed: the texts that are left have changed meanwhile."))
        else:
            messages.error(self.request, _("Choose what is to be confirmed."))

    def keep(self):
        """Settle a conflict that somebody sees in favour of what stands here."""
        if kept := keep(self.one, chosen_in(self.request.POST.getlist("keep")), self.request.user):
            say_what_was_kept(self.request, kept)
        else:
            messages.error(self.request, _("Nothing was done: what stands here was changed meanwhile. Look at it once more."))

    def decide_again(self):
        """Let what somebody has chosen be decided once more."""
        say_what_is_open_again(self.request, decide_again(self.one, self.request.user, self.chosen))

    def undo(self):
        """Give back what stood there before everything that was taken over, and let what was kept be decided again."""
        say_what_is_open_again(self.request, decide_again(self.one, self.request.user))
        if is_large(self.one, self.texts.filter(is_taken=True).values("pk")):
            order_undoing(self.one, self.request.user)
            messages.success(self.request, _("This is being undone: it takes some minutes, and this page will say so."))
        else:
            say_what_was_undone(self.request, undo(self.one, self.request.user))

    @cached_property
    def texts(self):
        return self.one.texts.select_related("sent", "kept_by")

    @property
    def ready_texts(self):
        return self.texts.filter(**GROUPS[TO_DO], verdict=Verdict.READY)

    def get_page_subtitle(self):
        return self.one.name

    def get_breadcrumbs_items(self):
        package = self.one.package
        packages = {"url": reverse("packages_report"), "label": _("Texts for translators")}
        of_package = {"url": reverse("package", args=[package.pk]), "label": package.name}
        return [*self.breadcrumbs_items, packages, of_package, {"url": "", "label": self.one.name}]

    def get_context_data(self, **kwargs):
        counts = {group: self.texts.filter(**condition).count() for group, condition in GROUPS.items()}
        shown = self.request.GET.get(SHOWN)
        shown = shown if shown in GROUPS else next((group for group in GROUPS if counts[group]), TO_DO)
        page = Paginator(self.texts.filter(**GROUPS[shown]), PER_PAGE).get_page(self.request.GET.get(PAGE))
        verdicts = self.texts.filter(**GROUPS[TO_DO]).values_list("verdict").annotate(number=Count("pk")).order_by()
        numbers = dict(verdicts)
        rows = rows_of(self.one, page, self.request.user, self.remembered_ticks(shown))
        unticked = self.ready_texts.filter(pk__in=self.remembered_ticks(TO_DO).unticked).count()
        return {
            **super().get_context_data(**kwargs),
            "one": self.one,
            "package": self.one.package,
            "source": language_name(self.one.package.source),
            "target": language_name(self.one.package.target),
            "groups": [(group, LABELS[group], counts[group], group == shown) for group in GROUPS],
            "verdicts": [label_fact(verdict.label, numbers[verdict]) for verdict in TAKEABLE if numbers.get(verdict)],
            "number_ready": numbers.get(Verdict.READY, 0) - unticked,
            "number_unticked": unticked,
            "number_taken": counts[TAKEN],
            "number_kept": counts[KEPT],
            "rows": rows,
            "shown": shown,
            "may_take_here": any(row.may_take for row in rows),
            "may_confirm_here": any(row.may_confirm for row in rows),
            "may_decide_again_here": any(row.may_decide_again for row in rows),
            "page": page,
            "elided_page_range": page.paginator.get_elided_page_range(page.number),
            "may_write": self.may_write and not self.one.begun_at,
        }
