"""The screen on which drafts of a page's texts are asked for. Without a service it is not there."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin import messages

from languages.codes import language_name
from languages.numbers import format_number
from languages.rights import languages_to_write
from languages.versions import read_latest_version
from machine_drafts.choosing import choose_texts
from machine_drafts.drafting import count_characters, draft_texts
from machine_drafts.one_text import draft_one
from machine_drafts.rights import why_for_nobody
from machine_drafts.services import is_ready
from machine_drafts.words import drafted_words, left_out_words, use_words
from pages.models import SitePage


@transaction.non_atomic_requests  # what is sent is counted for all to see before it is sent, and no row waits for the service
@require_http_methods(["GET", "HEAD", "POST"])
def draft_page(request, pk):
    """Show what a machine may draft of a page, and draft it in the `language` that is posted."""
    if not is_ready():
        raise Http404
    page = get_object_or_404(SitePage, pk=pk).specific
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    if request.method == "POST":
        return draft(request, page)
    latest = read_latest_version(page)
    title = _("Drafts by machine")
    context = {
        "page_title": title,
        "page_subtitle": page.get_admin_display_title(),
        "header_icon": "globe",
        "breadcrumbs_items": [{"url": edit_url(page), "label": page.get_admin_display_title()}, {"url": "", "label": title}],
        "why_not": why_for_nobody(request.user, latest),
        "languages": [language_row(latest, code) for code in languages_to_write(request.user)],
        "use": use_words(),
        "form_url": edit_url(page),
    }
    return TemplateResponse(request, "machine_drafts/drafts.html", context)


@transaction.non_atomic_requests  # as above
@require_POST
def draft_text(request, pk):
    """Draft the text at `address` in `language` of a page, both posted, and save nothing.

    Answers `{"says": …, "match": …}` as `one_text.draft_one` returns them; 404 without a service or a page, 403 for whoever may
    not edit it.
    """
    page = SitePage.objects.filter(pk=pk).first()
    if not is_ready() or page is None:
        return JsonResponse({"says": _("This no longer exists."), "match": None}, status=404)
    page = page.specific
    if not page.permissions_for_user(request.user).can_edit():
        return JsonResponse({"says": _("You may not edit this."), "match": None}, status=403)
    match, says = draft_one(page, request.POST.get("address", ""), request.POST.get("language", ""), request.user)
    return JsonResponse({"says": says, "match": match})


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft(request, page):
    """Draft in the language that was posted, say what came of it, and lead to the form of the page."""
    language = request.POST.get("language")
    if language not in languages_to_write(request.user):
        raise PermissionDenied
    drafted = draft_texts(page, language, request.user)
    if drafted.units:
        messages.success(request, drafted_words(drafted, language))
    for words in left_out_words(drafted.left_out):
        messages.warning(request, words)
    if drafted.refusal:
        messages.error(request, drafted.refusal)
    elif not drafted.units and not drafted.left_out:
        messages.info(request, _("Nothing is missing or behind in this language."))
    return redirect(edit_url(page))


def language_row(latest, code):
    """Return what the screen says of one language: what can be drafted, how much that sends, and what is left out and why."""
    chosen, left_out = choose_texts(latest, code)
    return {
        "code": code,
        "name": capfirst(language_name(code)),
        "labels": list(dict.fromkeys(str(one.unit.label) for one in chosen)),
        "count": len(chosen),
        "characters": format_number(count_characters(chosen)),
        "left_out": left_out_words(left_out),
    }
