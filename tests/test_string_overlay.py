"""What was edited is on the site within a second in every process, costs next to nothing, and cannot take the site down."""

from threading import Event, Thread
from unittest import mock

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.translation import gettext_lazy, ngettext, npgettext, pgettext

from interface_strings import edits, following, overlay
from interface_strings.following import ShownStrings
from interface_strings.models import InterfaceString, StringsVersion
from tests.building import make_user
from tests.strings import TEXTS, in_folder, logged_in, translate

pytestmark = pytest.mark.django_db


def edit(string, language, *forms):
    edits.write(string, language, list(forms), make_user("Translators"))


def look():
    """Let this process look at once whether something was edited."""
    following.take_up_changes()


def test_an_edit_is_on_the_site_and_in_lazy_strings_as_soon_as_a_process_looks(strings, own_folder):
    lazy = gettext_lazy("Search")
    with translation.override("nl"):
        assert str(lazy) == "Zoeken"
    edit(strings.get(), "nl", "Opzoeken")
    assert translate("Search", "nl") == "Zoeken", "Nobody has looked yet."
    look()
    assert (translate("Search", "nl"), translate("Search", "fr"), translate("Search", "en")) == (
        "Opzoeken",
        "Recherche",
        "Search",
    )
    with translation.override("nl"):
        assert str(lazy) == "Opzoeken"
    edits.take_back(strings.get(), "nl", make_user("Translators"))
    look()
    assert translate("Search", "nl") == "Zoeken"


def test_an_edit_of_a_string_that_gets_a_plural_is_on_the_site_as_it_is_listed(strings, own_folder):
    edit(strings.get(), "nl", "Opzoeken")
    look()
    texts = {key: value for key, value in TEXTS.items() if key != "Search"}
    strings.write(texts | {("Search", "Searches"): (("Zoekvraag", "Zoekvragen"), ("Recherche", "Recherches"))})
    look()
    with translation.override("nl"):
        assert [ngettext("Search", "Searches", number) for number in (1, 2)] == strings.get().shown["nl"] == ["Opzoeken"] * 2
    strings.write(TEXTS)
    look()
    assert translate("Search", "nl") == "Opzoeken"


def test_a_release_that_changes_nothing_of_an_edited_string_lets_no_host_write_anew(strings, own_folder):
    edit(strings.get(), "nl", "Opzoeken")
    version = StringsVersion.current()
    strings.write(TEXTS | {"Saved.": ("Bewaard.", "Enregistré.")})
    assert StringsVersion.current() == version


def test_english_can_be_edited_too(strings, own_folder):
    edit(strings.get(), "en", "Find")
    look()
    assert translate("Search", "en") == "Find"


def test_plural_forms_and_contexts_are_right(strings, own_folder):
    InterfaceString.objects.create(key="open", domain="django", context="notes", msgid="Open", shown={}, filed={})
    InterfaceString.objects.create(
        key="days", domain="django", context="left", msgid="%(n)s day", plural="%(n)s days", shown={}, filed={}
    )
    edit(strings.get("%(count)s page"), "fr", "%(count)s feuille", "%(count)s feuilles")
    edit(InterfaceString.objects.get(key="open"), "fr", "À voir")
    edit(InterfaceString.objects.get(key="days"), "nl", "nog %(n)s dag", "nog %(n)s dagen")
    look()
    with translation.override("fr"):
        translate = [ngettext("%(count)s page", "%(count)s pages", number) for number in (0, 1, 2, 1_000_000)]
        assert translate == ["%(count)s feuille"] * 2 + ["%(count)s feuilles"] * 2
        assert pgettext("notes", "Open") == "À voir" and translation.gettext("Open") != "À voir"
    with translation.override("nl"):
        translate = [npgettext("left", "%(n)s day", "%(n)s days", number) for number in (0, 1, 2)]
        assert translate == ["nog %(n)s dagen", "nog %(n)s dag", "nog %(n)s dagen"]


def test_a_script_of_the_admin_reads_its_strings_from_the_same_place(strings, own_folder):
    InterfaceString.objects.create(key="cancel", domain="djangojs", msgid="Cancel", shown={}, filed={})
    edit(InterfaceString.objects.get(key="cancel"), "nl", "Toch niet")
    look()
    assert '"Cancel": "Toch niet"' in logged_in().get("/admin/jsi18n/").content.decode()


