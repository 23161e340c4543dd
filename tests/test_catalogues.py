"""The catalogues of the interface: new strings wait for their translation, and what is missing is said."""

import shutil

import pytest

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
