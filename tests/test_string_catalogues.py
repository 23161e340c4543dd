"""The table of strings is in step with the catalogues of a release, and edits outlive it."""

import io

import pytest
from django.core.management import call_command

from interface_strings import edits
from interface_strings.catalogue_files import catalogue_files, read_all
from interface_strings.models import InterfaceString, State, StringChange, StringEdit, StringsVersion
from interface_strings.overlay import compile_edits
from interface_strings.places import area_name, areas_of, place_name
from interface_strings.strings_rebuild import rebuild
from tests.building import make_user
from tests.strings import HEADER, TEXTS, po

BROKEN_HEADER = HEADER.replace("nplurals=2", "nplurals=two")


def edit(string, language="nl", *forms):
    edits.write(string, language, list(forms) or ["Opzoeken"], make_user("Translators"))


def test_every_string_stands_there_with_its_languages_its_places_and_its_problems(strings):
    search, pages, missing = strings.get(), strings.get("%(count)s page"), strings.get("Never translated")
    assert search.shown == {"nl": ["Zoeken"], "fr": ["Recherche"], "en": ["Search"]}
    assert search.states == {"nl": State.TRANSLATED, "fr": State.TRANSLATED, "en": State.TRANSLATED}
    assert search.is_ours and search.areas == ["templates"] and search.places == [["", "templates/base.html"]]
    assert pages.shown["nl"] == ["%(count)s pagina", "%(count)s pagina’s"] and pages.plural == "%(count)s pages"
    assert missing.states == {"nl": State.MISSING, "fr": State.MISSING, "en": State.TRANSLATED}
    strings.write(TEXTS | {"Saved.": ("Bewaard", "Enregistré."), "Kept.": ("Bewaard", "Gardé.")})
    assert strings.get("Saved.").problems == {"nl": ["end", "same"], "fr": [], "en": []}
    assert strings.get("Kept.").problems["nl"] == ["end", "same"]


def test_the_same_text_in_two_contexts_is_two_strings(strings):
    strings.path("nl").write_text(po({"Open": "Openstaand"}, context="notes") + po({"Open": "Open"}).removeprefix(HEADER))
    rebuild(files=strings.files())
    assert {one.context: one.shown["nl"] for one in InterfaceString.objects.filter(msgid="Open")} == {
        "": ["Open"],
        "notes": ["Openstaand"],
    }


def test_our_catalogue_comes_before_those_of_packages_and_no_string_of_theirs_is_left_out():
    entries, unreadable = read_all(catalogue_files())
    assert unreadable == []
    by_text = {(entry.domain, entry.msgid): entry for entry in entries.values() if not entry.context}
    assert by_text["django", "Sign in"].packages[:2] == ["", "wagtail.admin"], "It is one of Wagtail's that we say anew."
    assert {"django", "wagtail.admin"} <= set(by_text["django", "Delete"].packages)
    assert by_text["djangojs", "Cancel"].packages == ["wagtail.admin"]
    minutes = next(entry for entry in entries.values() if entry.msgid == "%(num)d minute")
    assert len(minutes.filed["fr"]) == 2, "Packages have a third form in French, for millions."


def test_every_part_of_the_site_that_has_strings_has_a_name():
    entries, _unreadable = read_all(catalogue_files())
    areas = {area for entry in entries.values() for area in areas_of(entry)}
    assert {"templates", "newsroom", "delivery", "wagtail.admin", "django"} <= areas
    assert {area for area in areas if area_name(area).casefold() == area} <= {"allauth", "django", "axes", "taggit", "wagtail"}
    assert place_name("", "templates/includes/search_field.html") == "Pagina’s voor lezers › includes › search field"
    assert place_name("wagtail.admin", "templates/wagtailadmin/login.html").endswith(" › wagtailadmin › login")


def test_catalogues_are_read_anew_only_where_they_changed(strings):
    assert rebuild(only_changed=True, files=strings.files()) is None
    strings.path("nl").write_text(po({"Search": "Opzoeken"}))
    assert rebuild(only_changed=True, files=strings.files()) == len(TEXTS)
    assert strings.get().shown["nl"] == ["Opzoeken"]


