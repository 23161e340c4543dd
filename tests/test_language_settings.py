"""A language is a setting: whatever does not know one of the settings' languages is named before anything is published."""

from io import StringIO

import pytest
from django.core.checks import run_checks
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from languages import checks
from pages import addresses
from pages.checks import every_step_of_the_site_is_reserved

PLACES = [
    "The setting LANGUAGE_FALLBACKS",
    "The setting LANGUAGE_FALLBACKS['nl']",
    "The file deploy/nginx.conf",
    "The folder locale",
    "audience.paths.FEEDBACK_SEGMENTS",
    "delivery.errors.STATEMENT",
    "delivery.metadata.LOCALES",
    "languages.slugs.AND",
    "pages.list_parts.WORDS",
    "search.entries.BETWEEN",
    "search.paths.SEGMENTS",
    "The file static/css/admin.css",
    "The file static/css/editor.css",
    "The file static/js/editor/slugs.js",
    "The file templates/500.html",
]
# What a database without German looks like, shown with English: each statement takes away what its migration makes.
LOSSES = {
    "ALTER TABLE directory_organisation DROP COLUMN name_en": "The table directory_organisation has no column name_en.",
    "ALTER TABLE pages_sitepage DROP COLUMN address_en": "The table pages_sitepage has no column address_en.",
    "DROP INDEX search_entry_vector_en": "The table search_entry has no index search_entry_vector_en.",
    "DROP INDEX search_entry_named_en": "The table search_entry has no index search_entry_named_en.",
    "ALTER TEXT SEARCH CONFIGURATION search_en RENAME TO other": "PostgreSQL has no text search configuration search_en.",
}


def messages_with(monkeypatch, code):
    """Return what the check says once the settings have a language more."""
    monkeypatch.setattr(checks, "LANGUAGES", (*checks.LANGUAGES, code))
    return [error.msg for error in checks.every_place_knows_every_language()]


def database_messages():
    return [error.msg for error in run_checks(databases=["default"])]


@pytest.mark.django_db
def test_every_place_and_the_database_know_every_language():
    call_command("check", databases=["default"], fail_level="WARNING", stdout=StringIO())


def test_each_place_that_does_not_know_a_language_is_named_once(monkeypatch):
    messages = messages_with(monkeypatch, "de")
    assert [place for place in PLACES if f"{place} does not know the language de." not in messages] == []
    assert len(messages) == len(set(messages))
    assert not any("urls.FEEDBACK_SEGMENTS" in message for message in messages)  # imported there


def test_a_language_without_data_for_dates_and_numbers_is_named(monkeypatch):
    assert "The library Babel does not know the language xq." in messages_with(monkeypatch, "xq")


def test_a_language_with_a_hyphen_in_its_code_is_named(monkeypatch):
    assert checks.no_code_has_a_hyphen() == []
    monkeypatch.setattr(checks, "LANGUAGES", (*checks.LANGUAGES, "pt-br"))
    assert [error.msg for error in checks.no_code_has_a_hyphen()] == [
        "The code of the language pt-br has a hyphen, with which the site cannot name it."
    ]


def test_the_languages_of_the_admin_are_among_the_places(settings):
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = settings.LANGUAGES[:2]
    messages = [error.msg for error in checks.every_place_knows_every_language()]
    assert messages == ["The setting WAGTAILADMIN_PERMITTED_LANGUAGES does not know the language en."]


@pytest.mark.parametrize(
    ("name", "source", "codes"),
    [
        ("static/js/and.js", 'const AND = { nl: " en ", fr: " et " };', {"nl", "fr"}),
        ("static/css/a.css", ':is([data-language="nl"], [data-language="fr"]) {}', {"nl", "fr"}),
        ("static/css/parts/b.css", ":lang(nl), :lang(fr) {}", {"nl", "fr"}),
        ("deploy/nginx.conf", "location ~ ^/(nl/gedeeld|fr/partage)/ {", {"nl", "fr"}),
        ("app/templates/app/c.html", '<p lang="nl">Hier</p><p lang="fr">Ici</p>', {"nl", "fr"}),
    ],
)
def test_a_file_that_names_languages_is_read(tmp_path, settings, name, source, codes):
    settings.BASE_DIR = tmp_path
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    path.write_text(source)
    (tmp_path / "static" / "js").mkdir(parents=True, exist_ok=True)
    (tmp_path / "static" / "js" / "other.js").write_text("const NUMBERS = { id: 1, nl: 2 };")
    assert list(checks.files_by_language()) == [(f"The file {name}", codes)]


@pytest.mark.django_db
@pytest.mark.parametrize("statement", LOSSES)
def test_what_the_database_lacks_for_a_language_is_named(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert database_messages() == [LOSSES[statement]]


@pytest.mark.django_db
def test_a_database_that_waits_for_its_migrations_is_not_judged():
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX search_entry_vector_en")
        cursor.execute("ALTER TEXT SEARCH CONFIGURATION search_en RENAME TO other")
        cursor.execute("DELETE FROM django_migrations WHERE app = 'search'")
    assert database_messages() == []


@pytest.mark.parametrize("step", ["zoeken", "votre-avis", "feed"])
def test_a_step_of_the_site_that_a_page_could_take_is_named(monkeypatch, step):
    assert every_step_of_the_site_is_reserved() == []
    monkeypatch.setattr(addresses, "RESERVED", addresses.RESERVED - {step})
    assert [error.msg for error in every_step_of_the_site_is_reserved()] == [
        f"pages.addresses.RESERVED does not know the first step “{step}”."
    ]


@pytest.mark.django_db
def test_no_site_starts_on_a_database_that_lacks_a_language():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE directory_organisation DROP COLUMN name_en")
    with pytest.raises(SystemCheckError, match="has no column name_en"):
        call_command("prepare_site", stdout=StringIO())
