"""The forms of readers, for the page of the design system."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from audience.feedback_pages import errors_of
from audience.forms import HONEYPOT, MAX_COMMENT_LENGTH, AnswerForm
from pages.models import SitePage
from styleguide.components import Component

NOWHERE = "#forms"  # nothing that is sent from here is an answer


def question():
    return {"path": NOWHERE, "trap": HONEYPOT}


def form_with_errors():
    """Return a form without an answer, with a comment that is too long, made at an unknown time."""
    form = AnswerForm({"comment": "… " * MAX_COMMENT_LENGTH}, page=SitePage())
    state = {"form": form, "errors": errors_of(form, ""), "chosen": None, "is_specimen": True}
    return {**question(), **state, "months": settings.FEEDBACK_MONTHS}


def components():
    return [
        Component("forms", _("Question at the end of a page"), "audience/question.html", question),
        Component("forms", _("Form with errors"), "audience/specimen.html", form_with_errors, wide=True),
    ]
