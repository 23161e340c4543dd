"""The screen of a package, and its files."""

from itertools import groupby

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef
from django.http import FileResponse, Http404
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from exchange.current_texts import model_of, place_of
from exchange.formats.packages import BEHIND, FINE, MISSING
from exchange.gathering import drafts_of
from exchange.making import refusal_of
from exchange.names import Names
from exchange.preview import direction, open_words, words_in_words
from exchange.renewal import renew_by_itself
from exchange.rights import get_package, may_close
from exchange.sent_files import ENDINGS, LABELS, TYPES, file_name, write_file
from exchange.staying import reasons_for_staying
from exchange.tally import read_stayed
from exchange.texts_back import number_to_decide
from exchange.texts_out import close, reopen, texts_not_back
from languages.numbers import format_number
from languages.rights import refuse_unless
from languages.twin_checks.reading import read
from newsroom.reports.sent_out import words_to_decide
from newsroom.reports.standing_rows import unit_url
from staff_notes.permissions import form_url
from worklists.deadlines import day_words
from worklists.rights import rows_to_change
from worklists.rows import label_fact, person_name

REPORT = reverse_lazy("packages_report")
TEXTS_A_PAGE = 100
LONGEST_SHOWN = 300


class PackageView(WagtailAdminTemplateMixin, TemplateView):
    """A package as it was sent: facts, files, and the texts to be translated."""

    template_name = "exchange/package.html"
    page_title = gettext_lazy("Package")
    header_icon = "download"

    @cached_property
    def package(self):
        return get_package(self.request.user, self.kwargs["pk"])

    def dispatch(self, request, *args, **kwargs):
        self.package  # noqa: B018  (nobody gets further without a right to it)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        is_being_made = not self.package.ready_at and not refusal_of(self.package)
        return renew_by_itself(response) if is_being_made else response

    def post(self, request, *args, **kwargs):
        """Close the package, or open it again: POST `close` or `reopen`."""
        refuse_unless(may_close(request.user, self.package))
        if "close" in request.POST:
            close(self.package, request.user)
            said = _("Nothing more is expected of this package. What still comes back can be brought all the same.")
            messages.success(request, said)
        elif "reopen" in request.POST:
            reopen(self.package)
            messages.success(request, _("What has not come back of this package is expected again."))
        return redirect("package", self.package.pk)

    def get_page_subtitle(self):
        return self.package.name

    def get_breadcrumbs_items(self):
        report = {"url": REPORT, "label": _("Texts for translators")}
        return [*self.breadcrumbs_items, report, {"url": "", "label": label_fact(self.page_title, self.package.name)}]

    def get_context_data(self, **kwargs):
        package = self.package
        texts = package.texts.filter(is_context=False).select_related("content_type")
        paginator = WagtailPaginator(texts, TEXTS_A_PAGE)
        page = paginator.get_page(self.request.GET.get("p"))
        count, out = paginator.count, texts_not_back().filter(package=package).count()
        heading = ngettext("%(number)s text to translate", "%(number)s texts to translate", count)
        return {
            **super().get_context_data(**kwargs),
            "package": package,
            "facts": facts_of(package, bool(out)),
            "refusal": refusal_of(package),
            "reasons": reasons_of(package, self.request.user),
            "open_words": open_words(package.texts_open),
            "out_words": out_number(out),
            "may_close": may_close(self.request.user, package),
            "downloads": [(LABELS[kind], reverse("package_file", args=[package.pk, kind])) for kind in ENDINGS],
            "texts_heading": heading % {"number": format_number(count)},
            "page": page,
            "elided_page_range": paginator.get_elided_page_range(page.number),
            "parts": parts_of(page, self.request.user, package),
            "imports": imports_of(package),
        }


def imports_of(package):
    """Return what came back of a package, each with what is to be decided of it in words. One query."""
    imports = package.imports.select_related("uploaded_by").annotate(number=number_to_decide(of=OuterRef("pk")))
    return [(one, words_to_decide(one.number)) for one in imports]


def reasons_of(package, user):
    """Return the `Reason`s why nothing went out, of a package that was made later and holds nothing."""
    stayed = package.wanted.get("stayed")
    return reasons_for_staying(read_stayed(stayed), [], package.source, user) if stayed else []


def facts_of(package, is_incomplete):
    """Return what is to be known of a package, as pairs of a label and words; `is_incomplete` until all has come back."""
    facts = [
        (_("Languages"), direction(package.source, package.target)),
        *words_in_words(package.words),
        (_("Deadline"), day_words(package.deadline) if package.deadline else _("no hurry")),
        (pgettext("a package", "Made by"), who_and_when(package.created_by, package.created_at)),
    ]
    if package.closed_at and (package.closed_by or is_incomplete):
        facts.append((pgettext("a package", "Closed by"), who_and_when(package.closed_by, package.closed_at)))
    return [*facts, (_("Note"), package.note)] if package.note else facts


def out_number(number):
    """Say how many texts of a package have not come back, "" for none."""
    text = ngettext("%(number)s text has not come back yet.", "%(number)s texts have not come back yet.", number)
    return text % {"number": format_number(number)} if number else ""


def who_and_when(user, moment):
    return f"{person_name(user)}, {date_format(localtime(moment), 'SHORT_DATETIME_FORMAT')}"


def parts_of(texts, user, package):
    """Return texts by object, as the template shows them, each object with its name and the address of its form.

    A query, and one for each model.

    Who may not change an object any more sees what it was called when it was sent.
    """
    texts = list(texts)
    names = Names(drafts_to_change(texts, user), package)
    labels = {
        MISSING: pgettext("text of a package", "missing"),
        BEHIND: pgettext("text of a package", "behind"),
        FINE: pgettext("text of a package", "complete"),
    }
    parts = []
    for _place, group in groupby(texts, place_of):
        group = list(group)
        shown = [
            {
                "number": text.number,
                "place": names.of_place(text),
                "state": labels[text.state],
                "source": shorten(text.source, text.kind),
                "target": shorten(text.target, text.kind),
            }
            for text in group
        ]
        parts.append({"name": names.of_page(group[0]), "url": url_of(group[0], user, package.target), "texts": shown})
    return parts


def drafts_to_change(texts, user):
    """Return the latest drafts of those objects of `SentText`s that somebody may change, by content type and key."""
    places = {place_of(text) for text in texts if model_of(text)}
    rows = rows_to_change(user).filter(object_id__in={key for _kind, key in places}).only("content_type_id", "object_id")
    rows = [row for row in rows if place_of(row) in places]
    return {(ContentType.objects.get_for_model(draft).pk, draft.pk): draft for draft in drafts_of(rows)}


def url_of(text, user, language):
    """Return the address of the form of a text, None for whoever may not open it."""
    model = text.content_type.model_class()
    return model and unit_url(form_url(user, model, text.object_id), text.address, language)


def shorten(text, kind):
    return Truncator(" ".join(read(text, kind).text.split())).chars(LONGEST_SHOWN)


@require_GET
def download(request, pk, kind):
    """Answer with a package as a file of a kind (`exchange.sent_files.ENDINGS`); 404 for one that is not ready."""
    package = get_package(request.user, pk)
    if kind not in ENDINGS or not package.ready_at:
        raise Http404
    return FileResponse(
        write_file(package, kind), as_attachment=True, filename=file_name(package, kind), content_type=TYPES[kind]
    )
