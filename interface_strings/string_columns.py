"""What the screen of a string shows of each language, and its history."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import pgettext
from wagtail.admin.utils import get_user_display_name

from interface_strings.glossary_hints import StringGlossary
from interface_strings.models import State
from interface_strings.states import empty_forms, filed_forms, problems_of, same_as
from interface_strings.string_form import field_name

MAX_CHANGES = 50  # lines of the history
MAX_ALIKE = 5


def columns(string, own, form):
    """Return what the screen shows of each language: its fields or texts, its state, its problems, and what the file says."""
    glossary, written = StringGlossary(), {edit.language: edit for edit in string.edits.select_related("author")}
    return [
        {
            "code": code,
            "name": capfirst(name),
            "is_own": code in own,
            "is_editable": code in own and not string.is_gone,
            "texts": texts_of(string, code, form, problems_of(string, code, glossary)),
            "state": State(string.states.get(code, State.TRANSLATED)),
            "edit": written.get(code),
            "editor": display_name(written[code].author) if code in written else "",
            "filed": filed_forms(string, code),
            "alike": list(same_as(string, code, string.shown.get(code))[:MAX_ALIKE]),
        }
        for code, name in settings.LANGUAGES
    ]


def texts_of(string, language, form, problems):
    """Return the forms of a language with their names, their fields where they may be written, and their problems."""
    texts = string.shown.get(language) or empty_forms(string, language)
    return [
        {
            "label": form_label(language, index) if string.plural else "",
            "text": text,
            "field": form[field_name(language, index)] if field_name(language, index) in form.fields else None,
            "problems": problems[index] if index < len(problems) else [],
        }
        for index, text in enumerate(texts)
    ]


def form_label(language, index):
    """Return for which numbers a form of the plural stands: in French the first is that of none too."""
    if index:
        return pgettext("plural form", "More than one")
    return pgettext("plural form", "None or one") if language == "fr" else pgettext("plural form", "One")


def display_name(user):
    """Return the name of an account, "" for one that was deleted and for a release."""
    return get_user_display_name(user) if user else ""


def history(string, own):
    """Return the lines of the history, newest first; `may_restore` says where the earlier text can be shown again."""
    changes = list(string.changes.select_related("author")[:MAX_CHANGES])
    names = dict(settings.LANGUAGES)
    for change in changes:
        change.who = display_name(change.author)
        change.language_name = capfirst(names.get(change.language, change.language))
        is_other = change.before and change.before != string.shown.get(change.language)
        change.may_restore = bool(is_other and change.language in own and not string.is_gone)
    return changes
