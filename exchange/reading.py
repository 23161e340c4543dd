"""Reads what came back: a file whole, each of its texts beside what was sent, and nothing of it where anything is wrong."""

from dataclasses import astuple
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import DraftStateMixin

from differences.site_checks import surroundings_of_site
from exchange.current_texts import CurrentTexts
from exchange.formats.archive import open_files
from exchange.formats.errors import FormatError
from exchange.formats.findings import Finding
from exchange.formats.receiving import receive
from exchange.formats.zips import Limits
from exchange.judging import MISPLACED, STILL_CORRECT, is_answered, judge
from exchange.models import Import, ImportedText
from exchange.sent_files import as_sent
from exchange.texts_out import close_what_is_back
from languages.blocks import TranslatedRichTextBlock
from languages.normalising import normalise
from languages.texts import is_filled
from languages.twin_checks.find import find_in_texts

MAX_BYTES = 25 * 1024 * 1024
LIMITS = Limits(count=100, size=200 * 1024 * 1024)
BATCH = 500
CONVERTER = ContentstateConverter(TranslatedRichTextBlock.FEATURES)
PUBLIC = "public"  # a finding: readers see the text as soon as it is taken over
CHECK = "check"  # the kind of findings of the checks across languages, beside the codes of `exchange.formats.findings`


@transaction.atomic
def read_files(name, file, packages, user):
    """Return the `Import`s of a file, or of each file of a ZIP file, among the `SentPackage`s that somebody may see.

    Raises `FormatError`; nothing is kept then.
    """
    surroundings = surroundings_of_site()
    return [
        read_texts(file_name, returned, get_package(packages, returned.head, file_name), user, surroundings)
        for file_name, returned in open_files(name, file, LIMITS)
    ]


def get_package(packages, head, name):
    """Return the package that a file names. Raises `FormatError` where there is none, or where its languages are others."""
    package = packages.filter(key=head.key).first()
    if package is None:
        raise FormatError("unknown_package", name=name)
    if (main_language(head.source), main_language(head.target)) != (package.source, package.target):
        raise FormatError("other_languages", name=name)
    return package


def main_language(code):
    """Return the language of a code: programs write "fr-BE" for what was sent as "fr"."""
    return code.replace("_", "-").partition("-")[0].lower()


def read_texts(name, returned, package, user, surroundings):
    """Keep what a file says for each text of a package. Raises `FormatError` for a number that the package does not have."""
    one = Import.objects.create(package=package, name=name[-200:], uploaded_by=user)
    now = CurrentTexts(package)
    while texts := list(islice(returned.texts, BATCH)):
        sent = {text.number: text for text in package.texts.filter(number__in=[text.number for text in texts])}
        if any(text.number not in sent for text in texts):
            raise FormatError("number", name=name)
        now.read(sent.values())
        rows = [imported_text(one, sent[text.number], text, now, surroundings) for text in texts]
        ImportedText.objects.bulk_create([row for row in rows if row])
        package.texts.filter(pk__in=[text.pk for text in sent.values() if text.is_back]).update(is_back=True)
    close_what_is_back(package)
    return one


def imported_text(one, sent, returned, now, surroundings):
    """Return the `ImportedText` of a text of a file; None for what was there to be read only and was left alone.

    A text that was sent `is_back` from then on, where nothing more is expected of it; it is not saved.
    """
    received = receive(as_sent(sent), returned)
    findings = list(received.findings)
    if sent.is_context and not findings:
        return None
    if received.is_changed:
        findings += [] if has_drafts(sent) else [Finding(PUBLIC)]
        findings += [Finding(MISPLACED)] if is_broken(received.text, sent) else []
    findings += [Finding(STILL_CORRECT)] if received.is_still_correct else []
    mismatches = find_mismatches(sent, received.text, now.package, surroundings) if received.is_changed else []
    text = ImportedText(of=one, sent=sent, text=received.text, findings=[list(astuple(one)) for one in findings])
    text.findings += [[CHECK, one.kind, one.language, one.twin, one.here, one.there] for one in mismatches]
    text.verdict = judge(sent, text.text, text.codes, now.of(sent))
    sent.is_back |= is_answered(sent, text.verdict, bool(returned.target), received.is_still_correct)
    return text


def has_drafts(sent):
    """Say whether what is written into the object of a sent text is a draft."""
    model = ContentType.objects.get_for_id(sent.content_type_id).model_class()
    return model is not None and issubclass(model, DraftStateMixin)


def is_broken(text, sent):
    """Say whether the editor cannot hold a rich text as it is, though it could hold what was sent."""
    return sent.kind == "rich" and not survives(text) and survives(sent.source)


def survives(text):
    """Say whether a rich text is the same after it was in the editor, which refuses tags in the wrong place."""
    try:
        back = CONVERTER.to_database_format(CONVERTER.from_database_format(text))
    except Exception:  # whatever the converter meets, the editor would meet it too
        return False
    return normalise(back, "rich") == normalise(text, "rich")


def find_mismatches(sent, text, package, surroundings):
    """Return the `Mismatch`es of a text and its source, as far as they are about the new text."""
    texts = {package.source: sent.source, package.target: text}
    if not all(is_filled(one) for one in texts.values()):
        return []
    found = find_in_texts(texts, sent.kind, surroundings)
    return [mismatch for mismatch in found if mismatch.twin or mismatch.language == package.target]
