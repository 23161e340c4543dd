"""The page on which readers search, and what it suggests while they type."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.http import HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from delivery.errors import error_page
from delivery.public import read_only
from languages.codes import LANGUAGES
from pages.models import ContactPage
from pages.navigation import Navigation
from search.answers import answer
from search.limits import wait_after_question, wait_after_suggestion
from search.paths import search_path
from search.question import MAX_LENGTH
from search.suggestions import find_suggestions

ORIGIN = "from"  # the parameter that names the language in which a question was typed


class SearchNavigation(Navigation):
    """The site's navigation around the search; the switch of languages leads to the same question, and says so there."""

    def __init__(self, language, question="", section=""):
        super().__init__(language)
        self.question, self.asked_section = question, section

    @property
    def paths(self):
        own = {"q": self.question, "section": self.asked_section}
        elsewhere = own | ({ORIGIN: self.language} if self.question else {})
        return {code: search_path(code, **(own if code == self.language else elsewhere)) for code in super().paths}

    @property
    def chosen(self):
        """The section of the menu that the reader looks in, None for all of them or one that is not there."""
        return next((page for page in self.menu if page.slug == self.asked_section), None)

    @property
    def channels(self):
        """The ways to reach us by telephone and on the web, as the page on how to reach us says them; with one query."""
        page = ContactPage.objects.filter(pk=self.contact.pk).first() if self.contact else None
        return [channel for channel in page.channels if channel.value["kind"] in ("telephone", "web")] if page else []

    @property
    def contact(self):
        """The page on how to reach us, where the navigation knows it."""
        kind = ContentType.objects.get_for_model(ContactPage).pk
        return next((page for page in self.pages if page.content_type_id == kind and page.paths()), None)


# What people look for is their own business: no cache keeps the answer, and no search engine lists it.
@read_only
def search(request, language):
    """Search for `q` in `language`, in the section with the key `section`, and show the results' page `page`."""
    request.encoding = "utf-8"  # whatever the request says of itself: some encodings decode to what cannot be stored
    text = request.GET.get("q", "")
    if not request.path_info.endswith("/"):
        query = request.META.get("QUERY_STRING")
        response = HttpResponsePermanentRedirect(search_path(language) + (f"?{query}" if query else ""))
    elif text.strip() and (wait := wait_after_question(request)):
        response = too_many_questions(request, wait)
    else:
        navigation = SearchNavigation(language, text[:MAX_LENGTH], request.GET.get("section", "")[:MAX_LENGTH])
        section = navigation.chosen
        page_number = parse_page_number(request.GET.get("page"))
        is_new = page_number == 1 and not origin_of(request, language)
        search_results, promotions = answer(request, text, language, section, page_number, is_new)
        context = template_context(search_results, navigation, section, language, promotions)
        response = render(request, "search/search.html", context | {"origin": origin_of(request, language)})
    return forbid_caching(response)


@read_only
def suggest(request, language):
    """Return what is suggested for `q`, in the format of OpenSearch: what was typed, then texts, sections and addresses."""
    request.encoding = "utf-8"  # as above
    typed = request.GET.get("q", "")
    if typed.strip() and (wait := wait_after_suggestion(request)):
        return forbid_caching(suggestions_response([typed, [], [], []], status=429, headers={"Retry-After": str(wait)}))
    suggestions = find_suggestions(typed, language)
    urls = [settings.SITE_URL + (one.path or search_path(language, q=one.text)) for one in suggestions]
    content = [typed, [one.text for one in suggestions], [one.section for one in suggestions], urls]
    return forbid_caching(suggestions_response(content))


def suggestions_response(content, **options):
    return JsonResponse(content, safe=False, content_type="application/x-suggestions+json", **options)


def too_many_questions(request, wait):
    """429: who asks more than any reader can read waits until the minute is over."""
    text = _("More searches came from your network within a minute than we can handle. Wait %(seconds)s seconds, then go on.")
    response = error_page(request, 429, _("Too many searches"), text % {"seconds": wait})
    response.headers["Retry-After"] = str(wait)
    return response


def forbid_caching(response):
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def origin_of(request, language):
    """Return the other language in which the question was typed before the reader switched, "" where there is none."""
    origin = request.GET.get(ORIGIN)
    return origin if origin in LANGUAGES and origin != language else ""


def parse_page_number(text):
    """Return the number of a page of results, 1 for what is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 1


def template_context(search_results, navigation, section, language, promotions):
    """Return what the template shows: `SearchResults`, and above them the recommended pages, which are not shown twice."""
    promoted = {promotion.page for promotion in promotions}
    question = search_results.question.text
    correction, key = search_results.correction, section.slug if section else ""
    return {
        "title": page_title(search_results),
        "status": status_sentence(search_results),
        "search_results": search_results,
        "promotions": promotions,
        "results": [result for result in search_results.results if result.page not in promoted],
        "question": question,
        "language": language,
        "navigation": navigation,
        "action": search_path(language),
        "chosen": section,
        "longest": MAX_LENGTH,
        "has_no_full_answer": search_results.is_loose or not search_results.total,
        "is_for_main_site": search_results.is_for_main_site and search_results.page_number == 1,
        "correction_path": search_path(language, q=correction, section=key) if correction else "",
        "everywhere_path": search_path(language, q=question) if section else "",
        "neighbours": [
            (name, search_path(language, q=question, section=key, page=number))
            for name, number in (("prev", search_results.page_number - 1), ("next", search_results.page_number + 1))
            if 1 <= number <= search_results.page_count
        ],
    }


def status_sentence(search_results):
    """Return in a sentence how much was found; "" when nothing was asked."""
    if not search_results.question.terms:
        return ""
    params = {"question": search_results.question.text, "count": search_results.total}
    if not search_results.total:
        return _("Nothing found for ‘%(question)s’") % params
    if search_results.is_loose:
        return _("No page has all the words of ‘%(question)s’, but these pages have some of them") % params
    return (
        ngettext("%(count)s result for ‘%(question)s’", "%(count)s results for ‘%(question)s’", search_results.total) % params
    )


def page_title(search_results):
    """Return the title of the page: what it says first, then what it is."""
    parts = [status_sentence(search_results)]
    if search_results.page_number > 1:
        parts.append(
            _("page %(number)s of %(pages)s") % {"number": search_results.page_number, "pages": search_results.page_count}
        )
    return " – ".join(filter(None, [", ".join(filter(None, parts)), _("Search")]))
