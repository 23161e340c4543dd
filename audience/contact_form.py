"""The form in which readers write to us."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from audience import signatures
from audience.models import MAX_MESSAGE_LENGTH, MAX_PLACE_LENGTH, Message, is_path
from audience.stamped_form import StampedForm
from audience.text_fields import AddressField, LineField, MessageField, join_lines

KINDS = [
    (Message.Kind.QUESTION, _("I have a question or a comment")),
    (Message.Kind.BARRIER, _("I cannot read or use something on this website")),
]
NO_KIND = _("Choose what your message is about.")
NO_TEXT = _("Write your message.")
NO_ADDRESS = _("Enter an e-mail address like name@example.com, or leave it empty.")
NO_ADDRESS_FOR_COPY = _("Enter your e-mail address if you want a copy, or untick the box.")
TOO_MANY = _(
    "We are receiving a great many messages at the moment. What you filled in is still here: send it again in a few minutes."
)
TOO_LARGE = _("That was more than we can accept. Write a shorter message, without attachments, and send it again.")


class MessageForm(StampedForm):
    """A question or a barrier, where it is, and an address for the answer."""

    stamp_salt = signatures.MESSAGES_SALT
    message_fields = ("kind", "text", "place", "email")

    kind = forms.ChoiceField(choices=KINDS, error_messages=dict.fromkeys(("required", "invalid_choice"), NO_KIND))
    text = MessageField(longest=MAX_MESSAGE_LENGTH, error_messages={"required": NO_TEXT})
    place = LineField(longest=MAX_PLACE_LENGTH, required=False)
    email = AddressField(max_length=254, required=False, error_messages=dict.fromkeys(("invalid", "max_length"), NO_ADDRESS))
    copy = forms.BooleanField(required=False)

    def clean_place(self):
        """Keep of an address of this site the path alone."""
        place = self.cleaned_data["place"]
        path = place.removeprefix(settings.SITE_URL)
        if path == place or (path and path[0] not in "/?#"):  # the site is only the beginning of another host's name
            return place
        return path if path.startswith("/") else f"/{path}"

    def clean(self):
        """Refuse a copy to nobody."""
        if self.cleaned_data.get("copy") and self.cleaned_data.get("email") == "":
            self.add_error("email", NO_ADDRESS_FOR_COPY)
        super().clean()


def initial_values(query):
    """Return what links fill in beforehand: the kind of message, and the path of the page that somebody comes from."""
    place, kind = join_lines(query.get("page")), query.get("kind")
    is_fit = is_path(place) and len(place) <= MAX_PLACE_LENGTH
    return {"place": place if is_fit else "", "kind": kind if kind in Message.Kind.values else ""}