def test_readers_get_another_page_and_another_validator_after_an_edit(strings, own_folder, home, client):
    before = client.get("/nl/")
    assert client.get("/nl/", headers={"If-None-Match": before.headers["ETag"]}).status_code == 304
    edit(strings.get("Skip to main content"), "nl", "Direct naar de inhoud")
    look()
    after = client.get("/nl/", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.headers["ETag"] != before.headers["ETag"]
    assert "Direct naar de inhoud" in after.content.decode()


def test_every_second_a_process_looks_once_and_no_page_costs_more(strings, own_folder, home, client, monkeypatch):
    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/nl/").status_code == 200
        return sum("stringsversion" in query["sql"] for query in captured)

    monkeypatch.setattr(following, "SECONDS", 1)
    clock = mock.Mock(return_value=1_000.0)
    monkeypatch.setattr(following, "monotonic", clock)
    monkeypatch.setattr(following.shown_strings, "looked_at", 0.0)
    assert [cost(), cost(), cost()] == [1, 0, 0]
    clock.return_value = 1_000.9
    assert cost() == 0
    clock.return_value = 1_001.1
    assert [cost(), cost()] == [1, 0]


def test_the_check_of_health_asks_the_database_nothing(own_folder, client, monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(following, "SECONDS", -1)
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_two_hosts_write_their_own_files_from_the_database(strings, settings, tmp_path):
    edit(strings.get(), "nl", "Opzoeken")
    for host in ("one", "two"):
        with in_folder(settings, tmp_path / host) as folder:
            look()
            assert translate("Search", "nl") == "Opzoeken" and (folder / "nl" / "LC_MESSAGES" / "django.mo").exists()
    with in_folder(settings, tmp_path / "one"):
        assert translate("Search", "nl") == "Opzoeken", "What was written survives a start, before anybody looks."


def test_the_second_process_of_a_host_writes_nothing_again(strings, own_folder, django_assert_num_queries):
    edit(strings.get(), "nl", "Opzoeken")
    look()
    with django_assert_num_queries(1), mock.patch.object(overlay, "replace") as replace:
        ShownStrings().take_up()
    assert not replace.called


def test_a_site_on_which_nothing_was_ever_edited_needs_no_folder(strings, own_folder):
    look()
    assert not own_folder.exists()


def test_what_was_written_from_another_database_is_written_anew(strings, own_folder):
    edit(strings.get(), "nl", "Opzoeken")
    look()
    StringsVersion.objects.all().delete()
    strings.get().edits.all().delete()
    look()
    assert translate("Search", "nl") == "Zoeken"


def test_without_a_database_the_site_goes_on_with_what_it_has(strings, own_folder, home, client, monkeypatch, caplog):
    edit(strings.get(), "nl", "Opzoeken")
    look()
    monkeypatch.setattr(following, "SECONDS", -1)
    with mock.patch.object(StringsVersion, "current", side_effect=OperationalError("It is away.")):
        assert [client.get("/nl/").status_code for _ in range(3)] == [200] * 3
    assert translate("Search", "nl") == "Opzoeken"
    assert caplog.text.count("the database does not say") == 1, "It is said once, and not every second."
    assert client.get("/nl/").status_code == 200 and not following.shown_strings.is_cut_off


def test_where_nothing_can_be_written_the_site_goes_on_with_its_files(strings, own_folder, caplog):
    edit(strings.get(), "nl", "Opzoeken")
    own_folder.write_text("a file is in the way")
    look()
    assert translate("Search", "nl") == "Zoeken" and "cannot be written" in caplog.text
    look()
    assert caplog.text.count("cannot be written") == 1, "It is said once, and not every second."
    own_folder.unlink()
    look()
    assert translate("Search", "nl") == "Opzoeken", "As soon as something can be written, it is."
    own_folder.joinpath("version").unlink()
    own_folder.joinpath("version").mkdir()
    edit(strings.get(), "nl", "Vinden")
    look()
    assert caplog.text.count("cannot be written") == 2


def test_a_broken_file_is_deleted_at_a_start_and_written_anew(strings, own_folder, caplog):
    edit(strings.get(), "nl", "Opzoeken")
    look()
    file = own_folder / "nl" / "LC_MESSAGES" / "django.mo"
    file.write_bytes(file.read_bytes()[:40])
    overlay.drop_broken_files()
    assert not file.exists() and "is broken" in caplog.text
    following.shown_strings.version = None
    look()
    assert translate("Search", "nl") == "Opzoeken"


def test_a_page_that_is_being_made_goes_on_in_its_language(strings, own_folder):
    begun, changed, heard = Event(), Event(), []

    def make_page():
        with translation.override("fr"):
            heard.append(translation.gettext("Search"))
            begun.set()
            changed.wait(10)
            heard.append((translation.get_language(), translation.gettext("Search")))

    thread = Thread(target=make_page)
    thread.start()
    begun.wait(10)
    edit(strings.get(), "fr", "Trouver")
    look()
    changed.set()
    thread.join()
    assert heard == ["Recherche", ("fr", "Recherche")], "One page is not half old and half new, and never in two languages."
    assert translate("Search", "fr") == "Trouver"


def test_edits_compile_with_one_query(strings, django_assert_num_queries):
    edit(strings.get(), "nl", "Opzoeken")
    edit(strings.get("Skip to main content"), "fr", "Au contenu")
    with django_assert_num_queries(1):
        catalogues = overlay.compile_edits()
    assert catalogues["nl", "django"].get("Search").string == "Opzoeken"
    assert len(TEXTS) == InterfaceString.objects.count()
