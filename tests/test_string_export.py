"""What was edited comes out as a change of the repository's catalogues, of exactly that and nothing else."""

import difflib
import io
import zipfile

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from deploy import catalogues
from interface_strings import edits, po_files
from interface_strings.catalogue_files import catalogue_files
from interface_strings.export import export
from interface_strings.models import InterfaceString, StringEdit
from interface_strings.strings_rebuild import rebuild
from tests.building import make_user
from tests.strings import logged_in

pytestmark = pytest.mark.django_db
FRENCH = "locale/fr/LC_MESSAGES/django.po"


@pytest.fixture(scope="module")
def strings_of_all_catalogues(django_db_setup, django_db_blocker):
    """The strings of all catalogues, which take a second to read, for all tests of the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        rebuild()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def all_strings(strings_of_all_catalogues, db):
    """The strings of all catalogues, for one test that may change them."""


def edit(msgid, language, *forms, context=""):
    string = InterfaceString.objects.get(msgid=msgid, context=context, domain="django")
    edits.write(string, language, list(forms), make_user("Translators"))


def changed_lines(before, after):
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_a_catalogue_that_is_read_and_written_is_the_same_file():
    for path in catalogues.own_catalogues():
        text = path.read_text()
        assert po_files.header_of(text) + po_files.catalogue_text(po_files.parse(text, path.parts[-3])) == text


def test_the_exported_file_differs_in_exactly_what_was_edited(all_strings, settings):
    edit("Skip to main content", "fr", "Sauter vers le contenu")
    (file,) = export()
    before = (settings.BASE_DIR / FRENCH).read_text()
    assert (file.path, file.number) == (FRENCH, 1)
    assert changed_lines(before, file.text) == ['-msgstr "Aller au contenu principal"', '+msgstr "Sauter vers le contenu"']


def test_plural_forms_contexts_and_english_are_exported(all_strings):
    plural = InterfaceString.objects.filter(is_ours=True, context="").exclude(plural="").first()
    edit(plural.msgid, "nl", *(f"{form} (anders)" for form in plural.shown["nl"]))
    edit("Open", "nl", "Nog open", context="notes")
    edit("Skip to main content", "en", "Go to the content")
    texts = {file.path: file.text for file in export()}
    dutch, english = (po_files.parse(texts[f"locale/{code}/LC_MESSAGES/django.po"], code) for code in ("nl", "en"))
    assert dutch.get(plural.msgid).string == tuple(f"{form} (anders)" for form in plural.shown["nl"])
    assert dutch.get("Open", "notes").string == "Nog open"
    assert english.get("Skip to main content").string == "Go to the content"


def test_a_string_of_a_package_is_exported_and_named_for_the_code(all_strings, tmp_path):
    string = InterfaceString.objects.filter(is_ours=False, domain="django", plural="", context="", shown__nl__0__gt="").first()
    edit(string.msgid, "nl", string.shown["nl"][0] + " (anders)")
    said = io.StringIO()
    call_command("export_catalogues", to=str(tmp_path), stdout=said)
    catalogue_text = catalogues.read(tmp_path / "locale" / "nl" / "LC_MESSAGES" / "django.po")
    assert catalogue_text.get(string.msgid).string.endswith(" (anders)")
    assert "newsroom/wagtail_strings.py" in said.getvalue() and "gettext_noop(" in said.getvalue()


def test_once_a_release_brings_the_exported_file_the_edit_is_in_the_file(all_strings, tmp_path, settings):
    edit("Skip to main content", "fr", "Sauter vers le contenu")
    call_command("export_catalogues", to=str(tmp_path), stdout=io.StringIO())
    (tmp_path / FRENCH).rename(tmp_path / "django.po")
    release = [
        type(file)(file.package, file.language, file.domain, tmp_path / "django.po")
        if file.path == settings.BASE_DIR / FRENCH
        else file
        for file in catalogue_files()
    ]
    rebuild(files=release)
    string = InterfaceString.objects.get(msgid="Skip to main content")
    assert not StringEdit.objects.exists() and string.filed["fr"] == string.shown["fr"] == ["Sauter vers le contenu"]
    assert export() == []


def test_what_has_gone_is_not_exported(all_strings):
    edit("Skip to main content", "fr", "Sauter vers le contenu")
    InterfaceString.objects.filter(msgid="Skip to main content").update(is_gone=True)
    assert export() == []


def test_the_archive_is_for_those_who_may_edit(all_strings):
    edit("Skip to main content", "fr", "Sauter vers le contenu")
    response = logged_in("Translators").get(reverse("strings:export"))
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.namelist() == [FRENCH]
        assert "Sauter vers le contenu" in archive.read(FRENCH).decode()
    assert logged_in("Editors").get(reverse("strings:export")).status_code == 302


def test_an_update_of_the_catalogues_keeps_what_was_mended_in_english(tmp_path):
    path = tmp_path / "en" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(po_files.header(catalogues.Catalog(locale="en")) + 'msgid "Colour"\nmsgstr "Color"\n')
    strings = catalogues.Catalog()
    strings.add("Colour")
    strings.add(("%(n)s day", "%(n)s days"))
    catalogues.update(path, strings)
    said = catalogues.read(path)
    assert (said.get("Colour").string, said.get("%(n)s day").string) == ("Color", ("%(n)s day", "%(n)s days"))
