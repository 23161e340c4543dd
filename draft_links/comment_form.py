"""The form in which somebody with a link writes about the draft."""

from django.utils.translation import gettext_lazy as _

from audience.stamped_form import StampedForm
from audience.text_fields import LineField, MessageField
from draft_links.models import MAX_COMMENT_LENGTH, MAX_NAME_LENGTH

NO_NAME = _("Write your name, so that we know whose comment it is.")
NO_TEXT = _("Write your comment.")
TOO_MANY = _(
    "We are receiving a great many comments at the moment. What you filled in is still here: send it again in a few minutes."
)
FULL = _("We cannot take any more comments by this link. Copy what you wrote and send it to the person who gave you the link.")
TOO_LARGE = _("That was more than we can accept. Write a shorter comment and send it again.")


class DraftCommentForm(StampedForm):
    """A name and a text. Its stamp is good for one link alone."""

    message_fields = ("name", "text")

    name = LineField(longest=MAX_NAME_LENGTH, error_messages={"required": NO_NAME})
    text = MessageField(longest=MAX_COMMENT_LENGTH, error_messages={"required": NO_TEXT})

    def __init__(self, *args, link, **kwargs):
        self.stamp_salt = f"draft_links.comments.{link.key}"
        super().__init__(*args, **kwargs)