def test_an_edit_outlives_a_release_that_says_what_the_last_one_said(strings):
    edit(strings.get())
    strings.write(TEXTS)
    assert strings.get().shown["nl"] == ["Opzoeken"] and strings.get().states["nl"] == State.EDITED


def test_an_edit_is_in_conflict_once_the_file_says_something_else(strings):
    edit(strings.get())
    strings.write(TEXTS | {"Search": ("Vinden", "Recherche")})
    assert strings.get().shown["nl"] == ["Opzoeken"], "What was edited stays on the site."
    assert strings.get().states == {"nl": State.CONFLICT, "fr": State.TRANSLATED, "en": State.TRANSLATED}
    edits.keep(strings.get(), "nl", make_user("Translators"))
    assert strings.get().states["nl"] == State.EDITED


def test_an_edit_is_in_conflict_once_the_source_has_another_plural(strings):
    edit(strings.get("%(count)s page"), "nl", "%(count)s blad", "%(count)s bladen")
    texts = {key: value for key, value in TEXTS.items() if key[0] != "%(count)s page"}
    strings.write(texts | {("%(count)s page", "%(count)s pages in all"): TEXTS["%(count)s page", "%(count)s pages"]})
    assert strings.get("%(count)s page").states["nl"] == State.CONFLICT


def test_an_edit_of_a_string_that_gets_a_plural_stands_for_all_its_forms_until_somebody_decides(strings):
    edit(strings.get())
    texts = {key: value for key, value in TEXTS.items() if key != "Search"}
    strings.write(texts | {("Search", "Searches"): (("Zoekvraag", "Zoekvragen"), ("Recherche", "Recherches"))})
    assert strings.get().states["nl"] == State.CONFLICT and strings.get().shown["nl"] == ["Opzoeken", "Opzoeken"]
    assert compile_edits()["nl", "django"].get("Search").string == ("Opzoeken", "Opzoeken")
    strings.write(TEXTS)
    assert strings.get().states["nl"] == State.EDITED and strings.get().shown["nl"] == ["Opzoeken"]


def test_an_edit_that_a_release_has_taken_in_is_no_edit_any_more(strings):
    edit(strings.get())
    version = StringsVersion.current()
    strings.write(TEXTS | {"Search": ("Opzoeken", "Recherche")})
    assert not StringEdit.objects.exists() and strings.get().states["nl"] == State.TRANSLATED
    assert strings.get().changes.first().action == StringChange.Action.RELEASED
    assert StringsVersion.current() != version, "Each host writes its files anew."


def test_what_has_gone_stays_only_where_somebody_edited_it(strings):
    edit(strings.get())
    strings.write({"Skip to main content": TEXTS["Skip to main content"]})
    assert set(InterfaceString.objects.values_list("msgid", "is_gone")) == {("Skip to main content", False), ("Search", True)}
    assert strings.get().states["nl"] == State.CONFLICT
    strings.write(TEXTS)
    assert not strings.get().is_gone and strings.get().states["nl"] == State.EDITED


@pytest.mark.parametrize("text", [BROKEN_HEADER, 'msgid "\nmsgstr', "\x00\x01"])
def test_a_catalogue_that_cannot_be_read_is_told_of_and_the_others_are_read(text, strings, caplog):
    strings.path("fr").write_text(text)
    rebuild(files=strings.files())
    assert strings.get().shown["nl"] == ["Zoeken"]
    told = StringsVersion.objects.get().unreadable
    assert len(told) == 1 and str(strings.path("fr")) in told[0] and "cannot be read" in caplog.text


@pytest.mark.sweep
def test_a_start_reads_all_catalogues_with_a_number_of_queries_that_does_not_grow(strings, django_assert_max_num_queries):
    said = io.StringIO()
    with django_assert_max_num_queries(25):
        call_command("rebuild_strings", stdout=said)
    number = InterfaceString.objects.count()
    assert number > 3_000 and said.getvalue() == f"{number} strings of the interface.\n"
    with django_assert_max_num_queries(6):
        call_command("rebuild_strings", changed=True, stdout=said)
