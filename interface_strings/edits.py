"""Writing over a catalogue, and back: each change stands in the history, and every process hears of it."""

from django.db import transaction

from interface_strings import following
from interface_strings.glossary_hints import StringGlossary
from interface_strings.models import InterfaceString, StringChange, StringEdit, StringsVersion
from interface_strings.states import describe, filed_forms, mark_same

Action = StringChange.Action


@transaction.atomic
def write(string, language, forms, user, action=Action.EDITED):
    """Show `forms` for a string in a language from now on; those of the file are no edit, and take it back.

    `string` is locked by whoever calls; what speaks against the text was asked for before.
    """
    before, filed = string.shown.get(language) or None, filed_forms(string, language)
    if list(forms) == filed:
        string.edits.filter(language=language).delete()
    else:
        values = {"forms": list(forms), "filed_then": filed, "plural": string.plural, "author": user}
        StringEdit.objects.update_or_create(string=string, language=language, defaults=values)
    record(string, language, before, list(forms) or None, user, action)


@transaction.atomic
def take_back(string, language, user):
    """Show again what the file says."""
    if edit := string.edits.filter(language=language).first():
        edit.delete()
        record(string, language, edit.forms, filed_forms(string, language) or None, user, Action.TAKEN_BACK)


@transaction.atomic
def keep(string, language, user):
    """Keep an edit over what file and source say now, until they change again. Of what has gone there is nothing to keep."""
    edit = string.edits.filter(language=language).first()
    if edit and not string.is_gone:
        edit.filed_then, edit.plural = filed_forms(string, language), string.plural
        edit.save()
        record(string, language, edit.forms, edit.forms, user, Action.KEPT)


def record(string, language, before, after, user, action):
    """Write the history, bring the string's row up to date, and let every process show it."""
    StringChange.objects.create(string=string, language=language, before=before, after=after, author=user, action=action)
    describe(string, {edit.language: edit for edit in string.edits.all()}, StringGlossary())
    string.save()
    mark_same(language, before, after)
    string.refresh_from_db(fields=["problems"])  # should another language of it be written next
    StringsVersion.renew()
    transaction.on_commit(following.take_up_changes)


def lock_string(pk):
    """Return a string that nobody else edits until this transaction ends. Raises DoesNotExist."""
    StringsVersion.lock()
    return InterfaceString.objects.select_for_update().get(pk=pk)
