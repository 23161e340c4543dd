"""What of a package is back: what a file answered, whatever becomes of the answer, and until then it is out."""

import io
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission

from exchange.making import WAITING, make, order_package
from exchange.models import SentPackage, SentText
from exchange.reading import read_files
from exchange.sent_files import write_file
from exchange.texts_out import texts_out, with_texts_out
from languages.standing import Standing
from newsroom.reports.sent_out import parts_out
from tests.bench.report import MOST_QUERIES, count_queries
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import save_draft, translate
from tests.exchange_screens import REPORT, TABLE, import_screen, post_import
from tests.logins import visible_text
from tests.packages import bring_back, choice_of, make_package, send_texts
from tests.work import behind_in_french, panel

pytestmark = [pytest.mark.django_db, pytest.mark.sweep]


def is_closed(package):
    package.refresh_from_db()
    return package.closed_at is not None


def read_back(package, user, kind, change=lambda data: data):
    """Return the import of the file of a package as it went out, with what a program changes in it."""
    with write_file(package, kind) as file:
        data = change(file.read())
    [one] = read_files(f"terug.{kind}", io.BytesIO(data), SentPackage.objects.all(), user)
    return one


@pytest.mark.parametrize("kind", ["xliff2", "po", "docx"])
def test_complete_texts_that_come_back_as_they_went_are_back(kind, home):
    user = make_user("Publishers", "nl")
    package = make_package(user, make_standard(home, "fine"), texts="all")
    assert set(package.texts.values_list("state", flat=True)) == {"fine"} and panel(user, "sent_out")
    read_back(package, user, kind)
    assert is_closed(package) and not texts_out().exists() and not panel(user, "sent_out")


def test_what_nobody_can_use_is_out_until_it_comes_back_better(home):
    page, user = make_standard(home), make_user("Publishers", "nl")
    package = send_texts(page, limit=8)
    bring_back(package, {"summary": "Bien trop long.", "heading": "Trop long aussi."}, user)
    assert not is_closed(package) and texts_out().count() == 2
    bring_back(package, {"summary": "Court.", "heading": "Bref."}, user)
    assert is_closed(package)


def test_what_came_back_stays_back_whatever_is_judged_of_it_later(home):
    page, other = behind_in_french(home), behind_in_french(home, "other")
    user = make_user("Publishers", "fr")
    package = make_package(user, page, other)
    client, one = client_of(user), read_back(package, user, "po", lambda data: data.replace(b"#, fuzzy\n", b"", 1))
    [box] = import_screen(client, one).select("[name=chosen]")
    right = one.texts.get(verdict="still_correct").sent
    save_draft(client, page if right.object_id == page.pk else other, summary_fr="Suivi ici.")
    assert texts_out().count() == 1
    post_import(client, one, take="chosen", chosen=box["value"])
    assert texts_out().count() == 1 and right not in texts_out()


def test_texts_of_what_is_deleted_are_out_no_more(home):
    user, page = make_user("Publishers", "nl"), behind_in_french(home)
    make_package(user, page, behind_in_french(home, "other"))
    page.delete()
    assert texts_out().count() == 1 and len(panel(user, "sent_out")) == 1


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_a_package_is_opened_again_though_whoever_closed_it_is_gone(reader, home):
    user, other = make_user("Publishers", reader), make_user("Publishers", reader)
    package = make_package(user, behind_in_french(home))
    client, address = client_of(user), package.get_absolute_url()
    client_of(other).post(address, {"close": "1"})
    other.delete()
    words = visible_text(client.get(address))
    assert translate("Nothing more is expected of it.", reader, "a package") in words
    assert translate("%(number)s text has not come back yet.", reader, number="1") in words
    assert translate("closed", reader, "a package") in visible_text(client.get(REPORT))
    client.post(address, {"reopen": "1"})
    assert texts_out().count() == 1


