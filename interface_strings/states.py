"""How a string stands in each language: what is shown, in which state, and with which problems."""

from interface_strings.catalogue_files import SOURCE_LANGUAGE, forms_count
from interface_strings.hints import hints
from interface_strings.models import InterfaceString, State
from interface_strings.problems import Kind
from interface_strings.refusals import refusals
from languages.codes import LANGUAGES


def describe(string, edits, glossary):
    """Set `shown`, `states` and `problems` of a string from its catalogues and its edits (`{language: StringEdit}`).

    That a text is the same as another's is left as it was: `mark_same` knows all strings.
    """
    before, string.shown, string.states, string.problems = string.problems, {}, {}, {}
    for language in LANGUAGES:
        filed, edit = filed_forms(string, language), edits.get(language)
        string.shown[language] = edit.forms_for(string) if edit else filed
        string.states[language] = state_of(string, filed, edit)
        kinds = {problem.kind for form in problems_of(string, language, glossary) for problem in form}
        kept = {Kind.SAME} & set(before.get(language, ()))
        string.problems[language] = sorted(kinds | kept)


def filed_forms(string, language):
    """Return what the catalogues say, in as many forms as we write; [] for nothing. English says what the code says."""
    if language in string.filed or language != SOURCE_LANGUAGE:
        return string.filed.get(language, [])
    return list(string.sources) if string.plural else [string.msgid]


def state_of(string, filed, edit):
    """Return the state of a string in a language."""
    if edit is None:
        return State.TRANSLATED if filed else State.MISSING
    return State.CONFLICT if has_conflict(string, filed, edit) else State.EDITED


def has_conflict(string, filed, edit):
    """Say whether the file or the source changed since somebody edited a string, or the string has gone."""
    return string.is_gone or filed != edit.filed_then or string.plural != edit.plural


def problems_of(string, language, glossary, forms=None):
    """Return the problems of what is shown in a language, or of other `forms`: a list for each form."""
    forms = string.shown[language] if forms is None else forms
    if not forms or (language == SOURCE_LANGUAGE and tuple(forms) == string.sources):
        return [[] for _form in forms]
    sources = string.sources
    parts = (refusals(sources, forms), hints(sources, forms, language), glossary.hints(sources, forms, language))
    return [[*refused, *(hinted if not refused else []), *terms] for refused, hinted, terms in zip(*parts, strict=True)]


def empty_forms(string, language):
    """Return the forms of a string in which nothing is written yet."""
    return [""] * (forms_count(language) if string.plural else 1)


def same_as(string, language, forms):
    """Return the other strings, of another source, that show the same text in a language."""
    if not forms or language == SOURCE_LANGUAGE:
        return InterfaceString.objects.none()
    alike = InterfaceString.objects.filter(is_gone=False, **{f"shown__{language}": forms})
    return alike.exclude(pk=string.pk).exclude(msgid=string.msgid)


def mark_same(language, *texts):
    """Say again of all strings that show one of these texts in a language whether another source has it too."""
    for forms in filter(None, texts):
        alike = list(InterfaceString.objects.filter(is_gone=False, **{f"shown__{language}": forms}))
        is_same = language != SOURCE_LANGUAGE and len({one.msgid for one in alike}) > 1
        for one in alike:
            kinds = set(one.problems.get(language, ())) - {Kind.SAME}
            one.problems[language] = sorted(kinds | {Kind.SAME} if is_same else kinds)
        InterfaceString.objects.bulk_update(alike, ["problems"])
