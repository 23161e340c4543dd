"""What forms share that readers send without a cookie: a signed stamp, which lets one press more send what was refused."""

from django import forms
from django.core.signing import BadSignature, SignatureExpired
from django.utils.crypto import salted_hmac

from audience import signatures
from audience.feedback_form import NOT_OURS, TOO_FRESH, TOO_OLD


class StampedForm(forms.Form):
    """A form with a stamp of its own kind, which is none of another.

    It may be younger than programs answer where the browser vouches for somebody at the keys (`by_hand`), and where the form
    was refused once already: a limit that keeps programs out is too slow for some people.
    """

    stamp_salt = ""
    message_fields = ()  # the fields that tell what is sent from what was sent before

    def __init__(self, *args, by_hand=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.by_hand = by_hand
        self.key, self.was_sent_before, self.stamp_error = self.read_stamp() if self.is_bound else ("", False, None)

    def read_stamp(self):
        """Return the key of the form, whether it came back to be mended once already, and what is wrong with its age."""
        stamp = self.data.get("stamp", "")
        try:
            key, is_second = signatures.read_message_stamp(stamp, salt=self.stamp_salt)
        except BadSignature:
            return "", False, NOT_OURS
        try:
            signatures.read_message_stamp(stamp, signatures.MAX_AGE, salt=self.stamp_salt)
        except SignatureExpired:
            return key, is_second, TOO_OLD
        if is_second or self.by_hand:
            return key, is_second, None
        try:
            signatures.read_message_stamp(stamp, signatures.MIN_AGE, salt=self.stamp_salt)
        except SignatureExpired:
            return key, is_second, None
        return key, is_second, TOO_FRESH

    def clean(self):
        """Refuse a stamp that was not made here or at no believable time."""
        if self.stamp_error:
            raise forms.ValidationError(self.stamp_error)

    def next_stamp(self):
        """Return the stamp of the form as it is shown next."""
        return signatures.message_stamp(self.key, is_second=self.is_bound, salt=self.stamp_salt)

    def submission_digest(self):
        """Return what is the same when this very form is sent twice, and another when a word of it was changed."""
        said = [str(self.cleaned_data[name]) for name in self.message_fields]
        return salted_hmac("audience.sending", "\0".join([self.key, *said]), algorithm="sha256").hexdigest()