def test_what_came_back_before_this_was_noted_is_back(home):
    user = make_user("Publishers")
    answered = send_texts(make_standard(home, "one"), addresses=("summary",), user=user)
    bring_back(answered, {"summary": "Autre."}, user)
    too_long = send_texts(make_standard(home, "two"), addresses=("summary",), user=user, limit=8)
    bring_back(too_long, {"summary": "Bien trop long."}, user)
    fine = make_package(user, make_standard(home, "three"), texts="all")
    right, behind = (make_package(user, behind_in_french(home, name)) for name in ("four", "five"))
    read_back(fine, user, "po")
    read_back(right, user, "po", lambda data: data.replace(b"#, fuzzy\n", b""))
    read_back(behind, user, "po")
    known = set(SentText.objects.filter(is_back=True).values_list("pk", flat=True))
    assert {one.package for one in SentText.objects.filter(pk__in=known)} == {answered, fine, right}
    SentText.objects.update(is_back=False)
    import_module("exchange.migrations.0009_texts_back").note_what_is_back(apps, None)
    assert set(SentText.objects.filter(is_back=True).values_list("pk", flat=True)) == known


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_whoever_may_not_take_over_all_of_a_package_closes_nothing(reader, home):
    page, maker = make_standard(home, "one"), make_user("Editors", reader)
    package = send_texts(page, user=maker)
    address, stranger = package.get_absolute_url(), make_user("Translators", reader, languages=["nl"])
    word = translate("Expect nothing more", reader, "a package")
    assert word in visible_text(client_of(maker).get(address))
    maker.groups.get().page_permissions.update(page=make_standard(home, "elsewhere"))
    for user in (stranger, maker):
        client = client_of(user)
        assert word not in visible_text(client.get(address))
        client.post(address, {"close": "1"})
        assert not is_closed(package)
    client_of(make_user("Translators", reader, languages=["fr"])).post(address, {"close": "1"})
    assert is_closed(package)
    client_of(stranger).post(address, {"reopen": "1"})
    assert is_closed(package)


@pytest.mark.parametrize("role", ["Publishers", None])
def test_what_is_still_being_made_is_not_closed(role, home):
    user = make_user(role, "nl")
    package = order_package(choice_of(behind_in_french(home)), WAITING, name="S", source="nl", target="fr", created_by=user)
    client_of(user).post(package.get_absolute_url(), {"close": "1"})
    make(package)
    assert not is_closed(package) and texts_out().count() == 1


def test_whoever_lost_a_page_reads_what_it_was_called_when_it_was_sent(home):
    page, user = make_standard(home), make_user("Editors", "fr")
    package = send_texts(page, user=user)
    client, address = client_of(user), package.get_absolute_url()
    save_draft(staff("Publishers"), page, heading_fr="Encore secret")
    assert "Encore secret" in visible_text(client.get(address))
    user.groups.get().page_permissions.update(page=make_standard(home, "elsewhere"))
    words = visible_text(client_of(user).get(address))
    assert "Encore secret" not in words and package.texts.first().page in words


def test_the_home_of_whoever_lost_all_rights_leads_to_no_package(home):
    user = make_user("Editors", "nl")
    package = make_package(user, behind_in_french(home))
    assert panel(user, "sent_out")
    group = user.groups.get()
    group.page_permissions.all().delete()
    group.permissions.set(Permission.objects.filter(codename="access_admin"))
    assert not panel(user, "sent_out") and client_of(user).get(package.get_absolute_url()).status_code == 404


def test_what_is_out_of_a_page_is_out_of_each_alias_too(home):
    page = make_standard(home, "one")
    alias = page.create_alias(parent=make_standard(home, "two"))
    make_package(make_user("Publishers"), page, texts="all")
    rows = with_texts_out(Standing.objects.filter(object_id__in=[page.pk, alias.pk]))
    first, second = (parts_out(row) for row in rows)
    assert first == second and first["fr"].number


@pytest.mark.parametrize("query", ["", "?language=fr&state=complete&ordering=-en", "?q=one&ordering=kind"])
def test_the_table_of_languages_takes_few_queries(query, home):
    user = make_user("Editors", "nl")
    for name in ("one", "two"):
        make_package(user, behind_in_french(home, name))
    client = client_of(user)
    client.get(TABLE + query)
    assert min(count_queries(client, TABLE + query) for _ in range(2)) <= MOST_QUERIES
