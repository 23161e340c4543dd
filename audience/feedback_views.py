"""The question "Was this page useful?" on a page of its own, and what becomes of an answer."""

from django.core.signing import BadSignature
from django.db import transaction
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from audience import feedback_form, signatures
from audience.feedback_form import AnswerForm, CommentForm, is_honeypot_filled
from audience.feedback_pages import show_question, show_thanks
from audience.limits import is_flood_after_answer
from audience.models import Feedback
from audience.paths import feedback_path
from audience.private_pages import METHODS, keep_private
from audience.repeats import sending_of
from audience.request_origin import content_length, has_no_origin, is_same_origin
from delivery.errors import error_page
from languages.codes import current_language
from pages.models import SitePage

MAX_BYTES = 100_000  # bytes: the longest comment takes less than 40,000, however it is encoded


# Django's protection compares a form with a cookie, and readers get none. What it keeps out would do no harm here, as the
# form acts in nobody's name; what could do harm, floods and programs, is kept out by origin, honeypot and limits.
@csrf_exempt
@transaction.non_atomic_requests
def feedback(request, language, slug):
    """Ask, store or thank, for the page with this slug; kept by no cache and no search engine."""
    request.encoding = "utf-8"  # whatever the request says of itself: some encodings decode to what cannot be stored
    page = SitePage.objects.filter(slug=slug).first()
    if page is None or language not in page.paths():
        response = page_not_found(request, page)
    elif request.method not in METHODS:
        text = _("To tell us what you think, use the question at the end of the page.")
        response = error_page(request, 405, _("This cannot be done here"), text, nearest=page)
        response.headers["Allow"] = ", ".join(METHODS)
    elif request.method == "POST":
        response = receive(request, page)
    else:
        response = show(request, page)
    return keep_private(response)


def page_not_found(request, page):
    """404: there is no such page, or not in this language; the languages in which it can be answered are offered."""
    elsewhere = [(code, feedback_path(code, page.slug)) for code in page.paths()] if page else []
    text = _("The page you want to tell us about does not exist, or does not exist in this language.")
    return error_page(request, 404, _("Page not found"), text, elsewhere=elsewhere)


def show(request, page):
    """Thank whoever comes with the token of an answer, and ask everybody else."""
    token = request.GET.get("answer", "")
    try:
        key, was_useful, is_too_late = signatures.read_answer_token(token, page)
    except BadSignature:
        return show_question(request, page, AnswerForm(page=page))
    is_commented = key == signatures.ALREADY_THERE or Feedback.objects.filter(pk=key).exclude(comment="").exists()
    form = None if is_commented or is_too_late else CommentForm()
    return show_thanks(request, page, was_useful, token, form, is_commented=is_commented)


def receive(request, page):
    """Store an answer, or the comment that joins one."""
    if content_length(request) > MAX_BYTES:
        return show_question(request, page, AnswerForm(page=page), feedback_form.TOO_LARGE, 413)
    return (receive_comment if "reference" in request.POST else receive_answer)(request, page)


def receive_answer(request, page):
    """Store an answer at once and lead to the thanks, so that loading those anew sends nothing twice."""
    form = AnswerForm(request.POST, page=page)
    if is_honeypot_filled(request.POST):
        return show_question(request, page, form, feedback_form.TRAPPED, 400)
    if not (is_same_origin(request) or (has_no_origin(request) and form.was_sent_before)):
        return show_question(request, page, form, feedback_form.NOT_OURS, 403)
    if not form.is_valid():
        return show_question(request, page, form, status=400)
    if is_flood_after_answer(page):
        return show_question(request, page, form, feedback_form.TOO_MANY, 429)
    return redirect_to_thanks(page, store_once(request, page, form), form.cleaned_data["answer"] == "yes")


def store_once(request, page, form):
    """Store an answer, unless this very one was stored before; return its primary key."""
    sending = sending_of(request, page, current_language())
    if (earlier := sending.claim()) is not None:
        return earlier
    stored = None
    try:
        stored = Feedback.objects.create(
            page=page,
            language=current_language(),
            revision_id=page.live_revision_id,
            was_useful=form.cleaned_data["answer"] == "yes",
            comment=form.cleaned_data["comment"],
        )
    finally:
        sending.note(stored and stored.pk)
    return stored.pk


def redirect_to_thanks(page, key, was_useful):
    path = feedback_path(current_language(), page.slug)
    return HttpResponseRedirect(f"{path}?answer={signatures.answer_token(page, key, was_useful)}", status=303)


def receive_comment(request, page):
    """Complete a stored answer with its comment; what comes too late may be sent as an answer of its own."""
    form, token = CommentForm(request.POST), request.POST["reference"]
    try:
        key, was_useful, is_too_late = signatures.read_answer_token(token, page)
    except BadSignature:
        return start_over(request, page, None, feedback_form.NOT_OURS)
    if is_honeypot_filled(request.POST):
        return show_thanks(request, page, was_useful, token, form, feedback_form.TRAPPED, 400)
    if not (is_same_origin(request) or has_no_origin(request)):  # the token says that somebody read an answer of ours
        return show_thanks(request, page, was_useful, token, form, feedback_form.NOT_OURS, 403)
    if not form.is_valid():
        return show_thanks(request, page, was_useful, token, form, status=400)
    if is_too_late:
        return start_over(request, page, was_useful, feedback_form.TOO_OLD)
    if is_flood_after_answer(page):
        return show_thanks(request, page, was_useful, token, form, feedback_form.TOO_MANY, 429)
    if not add_comment(page, key, form.cleaned_data["comment"]):
        return start_over(request, page, was_useful, feedback_form.ALREADY_SENT)
    return redirect_to_thanks(page, key, was_useful)


def add_comment(page, key, comment):
    """Add a comment to an answer that has none yet, in one statement; say whether the answer has this comment now."""
    answer = Feedback.objects.filter(pk=key, page=page)
    return bool(answer.filter(comment="").update(comment=comment)) or answer.filter(comment=comment).exists()


def start_over(request, page, was_useful, message):
    """Show a comment that could join no answer within the question itself, with all that was filled in."""
    initial = {"answer": {True: "yes", False: "no"}.get(was_useful, ""), "comment": request.POST.get("comment", "")}
    return show_question(request, page, AnswerForm(initial=initial, page=page), message, 400)
