"""The screen on which texts are sent out: what is chosen, how much that is, and the form."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.choosing import Choice, private_rows
from exchange.forms import SendForm
from exchange.making import MOST_MADE_AT_ONCE, WAITING, make, nothing_words, order_package
from exchange.models import SentPackage
from exchange.preview import direction, preview, texts_words, words_in_words
from exchange.rights import may_make
from exchange.staying import private_words, reasons_for_staying
from exchange.tally import Tally
from languages.codes import LANGUAGES, OFFICIAL
from languages.numbers import format_number
from languages.rights import languages_to_write, refuse_unless
from languages.standing_saving import has_work
from worklists.rows import name_of

REPORT = reverse_lazy("packages_report")
MOST_NAMED = 20
TO_DO = ("missing", "behind")


class SendView(WagtailAdminTemplateMixin, FormView):
    """Makes a package of what the address names (`exchange.choosing.Choice`); POST `count` only says how much it would be.

    `language` of the address says to which language, until somebody chooses.
    """

    form_class = SendForm
    template_name = "exchange/send.html"
    page_title = gettext_lazy("Send texts out")
    header_icon = "download"

    @cached_property
    def choice(self):
        return Choice.of_query(self.request.GET)

    @cached_property
    def rows(self):
        """The first of the rows that are named, one more than are shown."""
        return list(self.choice.rows(self.request.user).order_by("pk")[: MOST_NAMED + 1])

    def dispatch(self, request, *args, **kwargs):
        refuse_unless(may_make(request.user))
        if (self.choice.names or self.choice.below) and not self.rows:
            messages.error(request, _("Choose what is to be translated."))
            return redirect(REPORT)
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        report = {"url": REPORT, "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, report, {"url": "", "label": self.page_title}]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def get_initial(self):
        target = self.first_target()
        source = next(code for code in (*OFFICIAL, *LANGUAGES) if code != target)
        return {"source": source, "target": target, "texts": WAITING, "name": self.first_name()}

    def first_target(self):
        """Return the language that the address names, else the first in which something of what is chosen is to be done."""
        own = languages_to_write(self.request.user)
        if (named := self.request.GET.get("language")) in own:
            return named
        waiting = (code for code in own if any(has_work(row.languages, code, TO_DO) for row in self.rows))
        return next(waiting, next(code for code in (*reversed(OFFICIAL), *own) if code in own))

    def first_name(self):
        longest = SentPackage._meta.get_field("name").max_length
        if not self.choice.names and not self.choice.below:
            return _("The whole site")
        if self.choice.below:
            return Truncator(self.top_name or _("A section")).chars(longest)
        return Truncator(", ".join(name_of(row) for row in self.rows)).chars(longest)

    @cached_property
    def top_name(self):
        """What the page is called below which everything is meant, "" where somebody may not change that one."""
        row = self.choice.rows(self.request.user).filter(object_id=self.choice.below).first()
        return name_of(row) if row else ""

    def post(self, request, *args, **kwargs):
        if "count" in request.POST:
            return self.render_to_response(self.get_context_data(form=self.get_form()))
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        try:
            package = self.make(form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if package.ready_at:
            messages.success(self.request, _("The package is ready: download it in the format that the agency wants."))
        else:
            messages.info(self.request, _("The package is being made, which takes a few minutes. You find it here."))
        return redirect("package", package.pk)

    @transaction.atomic
    def make(self, values):
        """Return the package, which is made already where it is small. Raises ValidationError where nothing goes out."""
        rows = self.rows_for(values)
        count = rows.count()
        if not count:
            raise self.nothing(Tally(), values)
        package = order_package(self.choice, created_by=self.request.user, **values)
        if count <= MOST_MADE_AT_ONCE:
            tally = make(package)
            if not tally.texts:
                raise self.nothing(tally, values)
            package.refresh_from_db()
        return package

    def nothing(self, tally, values):
        """Return the ValidationError that says that nothing goes out, and why."""
        reasons = self.reasons(tally, values)
        return ValidationError([nothing_words(), *(reason.html for reason in reasons)])

    def reasons(self, tally, values):
        source, user = values["source"], self.request.user
        without = self.choice.rows_without(user, source, values["target"]).order_by("pk")
        return reasons_for_staying(tally, without, source, user, values.get("again", False))

    def rows_for(self, values):
        """Return the rows of which a package is made, given the values of the form."""
        only_waiting = values["texts"] == WAITING
        return self.choice.rows_for(self.request.user, values["source"], values["target"], only_waiting)

    def preview_context(self, form):
        """Return what is said of how much it would be, for what the form says, nothing where that makes no sense."""
        if form.is_bound:
            form.is_valid()  # what was found by whoever made the package stays
        values = form.cleaned_data if form.is_bound else form.initial
        if not all(values.get(name) for name in ("source", "target", "texts")) or values["source"] == values["target"]:
            return {}
        source, target, rows = values["source"], values["target"], self.rows_for(values)
        shown = preview(rows, source, target, values["texts"] == WAITING, values.get("again", False))
        return {
            "preview": shown,
            "direction": direction(source, target),
            "preview_texts": texts_words(shown.texts),
            "preview_words": words_in_words(shown.words),
            "reasons": self.reasons(shown.tally, values),
            "asks_again": bool(shown.tally.out),
            "private_words": private_words(private_rows(rows).order_by("pk")),
        }

    def chosen_words(self):
        """Say what is chosen, where it is not named row by row."""
        if self.choice.names:
            return ""
        if not self.choice.below:
            return _("All that you may change, wherever it stands.")
        count = self.choice.rows(self.request.user).count()
        text = ngettext("‘%(name)s’, one page.", "‘%(name)s’ with all below it: %(count)s pages.", count)
        return text % {"name": self.top_name, "count": format_number(count)}

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {
            **context,
            **self.preview_context(context["form"]),
            "chosen": [name_of(row) for row in self.rows[:MOST_NAMED]] if self.choice.names else [],
            "has_more": len(self.rows) > MOST_NAMED,
            "chosen_words": self.chosen_words(),
            "back_url": REPORT,
        }
