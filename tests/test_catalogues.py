"""The catalogues of the interface: new strings wait for their translation, and what is missing is said."""

import shutil

import pytest
from babel.messages.catalog import Catalog

from deploy import catalogues


@pytest.fixture
def copies(tmp_path, monkeypatch):
    """Copies of all catalogues, which may be changed."""
    monkeypatch.setattr(catalogues, "LOCALE", shutil.copytree(catalogues.LOCALE, tmp_path / "locale"))
    monkeypatch.setattr(catalogues, "CHECKOUT", tmp_path)
    return {path.parts[-3]: path for path in catalogues.catalogues()}


def test_a_new_string_waits_for_its_translation_and_the_others_stay(copies):
    before = {language: catalogues.read(path) for language, path in copies.items()}
    strings = catalogues.Catalog()
    for message in catalogues.messages(before["en"]):
        strings.add(message.id, context=message.context)
    strings.add("Not said before")
    for path in copies.values():
        catalogues.update(path, strings)
    after = {language: catalogues.read(path) for language, path in copies.items()}
    assert {language: catalogue.get("Not said before").string for language, catalogue in after.items()} == {
        "en": "Not said before",
        "nl": "",
        "fr": "",
    }
    assert catalogues.faults(copies["fr"], strings) == ["locale/fr/LC_MESSAGES/django.po: not translated: 'Not said before'"]
    assert all(after[code].get("Menu").string == before[code].get("Menu").string for code in copies)


def test_catalogues_are_compiled_when_they_changed(tmp_path, monkeypatch):
    folder = tmp_path / "nl" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    source = folder / "django.po"
    source.write_text('msgid "yes"\nmsgstr "ja"\n\n#, fuzzy\nmsgid "no"\nmsgstr "misschien"\n')
    monkeypatch.setattr(catalogues, "LOCALE", tmp_path)
    assert catalogues.compile_changed() == [source]
    assert catalogues.compile_changed() == []
    compiled = source.with_suffix(".mo").read_bytes()
    assert b"ja" in compiled
    assert b"misschien" not in compiled, "What a translator has yet to confirm is not shown."


def test_an_incomplete_catalogue_is_told_of(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "CHECKOUT", tmp_path)
    path = tmp_path / "nl" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "empty"\nmsgstr ""\n\nmsgid "old"\nmsgstr "oud"\n\n#, fuzzy\nmsgid "vague"\nmsgstr "vaag"\n\n'
        'msgid "%(n)s lines"\nmsgstr "%(m)s regels"\n'
    )
    strings = Catalog()
    for text in ("empty", "vague", "new", "%(n)s lines"):
        strings.add(text)
    said = "\n".join(catalogues.faults(path, strings))
    for fault in ("missing: 'new'", "not translated: 'empty'", "superfluous: 'old'", "fuzzy: 'vague'", "placeholders"):
        assert fault in said
    catalogues.update(path, strings)
    said = "\n".join(catalogues.faults(path, strings))
    assert "missing" not in said
    assert "superfluous" not in said
    assert "fuzzy: 'vague'" in said, "An update keeps what translators wrote."


def test_strings_are_found_in_code_and_templates(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "CHECKOUT", tmp_path)
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("from x import gettext_lazy as _\nA = _('In ' 'code')\n")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(
        '{% load i18n %}\n  <p title="(it\'s">{% translate "May" context "month" %}\n'
        "{% blocktranslate trimmed count n=n %}\n    {{ n }} day\n  {% plural %}\n{{ n }} days{% endblocktranslate %}\n"
    )
    assert {(string.context, string.id) for string in catalogues.messages(catalogues.extract())} == {
        (None, "In code"),
        ("month", "May"),
        (None, ("%(n)s day", "%(n)s days")),
    }
