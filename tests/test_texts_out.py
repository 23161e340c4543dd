"""Texts that are out at an agency: said beside them, in the table, on the home and before they are sent again."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from exchange import preview
from exchange.models import SentPackage
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import translate
from tests.exchange_screens import NOTHING, REPORT, TABLE, notes_of, reasons, send_address, send_out, table_cell
from tests.logins import visible_text
from tests.packages import bring_back, choice_of, make_package
from tests.work import behind_in_french, panel

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]
TODAY = timezone.localdate()
HOME = "/admin/"


@pytest.fixture
def late(home):
    """A page of which one text is behind in French."""
    return behind_in_french(home)


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_what_is_out_is_said_beside_the_text_in_the_table_and_on_the_home_until_it_is_back(reader, late):
    publisher, translator = make_user("Publishers", reader), staff("Translators", "fr")
    package = make_package(publisher, late, deadline=TODAY - timedelta(days=1))
    client = client_of(publisher)
    [note] = notes_of(client, late)
    assert (note["address"], note["language"], note["is_late"]) == ("summary", "fr", True)
    assert note["mark"] == {"nl": "bij de vertaler, te laat", "fr": "chez le traducteur, date dépassée"}[reader]
    assert package.name in note["says"] and note["url"] == package.get_absolute_url()
    assert package.name in notes_of(translator, late)[0]["says"], "They may change all that is in it."
    assert 'data-template="out"' in client.get(reverse("wagtailadmin_pages:edit", args=[late.pk])).content.decode()
    words = {"nl": "1 bij de vertaler, te laat", "fr": "1 chez le traducteur, date dépassée"}[reader]
    assert words in table_cell(client, late) and words not in table_cell(client, late, "en")
    [line] = panel(publisher, "sent_out")
    assert package.name in line and translate("overdue: %(day)s", reader, day="")[:8] in line
    bring_back(package, {"summary": late.summary_fr}, publisher)
    assert notes_of(client, late) and panel(publisher, "sent_out"), "It came back as it went."
    bring_back(package, {"summary": "Autre chose de neuf."}, publisher)
    package.refresh_from_db()
    assert package.closed_at and not package.closed_by
    assert [note["is_back"] for note in notes_of(client, late)] == [True] and not panel(publisher, "sent_out")
    assert words not in table_cell(client, late)


def test_what_is_out_is_sent_again_only_by_who_says_so_or_where_its_source_has_changed(late):
    user = make_user("Publishers", "nl")
    client, first = client_of(user), make_package(user, late, deadline=TODAY)
    form = client.get(send_address(choice_of(late)))
    [(words, url)] = reasons(form)
    assert words.startswith(f"1 tekst is al bij de vertaler (in “{first.name}”, verstuurd op ")
    assert ", terug tegen vandaag), is niet gewijzigd" in words and url == first.get_absolute_url()
    assert 'name="again"' in form.content.decode()
    refused = send_out(client, choice_of(late))
    assert translate(NOTHING, "nl") in visible_text(refused) and first.name in visible_text(refused)
    assert SentPackage.objects.count() == 1
    send_out(client, choice_of(late), again="on")
    assert SentPackage.objects.first().texts.get(is_context=False).address == "summary"
    SentPackage.objects.first().delete()
    late.summary_nl = "Nog iets anders."
    late.save_revision()
    assert not reasons(client.get(send_address(choice_of(late))))
    assert send_out(client, choice_of(late)).status_code == 302 and SentPackage.objects.count() == 2


@pytest.mark.parametrize("is_counted", [True, False])
def test_of_a_page_the_rest_goes_out_and_other_languages_do(is_counted, late, home, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 100 if is_counted else 0)
    user = make_user("Publishers", "fr")
    client = client_of(user)
    make_package(user, late)
    other = behind_in_french(home, "other")
    form = client.get(send_address(choice_of(late, other)))
    assert "1 texte" in visible_text(form) and len(reasons(form)) == 1
    assert not reasons(client.get(f"{send_address(choice_of(late))}&language=en"))
    send_out(client, choice_of(late, other))
    [text] = SentPackage.objects.first().texts.filter(is_context=False)
    assert text.object_id == other.pk


@pytest.mark.parametrize(("role", "reader"), [("Publishers", "nl"), ("Translators", "fr")])
def test_a_package_is_closed_so_that_nothing_waits_for_ever_and_opened_again(role, reader, late):
    user = make_user(role, reader)
    client, package = client_of(user), make_package(user, late)
    screen = package.get_absolute_url()
    client.post(screen, {"close": "1"})
    package.refresh_from_db()
    assert package.closed_by == user and not notes_of(client, late) and not panel(user, "sent_out")
    words = visible_text(client.get(screen))
    assert translate("Nothing more is expected of it.", reader, "a package") in words and user.get_full_name() in words
    assert translate("closed", reader, "a package") in visible_text(client.get(REPORT))
    assert not reasons(client.get(f"{send_address(choice_of(late))}&language=fr"))
    assert staff("Translators", "nl", languages=[]).post(screen, {"reopen": "1"}).status_code in {302, 404}
    assert not notes_of(client, late)
    client.post(screen, {"reopen": "1"})
    assert notes_of(client, late) and panel(user, "sent_out")


def test_late_ones_stand_first_and_publishers_see_those_of_others(home):
    editor, publisher = make_user("Editors", "nl", name="Els"), make_user("Publishers", "nl")
    for name, days in (("without", None), ("later", 9), ("late", -3)):
        deadline = days and TODAY + timedelta(days=days)
        make_package(editor, behind_in_french(home, f"page {name}"), name=name, deadline=deadline)
    for user in (editor, publisher):
        assert [line.split()[0] for line in panel(user, "sent_out")] == ["late", "later", "without"]
    assert "Els" in panel(publisher, "sent_out")[0] and "Els" not in panel(editor, "sent_out")[0]
    assert panel(make_user("Translators", "fr"), "sent_out") is None
    shown = BeautifulSoup(client_of(editor).get(REPORT, {"waits": "out", "ordering": "deadline"}).content.decode(), "lxml")
    assert [link.get_text().strip() for link in shown.select("td.title a")] == ["late", "later", "without"]


def test_whoever_may_not_see_a_package_reads_of_it_without_its_name(late, home):
    secret = make_standard(home, "secret", languages=("nl",), live=False)
    package = make_package(make_user("Publishers"), late, secret, name="Geheim")
    user = make_user("Editors", "fr")
    group = user.groups.get()
    group.page_permissions.update(page=late)
    client = client_of(user)
    [note] = notes_of(client, late)
    assert note["url"] == "" and package.name not in note["says"] and "envoyé" in note["says"]
    assert package.name not in client.get(f"{send_address(choice_of(late))}&language=fr").content.decode()


def test_more_packages_and_pages_ask_for_no_more_queries(home):
    user = make_user("Publishers", "nl")
    client, numbers = client_of(user), []

    def out(*names):
        for name in names:
            make_package(user, behind_in_french(home, name), deadline=TODAY)

    def queries(*addresses):
        with CaptureQueriesContext(connection) as captured:
            for address in addresses:
                client.get(address)
        return len(captured)

    page = behind_in_french(home)
    make_package(user, page)
    for names in (("one",), ("two", "three", "four", "five")):
        out(*names)
        states = reverse("text_states", args=["pages", "standardpage", page.pk])
        addresses = (HOME, TABLE, states, reverse("send_texts"), REPORT)
        queries(*addresses)
        numbers.append(queries(*addresses))
    assert numbers[0] == numbers[1]
