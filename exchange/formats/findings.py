"""What is said of a text that came back: nothing here refuses it. Pure."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "lost_link": _("A link of the source is not in the translation: put its codes around the words that lead on."),
    "lost_format": _("Formatting of the source is not in the translation, such as a paragraph, a list or bold letters."),
    "lost_sign": _("A special character of the source is not in the translation."),
    "unknown": _("The translation has a code that was not sent; it is left out."),
    "unbalanced": _("A code of the translation does not open and close in the right order; it is left out."),
    "doubled": _("A code that stands alone comes more than once in the translation."),
    "source_changed": _("The source was changed in the file. The site keeps its own; only the translation is taken over."),
    "context_changed": _("This text is there to be read only: what was written over it is not taken over."),
    "too_long": _("The translation is longer than its place has room for."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is said of a returned text: `code` is a key of `SENTENCES`, `number` and `raw` are those of a code."""

    code: str
    number: int = 0
    raw: str = ""

    @property
    def sentence(self):
        return SENTENCES[self.code]


def lost_codes(source, returned, tags):
    """Return a `Finding` for each code of the source that did not come back.

    A code of the current translation stands for one of the source that is the same element: in another language, a link may
    lead elsewhere.
    """
    wanted = [part.number for part in source if not isinstance(part, str) and part.kind != "close"]
    sent = set(wanted)
    there = Counter(part.number for part in returned if not isinstance(part, str) and part.kind != "close")
    others = Counter(tags[number].name for number in there if number not in sent)
    findings = []
    for number in wanted:
        tag = tags[number]
        if there[number]:
            continue
        if tag.name and others[tag.name]:
            others[tag.name] -= 1
            continue
        code = "lost_link" if tag.name == "a" else "lost_format" if tag.name else "lost_sign"
        findings.append(Finding(code, number, tag.raw[0]))
    return findings
