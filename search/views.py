"""The page on which readers search, and what it suggests while they type."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from delivery.errors import error_page
from pages.models import ContactPage
from pages.navigation import Navigation
from search.answers import answer
from search.limits import readers_wait
from search.paths import search_path
from search.question import LONGEST
from search.suggestions import suggested


class SearchNavigation(Navigation):
    """The site's navigation around the search; the switch of languages leads to the same question."""

    def __init__(self, language, question="", section=""):
        super().__init__(language)
        self.question, self.asked_section = question, section

    @property
    def paths(self):
        return {code: search_path(code, q=self.question, section=self.asked_section) for code in super().paths}

    @property
    def chosen(self):
        """The section of the menu that the reader looks in, None for all of them or one that is not there."""
        return next((page for page in self.menu if page.slug == self.asked_section), None)

    @property
    def contact(self):
        """The page on how to reach us, where the navigation knows it."""
        kind = ContentType.objects.get_for_model(ContactPage).pk
        return next((page for page in self.pages if page.content_type_id == kind and page.paths()), None)


# What people look for is their own business: no cache keeps the answer, and no search engine lists it.
@transaction.non_atomic_requests
@require_safe
def search(request, language):
    """Search for `q` in `language`, on leaf `page`, in the section with the key `section`; whatever is sent gets an answer."""
    request.encoding = "utf-8"  # whatever the request says of itself: some encodings decode to what cannot be stored
    text = request.GET.get("q", "")
    if not request.path_info.endswith("/"):
        query = request.META.get("QUERY_STRING")
        response = HttpResponsePermanentRedirect(search_path(language) + (f"?{query}" if query else ""))
    elif text.strip() and (wait := readers_wait(request)):
        response = too_many(request, wait)
    else:
        navigation = SearchNavigation(language, text[:LONGEST], request.GET.get("section", "")[:LONGEST])
        section = navigation.chosen
        outcome, pages = answer(request, text, language, section, number(request.GET.get("page")))
        response = render(request, "search/search.html", context(outcome, navigation, section, language, pages))
    return kept_by_nobody(response)


@transaction.non_atomic_requests
@require_safe
def suggest(request, language):
    """Return what is suggested for `q`, in the format of OpenSearch: what was typed, then texts, sections and addresses."""
    request.encoding = "utf-8"  # as above
    typed = request.GET.get("q", "")
    if typed.strip() and (wait := readers_wait(request, is_typing=True)):
        return kept_by_nobody(as_suggestions([typed, [], [], []], status=429, headers={"Retry-After": str(wait)}))
    found = suggested(typed, language)
    addresses = [settings.SITE_URL + (one.path or search_path(language, q=one.text)) for one in found]
    content = [typed, [one.text for one in found], [one.section for one in found], addresses]
    return kept_by_nobody(as_suggestions(content))


def as_suggestions(content, **options):
    return JsonResponse(content, safe=False, content_type="application/x-suggestions+json", **options)


def too_many(request, wait):
    """429: who asks more than any reader can read waits until the minute is over."""
    text = _("More questions came from your network within a minute than we can answer. Wait %(seconds)s seconds, then go on.")
    response = error_page(request, 429, _("Too many questions"), text % {"seconds": wait})
    response.headers["Retry-After"] = str(wait)
    return response


def kept_by_nobody(response):
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def number(text):
    """Return the number of a leaf, 1 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


def context(outcome, navigation, section, language, promoted_pages):
    """Return what the template shows of what was `Found`, and above it of what we recommend, which is not shown twice."""
    recommended = {page.page for page in promoted_pages}
    question = outcome.question.text
    key = section.slug if section else ""
    return {
        "title": title(outcome),
        "status": status(outcome),
        "found": outcome,
        "promoted": promoted_pages,
        "results": [result for result in outcome.results if result.page not in recommended],
        "question": question,
        "language": language,
        "navigation": navigation,
        "action": search_path(language),
        "chosen": section,
        "longest": LONGEST,
        "better_path": search_path(language, q=outcome.better, section=key) if outcome.better else "",
        "everywhere_path": search_path(language, q=question) if section else "",
        "leaves": [
            (name, search_path(language, q=question, section=key, page=leaf))
            for name, leaf in (("prev", outcome.number - 1), ("next", outcome.number + 1))
            if 1 <= leaf <= outcome.pages
        ],
    }


def status(outcome):
    """Return in a sentence how much was found; "" when nothing was asked."""
    if not outcome.question.wanted:
        return ""
    asked = {"question": outcome.question.text, "count": outcome.total}
    if not outcome.total:
        return _("Nothing found for “%(question)s”") % asked
    if outcome.is_loose:
        return _("No page has all the words of “%(question)s”, but some have a part of them") % asked
    return ngettext("%(count)s result for “%(question)s”", "%(count)s results for “%(question)s”", outcome.total) % asked


def title(outcome):
    """Return the title of the page: what it says first, then what it is."""
    parts = [status(outcome)]
    if outcome.number > 1:
        parts.append(_("page %(number)s of %(pages)s") % {"number": outcome.number, "pages": outcome.pages})
    return " – ".join(filter(None, [", ".join(filter(None, parts)), _("Search")]))
