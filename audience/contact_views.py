"""The form in which readers write to us, and what becomes of a message."""

from django.core.signing import BadSignature
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from audience import contact_form, signatures
from audience.contact_form import MessageForm, initial_values
from audience.contact_pages import show_form, show_receipt
from audience.feedback_form import NOT_OURS, TRAPPED, is_honeypot_filled
from audience.limits import is_flood_after_message, may_send_another_copy
from audience.message_mail import mail_message
from audience.models import Message
from audience.paths import contact_path
from audience.private_pages import METHODS, keep_private
from audience.reference_numbers import make_reference
from audience.request_origin import content_length, has_no_origin, is_by_hand, is_same_origin
from delivery.errors import error_page
from languages.codes import current_language
from pages.models import SiteSettings

MAX_BYTES = 1_000_000  # bytes: so that a text of many times the limit comes back whole


# Why no token of Django's protects it: see `audience.feedback_views`.
@csrf_exempt
@transaction.non_atomic_requests
def contact(request, language):
    """Show the form, store a message, or thank for one; 404 while the settings name no mailbox."""
    request.encoding = "utf-8"  # whatever the request says of itself: some encodings decode to what cannot be stored
    if not SiteSettings.current(request).contact_email:
        raise Http404
    if request.method not in METHODS:
        response = error_page(request, 405, _("This cannot be done here"), _("To write to us, use the form."))
        response.headers["Allow"] = ", ".join(METHODS)
        return response
    if request.method == "POST":
        return keep_private(receive(request))
    try:
        return keep_private(show_receipt(request, *signatures.read_receipt(request.GET.get("received", ""))))
    except BadSignature:
        return keep_private(show_form(request, MessageForm(initial=initial_values(request.GET))))


def receive(request):
    """Store a message once, however often it is sent, and lead to the thanks, so that loading those anew sends nothing."""
    if content_length(request) > MAX_BYTES:
        return show_form(request, MessageForm(), contact_form.TOO_LARGE, 413)
    form = MessageForm(request.POST, by_hand=is_by_hand(request))
    if is_honeypot_filled(request.POST):
        return show_form(request, form, TRAPPED, 400)
    if not (is_same_origin(request) or (has_no_origin(request) and form.was_sent_before)):
        return show_form(request, form, NOT_OURS, 403)
    if not form.is_valid():
        return show_form(request, form, status=400)
    message = Message.objects.filter(sending=form.submission_digest()).first()
    if message is None:  # what was stored already counts for no limit once more
        if is_flood_after_message(request):
            return show_form(request, form, contact_form.TOO_MANY, 429)
        message = store(form)
    is_copy_refused = form.cleaned_data["copy"] and not message.has_copy
    return redirect_to_receipt(message.reference, bool(message.email), message.has_copy, is_copy_refused)


def store(form):
    """Return the message of a valid form, stored and mailed now or when the same was sent at the same moment."""
    answers = form.cleaned_data
    has_copy = answers["copy"] and may_send_another_copy(answers["email"])
    message, is_new = get_or_create_message(
        form.submission_digest(),
        kind=answers["kind"],
        text=answers["text"],
        place=answers["place"],
        email=answers["email"],
        language=current_language(),
        has_copy=has_copy,
        is_copy_due=has_copy,
    )
    if is_new:
        mail_message.enqueue(message.pk)
    return message


def get_or_create_message(sending, **fields):
    """Return `(message, whether it is new)`. The database tells what is sent twice, at the same moment too."""
    for _attempt in range(5):
        try:
            return Message.objects.get_or_create(sending=sending, defaults={"reference": make_reference(), **fields})
        except IntegrityError:  # the reference is another message's
            continue
    raise IntegrityError("no reference is left")


def redirect_to_receipt(*values):
    path = contact_path(current_language(), received=signatures.receipt(*values))
    return HttpResponseRedirect(path, status=303)
