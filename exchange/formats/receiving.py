"""What a returned text says to the site: the text that would be stored, and what there is to say of it. Pure."""

from dataclasses import dataclass

from exchange.formats.codes import Codes, plain
from exchange.formats.findings import Finding
from exchange.formats.markup import LINE
from exchange.formats.packages import BEHIND


@dataclass(frozen=True, slots=True)
class ReceivedText:
    """`text` is what would be stored; it `is_changed` where it is not what was sent. `findings` are a list of `Finding`s.

    `is_still_correct` says of a text that was sent as behind, and came back as it was, that somebody marked it as right.
    """

    number: int
    text: str
    is_changed: bool
    findings: list
    is_still_correct: bool = False


def receive(sent, returned):
    """Return what a `ReturnedText` makes of the `PackageText` that was sent.

    What comes back without a translation, and what was there to be read only, changes nothing.
    """
    codes = Codes(sent.source, sent.target, sent.was, sent.kind)
    findings = [Finding("source_changed")] if returned.source != codes.source else []
    is_untouched = not returned.target or returned.target == codes.target
    if sent.is_context or is_untouched:
        findings += [] if is_untouched else [Finding("context_changed")]
        is_claimed = returned.is_called_correct and bool(returned.target) and sent.state == BEHIND
        return ReceivedText(sent.number, sent.target, False, findings, is_claimed and not sent.is_context and not findings)
    text, found = codes.decode(returned.target)
    if sent.kind != "rich" and not LINE.search(sent.source + sent.target):
        text = " ".join(text.split("\n"))  # its field has one line
    findings += found
    if sent.limit and len(plain(returned.target)) > sent.limit:
        findings.append(Finding("too_long"))
    return ReceivedText(sent.number, text, text != sent.target, findings)
