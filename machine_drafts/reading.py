"""What goes to the service beside texts, and what is made of what comes back."""

from directory.models import GlossaryTerm
from exchange.formats.codes import Codes
from languages.texts import is_filled
from machine_drafts.marks import from_xml


def codes_of(one):
    """Return the `Codes` of a `TextToDraft`."""
    return Codes(one.source_text, one.target_text, kind=one.unit.kind)


def read_draft(one, answer):
    """Return the text to store for what the service sent back, and why it cannot be stored, "" where it can.

    A text that lost a link or a paragraph is worth nothing, however good its words are.
    """
    try:
        text, findings = codes_of(one).decode(from_xml(answer))
    except ValueError:
        return "", "lost_marks"
    if findings:
        return "", "lost_marks"
    if not is_filled(text):
        return "", "empty"
    if one.unit.kind == "plain" and "\n" not in one.source_text:
        text = " ".join(text.split("\n"))
    is_too_long = one.unit.max_length and len(text) > one.unit.max_length
    return (text, "too_long") if is_too_long else (text, "")


def find_terms(source, target):
    """Return the words of the glossary in one language, and those for them in another. One query."""
    terms = {}
    for word, other in GlossaryTerm.objects.order_by("pk").values_list(f"term_{source}", f"term_{target}"):
        if is_filled(word) and is_filled(other):
            terms.setdefault(" ".join(word.split()), " ".join(other.split()))
    return terms
