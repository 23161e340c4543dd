"""The forms of readers, for the page of the design system."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from audience.contact_form import MessageForm
from audience.feedback_form import HONEYPOT, MAX_COMMENT_LENGTH, AnswerForm
from audience.feedback_pages import errors_of
from audience.models import MAX_MESSAGE_LENGTH, Message
from languages.codes import current_language, name_in
from languages.numbers import format_number
from pages.models import SitePage
from styleguide.components import Component

NOWHERE = "#forms"  # nothing that is sent from here is an answer


def question():
    return {"path": NOWHERE, "honeypot": HONEYPOT}


def form_with_errors():
    """Return a form without an answer, with a comment that is too long, made at an unknown time."""
    form = AnswerForm({"comment": "… " * MAX_COMMENT_LENGTH}, page=SitePage())
    state = {"form": form, "errors": errors_of(form, ""), "chosen": None, "is_specimen": True}
    return {**question(), **state, "months": settings.FEEDBACK_MONTHS}


def contact_form():
    """Return a contact form that somebody sent without a message and with what is no address."""
    form = MessageForm({"kind": Message.Kind.QUESTION, "place": "/nl/", "email": "name@example"})
    return {
        **question(),
        "form": form,
        "send": "send-message",  # an id of its own on this page
        "longest": format_number(MAX_MESSAGE_LENGTH),
        "language_name": name_in(current_language(), current_language()),
        "months": settings.MESSAGES_MONTHS,
        "months_at_most": settings.MESSAGES_MONTHS_AT_MOST,
    }


def components():
    return [
        Component("forms", _("Question at the end of a page"), "audience/feedback_question.html", question),
        Component("forms", _("Form with errors"), "styleguide/specimens/feedback_form.html", form_with_errors),
        Component("forms", _("Contact form"), "audience/contact_form.html", contact_form),
    ]
