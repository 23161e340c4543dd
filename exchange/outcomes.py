"""What came of taking texts over, of undoing that, or of deciding again."""

from dataclasses import dataclass, field

from wagtail.models import DraftStateMixin

from exchange.current_texts import is_off
from exchange.judging import Verdict


class OtherOrderError(Exception):
    """Something else is being done with this import, or what was ordered is not wanted any more."""


@dataclass
class Outcome:
    """What was written, and what was left: pairs of an `ImportedText` and a `Left`.

    Of what was written, `still_correct` is only behind no more; of the rest `public` is what readers see at once, `off` what
    counts at once and is not on the site. Of all that was ordered of a large file, `unconfirmed` is what somebody has still to
    confirm.
    """

    written: list = field(default_factory=list)
    still_correct: list = field(default_factory=list)
    public: list = field(default_factory=list)
    off: list = field(default_factory=list)
    left: list = field(default_factory=list)
    unconfirmed: list = field(default_factory=list)

    def note(self, latest, texts):
        """Note what was written into an object."""
        self.written += texts
        self.still_correct += [text for text in texts if text.verdict == Verdict.STILL_CORRECT]
        texts = [text for text in texts if text.verdict != Verdict.STILL_CORRECT]
        if not isinstance(latest, DraftStateMixin):
            texts_of = self.off if is_off(latest) else self.public
            texts_of += texts
