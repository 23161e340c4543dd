"""Fields for what readers type: what no keyboard types is taken out, and a text that is too long is said to be so."""

import re

from django import forms
from django.utils.translation import ngettext_lazy

from languages.texts import NOT_IN_A_LINE, to_one_line

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")  # but tabs and line ends


class LongTextField(forms.CharField):
    """A text of at most `longest` characters, counted as the reader sees them: a line end is one."""

    widget = forms.Textarea
    too_long = ngettext_lazy(
        "Your text is %(excess)s character too long: shorten it.",
        "Your text is %(excess)s characters too long: shorten it.",
        "excess",
    )

    def __init__(self, *, longest, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def to_python(self, value):
        """Return the text with line ends as one character and without what no keyboard types."""
        return UNPRINTABLE.sub("", str(value or "").replace("\r\n", "\n").replace("\r", "\n")).strip()

    def validate(self, value):
        super().validate(value)
        excess = len(value) - self.longest
        if excess > 0:
            raise forms.ValidationError(self.too_long, params={"excess": excess})


class MessageField(LongTextField):
    """A long text without what turns the direction of all that follows it, in a list or a mail of ours too."""

    def to_python(self, value):
        return super().to_python(value).translate(NOT_IN_A_LINE).strip()


class LineField(LongTextField):
    """A text in one line."""

    widget = forms.TextInput

    def to_python(self, value):
        return join_lines(value)


class AddressField(forms.EmailField):
    """An e-mail address, whatever invisible characters were pasted along."""

    def to_python(self, value):
        return super().to_python(join_lines(value))


def join_lines(value):
    """Return what was typed as one line, without what no keyboard types; a line end becomes a space."""
    return to_one_line(UNPRINTABLE.sub(" ", str(value or ""))).strip()
