"""The question to readers and its form, for the page of the design system."""

from django.utils.translation import gettext_lazy as _

from audience.forms import TRAP, CommentForm
from audience.models import LONGEST_COMMENT
from pages.design import Component


def question():
    return {"path": "#question", "stamp": "", "trap": TRAP}


def comment(typed):
    """Return what shows the field of a comment, with what is wrong with it."""
    return lambda: {"form": CommentForm({"comment": typed}), "label": _("What was missing? (optional)"), "months": 24}


def components():
    return [
        Component("forms", _("Question at the end of a page"), "audience/question.html", question),
        Component("forms", _("Field with an error"), "audience/comment.html", comment("…" * (LONGEST_COMMENT + 1))),
    ]
