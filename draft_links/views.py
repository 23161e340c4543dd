"""The addresses that somebody with a link may open. They answer nobody else, and keep nothing about whoever opens them."""

from functools import wraps

from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.documents import get_document_model

from audience import feedback_form
from audience.request_origin import content_length, has_no_origin, is_by_hand, is_same_origin
from delivery.documents import BIGINT, file_named, file_response
from delivery.errors import error_page, page_not_found
from directory.references import referenced_keys
from draft_links import comment_form, screens
from draft_links.comment_form import DraftCommentForm
from draft_links.find_link import LinkGone, find_link
from draft_links.limits import is_flood_after_comment, is_full
from draft_links.models import DraftComment, DraftOpening
from draft_links.secrecy import keep_secret
from draft_links.shared_draft import AS_PAGE, SharedDraft

MAX_BYTES = 1_000_000  # so that a text of many times the limit comes back whole
SENT = "sent"  # a parameter by which the form thanks


def for_link_holders(*methods):
    """Mark a view as one for whoever has a link: `view(request, shared)` gets the `SharedDraft` that its token opens.

    Django's protection of forms compares them with a cookie, and readers get none; see `audience.feedback_views`.
    """

    def marked(view):
        @csrf_exempt
        @transaction.non_atomic_requests
        @wraps(view)
        def wrapped(request, language, token, **kwargs):
            request.encoding = "utf-8"  # whatever the request says of itself: some encodings decode to what cannot be stored
            if request.method not in methods:
                response = error_page(request, 405, _("This cannot be done here"), _("Open the link as it was given to you."))
                response.headers["Allow"] = ", ".join(methods)
                return keep_secret(response)
            try:
                shared = SharedDraft(find_link(token, language), token, language)
                return keep_secret(view(request, shared, **kwargs))
            except LinkGone as gone:
                return keep_secret(screens.show_gone(request, language, gone.link))
            except Http404 as missing:
                return keep_secret(page_not_found(request, missing))

        return wrapped

    return marked


@for_link_holders("GET", "HEAD")
def draft(request, shared):
    """Show the draft, and count that it was opened: with GET alone, as programs that only look at a link ask with HEAD."""
    if request.method == "GET":
        count_opening(shared)
    is_whole = not shared.link.language and AS_PAGE not in request.GET
    return (screens.show_side_by_side if is_whole else screens.show_as_page)(request, shared)


def count_opening(shared):
    try:
        DraftOpening.count_one(shared.link, shared.language)
    except IntegrityError:  # the page was deleted a moment ago
        raise LinkGone(None) from None


@for_link_holders("GET", "HEAD", "POST")
def comment(request, shared):
    """Show the form for comments, store a comment, or thank for one."""
    if not shared.link.takes_comments:
        raise Http404
    if request.method == "POST":
        return receive(request, shared)
    if SENT in request.GET:
        return screens.show_thanks(request, shared)
    return screens.show_comment_form(request, shared, DraftCommentForm(link=shared.link))


def receive(request, shared):
    """Store a comment once, however often it is sent, and lead to the thanks, so that loading those anew sends nothing."""
    if content_length(request) > MAX_BYTES:
        empty = DraftCommentForm(link=shared.link)
        return screens.show_comment_form(request, shared, empty, comment_form.TOO_LARGE, 413)
    form = DraftCommentForm(request.POST, link=shared.link, by_hand=is_by_hand(request))
    if feedback_form.is_honeypot_filled(request.POST):
        return screens.show_comment_form(request, shared, form, feedback_form.TRAPPED, 400)
    if not (is_same_origin(request) or (has_no_origin(request) and form.was_sent_before)):
        return screens.show_comment_form(request, shared, form, feedback_form.NOT_OURS, 403)
    if not form.is_valid():
        return screens.show_comment_form(request, shared, form, status=400)
    if is_flood_after_comment(request, shared.link):
        return screens.show_comment_form(request, shared, form, comment_form.TOO_MANY, 429)
    if not store(shared, form):
        return screens.show_comment_form(request, shared, form, comment_form.FULL, 409)
    return HttpResponseRedirect(f"{shared.comment_path}?{SENT}", status=303)


def store(shared, form):
    """Store the comment of a valid form, unless it is there; say whether it is there now."""
    sending = form.submission_digest()
    if DraftComment.objects.filter(sending=sending).exists():
        return True
    if is_full(shared.link):
        return False
    values = {"link": shared.link, "language": shared.language, **{name: form.cleaned_data[name] for name in ("name", "text")}}
    try:
        DraftComment.objects.get_or_create(sending=sending, defaults=values)
    except IntegrityError:  # the page was deleted a moment ago
        raise LinkGone(None) from None
    return True


@for_link_holders("GET", "HEAD")
def document(request, shared, key, name):
    """Serve a file of a document that the draft shows, whether readers may open it yet or not."""
    model = get_document_model()
    is_shown = int(key) < BIGINT and int(key) in referenced_keys(shared.page).get(model, ())
    file = file_named(model.objects.filter(pk=key).first(), name) if is_shown else None
    if file is None:
        raise Http404
    return file_response(request, file)
