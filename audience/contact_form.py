"""The form in which readers write to us."""

from django import forms
from django.conf import settings
from django.core.signing import BadSignature, SignatureExpired
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from audience import signatures
from audience.feedback_form import NOT_OURS, TOO_FRESH, TOO_OLD
from audience.models import MAX_MESSAGE_LENGTH, MAX_PLACE_LENGTH, Message, is_path
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


class MessageForm(forms.Form):
    """A question or a barrier, where it is, and an address for the answer. `by_hand` is as for `AnswerForm`."""

    kind = forms.ChoiceField(choices=KINDS, error_messages=dict.fromkeys(("required", "invalid_choice"), NO_KIND))
    text = MessageField(longest=MAX_MESSAGE_LENGTH, error_messages={"required": NO_TEXT})
    place = LineField(longest=MAX_PLACE_LENGTH, required=False)
    email = AddressField(max_length=254, required=False, error_messages=dict.fromkeys(("invalid", "max_length"), NO_ADDRESS))
    copy = forms.BooleanField(required=False)

    def __init__(self, *args, by_hand=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_hand = by_hand
        self.key, self.was_sent_before, self.stamp_error = self.read_stamp() if self.is_bound else ("", False, None)

    def read_stamp(self):
        """Return the key of the form, whether it came back to be mended once already, and what is wrong with its age."""
        stamp = self.data.get("stamp", "")
        try:
            key, is_second = signatures.read_message_stamp(stamp)
        except BadSignature:
            return "", False, NOT_OURS
        try:
            signatures.read_message_stamp(stamp, signatures.MAX_AGE)
        except SignatureExpired:
            return key, is_second, TOO_OLD
        if is_second or self.by_hand:
            return key, is_second, None
        try:
            signatures.read_message_stamp(stamp, signatures.MIN_AGE)
        except SignatureExpired:
            return key, is_second, None
        return key, is_second, TOO_FRESH

    def clean_place(self):
        """Keep of an address of this site the path alone."""
        return self.cleaned_data["place"].removeprefix(settings.SITE_URL)

    def clean(self):
        """Refuse a copy to nobody, and a stamp that was not made here or at no believable time."""
        if self.cleaned_data.get("copy") and self.cleaned_data.get("email") == "":
            self.add_error("email", NO_ADDRESS_FOR_COPY)
        if self.stamp_error:
            raise forms.ValidationError(self.stamp_error)

    def next_stamp(self):
        """Return the stamp of the form as it is shown next."""
        return signatures.message_stamp(self.key, is_second=self.is_bound)

    def submission_digest(self):
        """Return what is the same when this very message is sent twice, and another when a word of it was changed."""
        said = [str(self.cleaned_data[name]) for name in ("kind", "text", "place", "email")]
        return salted_hmac("audience.sending", "\0".join([self.key, *said]), algorithm="sha256").hexdigest()


def initial_values(query):
    """Return what links fill in beforehand: the kind of message, and the path of the page that somebody comes from."""
    place, kind = join_lines(query.get("page")), query.get("kind")
    is_fit = is_path(place) and len(place) <= MAX_PLACE_LENGTH
    return {"place": place if is_fit else "", "kind": kind if kind in Message.Kind.values else ""}
