"""What goes to the service beside texts, and what is made of what comes back."""

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from directory.models import GlossaryTerm
from exchange.formats.codes import Codes
from languages.blocks import TranslatedRichTextBlock
from languages.texts import is_filled
from machine_drafts.marks import from_xml

MOST_TIMES = 5  # tags in one another take the editor two before it writes them as it read them


def codes_of(one):
    """Return the `Codes` of a `TextToDraft`."""
    return Codes(one.source_text, one.target_text, kind=one.unit.kind)


def read_draft(one, answer):
    """Return the text to store for what the service sent back, and why it cannot be stored, "" where it can.

    A text that lost a link or a paragraph is worth nothing, however good its words are. Rich text is as the editor saves it,
    since it has to say the same after it was in a form, where nobody changed it: a person's is what differs.
    """
    try:
        text, findings = codes_of(one).decode(from_xml(answer))
    except ValueError:
        return "", "lost_marks"
    if findings:
        return "", "lost_marks"
    if not is_filled(text):
        return "", "empty"
    if one.unit.kind == "rich":
        try:
            text = as_edited(text)
        except Exception:  # whatever the converter meets, the editor would meet it too
            return "", "lost_marks"
    if one.unit.kind == "plain" and "\n" not in one.source_text:
        text = " ".join(text.split("\n"))
    is_too_long = one.unit.max_length and len(text) > one.unit.max_length
    return (text, "too_long") if is_too_long else (text, "")


def as_edited(text):
    """Return a rich text as the editor saves it where nobody changes it, however often. Raises whatever the converter meets."""
    converter = ContentstateConverter(TranslatedRichTextBlock.FEATURES)
    for _time in range(MOST_TIMES):
        before, text = text, converter.to_database_format(converter.from_database_format(text))
        if text == before:
            break
    return text


def find_terms(source, target):
    """Return the words of the glossary in one language, and those for them in another. One query."""
    terms = {}
    for word, other in GlossaryTerm.objects.order_by("pk").values_list(f"term_{source}", f"term_{target}"):
        if is_filled(word) and is_filled(other):
            terms.setdefault(" ".join(word.split()), " ".join(other.split()))
    return terms
