"""Brings the table of strings in step with the catalogues of a release; edits stay, and say where they conflict with it."""

import re
from collections import defaultdict

from django.db import transaction

from interface_strings.catalogue_files import OURS, SOURCE_LANGUAGE, catalogue_files, digest_of, read_all
from interface_strings.glossary_hints import StringGlossary
from interface_strings.hints import words_of
from interface_strings.models import InterfaceString, StringChange, StringEdit, StringsVersion
from interface_strings.places import areas_of
from interface_strings.problems import Kind
from interface_strings.states import describe, filed_forms
from languages.codes import LANGUAGES

FROM_CATALOGUES = ("domain", "context", "msgid", "plural", "order", "is_ours", "is_gone", "areas", "places", "comments")
COLUMNS = (*FROM_CATALOGUES, "filed", "shown", "states", "problems")
BATCH = 500
WORD = re.compile(r"\w+")


@transaction.atomic
def rebuild(only_changed=False, files=None):
    """Read the catalogues and bring the table in step; return how many strings there are, None where nothing had changed.

    `only_changed` leaves it at comparing digests. What an edit says that the files say as well now is no edit any more.
    """
    files = catalogue_files() if files is None else files
    digest = digest_of(files)
    if only_changed and StringsVersion.lock().files_digest == digest:
        return None
    StringsVersion.lock()
    entries, unreadable = read_all(files)
    rows = {row.key: row for row in InterfaceString.objects.select_for_update()}
    before = {key: columns_of(row) for key, row in rows.items()}
    plurals = {row.pk: bool(row.plural) for row in rows.values()}
    take_over(rows, entries)
    edits = release_edits({row.pk: row for row in rows.values()})
    if any(bool(row.plural) != plurals[row.pk] for row in rows.values() if row.pk in edits):
        StringsVersion.renew()  # compiled, an edit has as many forms as its string
    describe_all(rows.values(), edits)
    write([row for key, row in rows.items() if before.get(key) != columns_of(row)])
    StringsVersion.objects.filter(pk=1).update(files_digest=digest, unreadable=unreadable)
    return len(entries)


def columns_of(row):
    return [getattr(row, name) for name in COLUMNS]


def take_over(rows, entries):
    """Set what the catalogues say in `rows`, by key, and add a new one for each entry that has none."""
    for row in rows.values():
        row.is_gone = row.key not in entries
    for key, entry in entries.items():
        row = rows.setdefault(key, InterfaceString(key=key))
        row.domain, row.context, row.msgid, row.plural = entry.domain, entry.context, entry.msgid, entry.plural
        row.order = " ".join(WORD.findall(words_of(entry.msgid))).casefold() or entry.msgid
        row.is_ours, row.areas = OURS in entry.packages, areas_of(entry)
        row.places = [list(place) for place in entry.places]
        row.comments, row.filed = "\n".join(entry.comments), entry.filed


def release_edits(rows):
    """Let go of edits that the files have taken in, with a line in the history; return the others, by string and language."""
    released, edits = [], defaultdict(dict)
    for edit in StringEdit.objects.all():
        row = rows[edit.string_id]
        if not row.is_gone and edit.forms == filed_forms(row, edit.language):
            released.append(edit)
        else:
            edits[edit.string_id][edit.language] = edit
    action = StringChange.Action.RELEASED
    StringChange.objects.bulk_create(
        StringChange(string_id=edit.string_id, language=edit.language, before=edit.forms, after=edit.forms, action=action)
        for edit in released
    )
    if released:
        StringEdit.objects.filter(pk__in=[edit.pk for edit in released]).delete()
        StringsVersion.renew()
    return edits


def describe_all(rows, edits):
    """Compute what is shown, the states and the problems of every string."""
    glossary = StringGlossary()
    for row in rows:
        row.problems = {}
        describe(row, edits.get(row.pk, {}), glossary)
    for row, language in same_texts(rows):
        row.problems[language] = sorted({*row.problems[language], Kind.SAME})


def same_texts(rows):
    """Yield each string with each language in which another source shows the same text."""
    alike = defaultdict(list)
    for row in rows:
        for language in LANGUAGES:
            if language != SOURCE_LANGUAGE and not row.is_gone and row.shown[language]:
                alike[language, tuple(row.shown[language])].append(row)
    for (language, _forms), several in alike.items():
        if len({row.msgid for row in several}) > 1:
            yield from ((row, language) for row in several)


def write(changed):
    """Write what changed. What has gone stays only where somebody edited it."""
    edited = set(StringChange.objects.values_list("string_id", flat=True))
    InterfaceString.objects.bulk_create(
        changed, BATCH, update_conflicts=True, unique_fields=["key"], update_fields=COLUMNS
    )  # a row that is there is updated, in a tenth of the time that Django's bulk update takes
    InterfaceString.objects.filter(is_gone=True).exclude(pk__in=edited).delete()
