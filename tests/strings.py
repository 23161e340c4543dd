"""The strings of the interface in tests: small catalogues, a table that is in step with them, and a folder of their own."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as site_settings
from django.urls import reverse
from django.utils import translation

from interface_strings import following, overlay
from interface_strings.catalogue_files import CatalogueFile
from interface_strings.models import InterfaceString
from interface_strings.strings_rebuild import rebuild
from tests.building import staff
from tests.editor import form_with

HEADER = (
    'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)
# msgid, or (msgid, plural) -> what the catalogue says in Dutch and in French. The first ones are on public pages too.
TEXTS = {
    "Skip to main content": ("Naar de hoofdinhoud", "Aller au contenu principal"),
    "Search": ("Zoeken", "Recherche"),
    ("%(count)s page", "%(count)s pages"): (("%(count)s pagina", "%(count)s pagina’s"), ("%(count)s page", "%(count)s pages")),
    "Written by <b>{name}</b>.": ("Geschreven door <b>{name}</b>.", "Écrit par <b>{name}</b>."),
    "Never translated": ("", ""),
}


def po(texts, context=""):
    """Return the text of a PO file: `{msgid or (msgid, plural): text or forms}`."""
    return HEADER + "\n".join(message(ids, forms, context) for ids, forms in texts.items())


def message(ids, forms, context=""):
    """Return one message of a PO file, as it is written in a template."""
    lines = ["#: templates/base.html"] + ([f'msgctxt "{context}"'] if context else [])
    if isinstance(ids, str):
        return "\n".join([*lines, f'msgid "{ids}"', f'msgstr "{forms}"', ""])
    forms = [f'msgstr[{index}] "{form}"' for index, form in enumerate(forms)]
    return "\n".join([*lines, f'msgid "{ids[0]}"', f'msgid_plural "{ids[1]}"', *forms, ""])


class Strings:
    """Catalogues of the site in a folder of their own, and the table of strings in step with them."""

    def __init__(self, folder):
        self.folder = folder
        self.write(TEXTS)

    def write(self, texts):
        """Release catalogues that say this, and bring the table in step."""
        for number, language in enumerate(("nl", "fr")):
            self.path(language).parent.mkdir(parents=True, exist_ok=True)
            self.path(language).write_text(po({ids: both[number] for ids, both in texts.items()}))
        return rebuild(files=self.files())

    def path(self, language):
        return self.folder / language / "LC_MESSAGES" / "django.po"

    def files(self):
        return [CatalogueFile("", language, "django", self.path(language)) for language in ("nl", "fr")]

    def get(self, msgid="Search"):
        return InterfaceString.objects.get(msgid=msgid)


@pytest.fixture
def strings(db, tmp_path):
    """The table of a few strings (`TEXTS`)."""
    return Strings(tmp_path / "catalogues")


@pytest.fixture
def own_folder(tmp_path, settings):
    """A folder of this test for what is compiled, where Django looks first."""
    with in_folder(settings, tmp_path / "strings") as folder:
        yield folder


@contextmanager
def in_folder(settings, folder):
    """Let this process be a host whose compiled edits are in `folder`, and which has not looked at the database yet."""
    before = following.shown_strings.version
    settings.STRINGS_ROOT = folder
    settings.LOCALE_PATHS = [folder, *site_settings.LOCALE_PATHS[1:]]
    following.shown_strings.version = None
    overlay.forget_translations()
    yield Path(folder)
    following.shown_strings.version = before
    overlay.forget_translations()  # what this test made Django read is nothing to the next


def translate(msgid, language):
    """Return what the site says in a language."""
    with translation.override(language):
        return translation.gettext(msgid)


def screen(string):
    return reverse("strings:edit", args=[string.pk])


def logged_in(role="Publishers", language="nl"):
    """Return the client of somebody who writes in all languages, or of a role: translators write in that of their admin."""
    return staff(role, language)


def open_string(client, string):
    """Return what a browser would send of the form of a string."""
    return form_with(client.get(screen(string)), "opened_as")


def save(client, string, form=None, **texts):
    """Send the form of a string, as it was opened or as `form`, with some texts: `nl=…`, or `nl_1=…` for a form of a plural."""
    data = form or open_string(client, string)
    typed = {f"text_{name if '_' in name else name + '_0'}": text for name, text in texts.items()}
    return client.post(screen(string), data | typed)
