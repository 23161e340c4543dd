"""Translations that came back and wait until somebody takes them over: said on the home, in the list and on the package."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exchange.judging import Verdict
from exchange.taking import take
from exchange.undoing import undo
from tests.building import client_of, make_standard, make_user
from tests.editor import edit_url, translate
from tests.exchange_screens import REPORT, notes_of, table_cell
from tests.logins import visible_text
from tests.packages import bring_back, make_package
from tests.work import behind_in_french, panel

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
HOME = "/admin/"
WORDS = {"nl": "1 vertaling over te nemen", "fr": "1 traduction à reprendre"}


@pytest.fixture
def late(home):
    """A page of which one text is behind in French."""
    return behind_in_french(home)


def take_all(one, user):
    return take(one, dict.fromkeys(one.texts.filter(verdict=Verdict.READY).values_list("pk", flat=True)), user)


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_what_came_back_stands_on_the_home_and_on_the_package_until_it_is_taken_over(reader, late):
    editor, publisher = make_user("Editors", reader), make_user("Publishers", reader)
    package, words = make_package(editor, late, name="Naar het bureau"), WORDS[reader]
    assert panel(editor, "came_back") is None
    one = bring_back(package, {"summary": "Suivi ici."}, editor)
    for user in (editor, publisher):
        [line] = panel(user, "came_back")
        assert "Naar het bureau" in line and words in line
        assert reverse("import", args=[one.pk]) in client_of(user).get(HOME).content.decode()
        assert words in visible_text(client_of(user).get(package.get_absolute_url()))
        assert words in visible_text(client_of(user).get(REPORT, {"waits": "back"}))
    assert panel(make_user("Editors", reader), "came_back") is None, "Somebody else sees to it."
    take_all(one, publisher)
    assert panel(editor, "came_back") is None and panel(publisher, "came_back") is None
    client = client_of(publisher)
    assert words not in visible_text(client.get(package.get_absolute_url())) + visible_text(client.get(REPORT))
    assert translate("taken over", reader, "a package") in visible_text(client.get(REPORT))
    assert package.name not in visible_text(client.get(REPORT, {"waits": "back"}))


def test_of_what_came_back_twice_the_last_waits_and_of_what_was_undone_nothing(late):
    user = make_user("Publishers", "nl")
    package = make_package(user, late)
    first = bring_back(package, {"summary": "Suivi ici."}, user)
    bring_back(package, {"summary": "Suivi mieux."}, user)
    assert len(panel(user, "came_back")) == 1
    second = package.imports.first()
    take_all(second, user)
    assert panel(user, "came_back") is None
    undo(second, user)
    assert panel(user, "came_back") is None
    assert first.texts.filter(is_taken=False).exists()


def test_what_is_kept_or_deleted_does_not_wait(late, home):
    user, other = make_user("Publishers", "nl"), behind_in_french(home, "other")
    one = bring_back(make_package(user, late, other), {"summary": "Suivi ici."}, user)
    assert "2 vertalingen over te nemen" in panel(user, "came_back")[0]
    one.texts.filter(sent__object_id=late.pk).update(kept_by=user, kept_at=one.uploaded_at)
    assert "1 vertaling over te nemen" in panel(user, "came_back")[0]
    other.delete()
    assert panel(user, "came_back") is None


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_a_package_says_what_is_not_back_and_what_is_to_be_taken_over(reader, late, home):
    user, other = make_user("Publishers", reader), behind_in_french(home, "other")
    client, package = client_of(user), make_package(user, late, other)
    package.texts.filter(object_id=other.pk).update(limit=3)
    one = bring_back(package, {"summary": "Suivi ici."}, user)
    not_back = translate("%(number)s text not back yet", reader, number="1")
    assert f"{not_back}, {WORDS[reader]}" in visible_text(client.get(REPORT))
    take_all(one, user)
    words = visible_text(client.get(REPORT))
    assert not_back in words and translate("taken over", reader, "a package") not in words
    undo(one, user)
    one.undone_at = one.undone_by = None
    one.save()
    client.post(package.get_absolute_url(), {"close": "1"})
    assert f"{translate('closed', reader, 'a package')}, {WORDS[reader]}" in visible_text(client.get(REPORT))


def waiting_line(user):
    """Return what the home of somebody says of the page that waits."""
    [line] = [line for line in panel(user, "waiting") if line.startswith("late")]
    return line.replace("\u00a0", " ")


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_whoever_translates_sees_beside_the_text_and_where_it_waits_that_it_is_out_and_then_back(reader, home):
    page = make_standard(home, "late")
    page.summary_nl, page.summary_fr = ("Anders.", page.summary_fr) if reader == "fr" else (page.summary_nl, "Autrement.")
    page.save_revision()
    source = "nl" if reader == "fr" else "fr"
    package = make_package(make_user("Publishers"), page, source=source, target=reader, deadline=timezone.localdate())
    translator = make_user("Translators", reader)
    client = client_of(translator)
    line = waiting_line(translator)
    language = {"nl": "Nederlands: ", "fr": "Français : "}[reader]
    out = {"nl": "1 bij de vertaler (terug tegen vandaag)", "fr": "1 chez le traducteur (à rendre aujourd’hui)"}[reader]
    assert f"{language}{out}, 1 " in line
    one = bring_back(package, {"summary": "Tout autre." if reader == "fr" else "Iets anders."})
    line = waiting_line(translator)
    assert f"{language}{WORDS[reader]}, 1 " in line
    [note] = notes_of(client, page)
    assert note["mark"] == {"nl": "terug van de vertaler", "fr": "de retour du traducteur"}[reader]
    assert note["is_back"] and not note["is_late"] and (note["address"], note["language"]) == ("summary", reader)
    assert package.name in note["says"] and note["url"] == reverse("import", args=[one.pk])
    assert 'data-template="back"' in client.get(edit_url(page)).content.decode()
    assert WORDS[reader] in table_cell(client, page, reader)
    take_all(one, translator)
    assert not notes_of(client, page) and WORDS[reader] not in table_cell(client, page, reader)
    assert WORDS[reader] not in waiting_line(translator), "It is to be confirmed."


def test_more_files_and_texts_ask_for_no_more_queries(home):
    user = make_user("Publishers", "nl")
    client, numbers = client_of(user), []
    for names in (("one",), ("two", "three", "four")):
        pages = [behind_in_french(home, name) for name in names]
        package = make_package(user, *pages)
        bring_back(package, {"summary": "Suivi ici."}, user)
        addresses = (HOME, REPORT, package.get_absolute_url())
        for address in addresses:
            client.get(address)
        with CaptureQueriesContext(connection) as captured:
            for address in addresses:
                client.get(address)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1]
