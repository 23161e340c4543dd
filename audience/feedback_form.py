"""The forms of feedback: the answer, and the comment that joins it."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from audience import signatures
from audience.models import MAX_COMMENT_LENGTH
from audience.text_fields import LongTextField
from languages.codes import current_language

HONEYPOT = "homepage"  # a field that people do not see and programs fill in
ANSWERS = [("yes", pgettext_lazy("answer", "Yes")), ("no", pgettext_lazy("answer", "No"))]

NOTHING_CHOSEN = _("Choose yes or no.")
TOO_OLD = _("This form was open for more than a day. What you filled in is still here: send it again.")
TOO_FRESH = _("That was so fast that it could have come from a program. What you filled in is still here: send it again.")
NOT_OURS = _("We cannot tell whether this form came from our site. What you filled in is still here: send it again.")
TRAPPED = _("Something was filled in that nobody sees, by your browser perhaps. What you wrote is still here: send it again.")
TOO_MANY = _(
    "We are receiving a great many answers at the moment. What you filled in is still here: send it again in a minute."
)
TOO_LARGE = _("That was more text than we can accept. Write a shorter comment and send it again.")
ALREADY_SENT = _("You have already sent a comment with this answer. To send this text as well, press the button again.")


class FeedbackCommentField(LongTextField):
    too_long = ngettext_lazy(
        "Your comment is %(excess)s character too long: shorten it.",
        "Your comment is %(excess)s characters too long: shorten it.",
        "excess",
    )

    def __init__(self, **kwargs):
        super().__init__(longest=MAX_COMMENT_LENGTH, **kwargs)


class AnswerForm(forms.Form):
    """The answer about `page`, with a comment at once for those who had to send the form a second time."""

    answer = forms.ChoiceField(choices=ANSWERS, error_messages=dict.fromkeys(("required", "invalid_choice"), NOTHING_CHOSEN))
    comment = FeedbackCommentField(required=False)

    def __init__(self, *args, page, **kwargs):
        super().__init__(*args, **kwargs)
        self.page = page

    @property
    def was_sent_before(self):
        """Whether this form was shown with something to mend, so that whoever sends it has read what came back."""
        return signatures.is_second(self.data.get("stamp", ""), self.page, current_language())


class CommentForm(forms.Form):
    """A comment that joins an answer given before."""

    comment = FeedbackCommentField(error_messages={"required": _("Write a comment first, or go back to the page.")})


def is_honeypot_filled(data):
    """Say whether somebody filled in the field that people do not see."""
    return bool(data.get(HONEYPOT))
