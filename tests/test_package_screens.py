"""The screens of packages, as each role uses them: sending texts out, looking at a package, downloading it."""

import re
from datetime import date, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from exchange import making, preview
from exchange.choosing import Choice
from exchange.making import ALL, WAITING, order_package
from exchange.models import SentPackage, SentText
from exchange.sent_files import ENDINGS
from tests.building import client_of, make_section, make_standard, make_user, staff
from tests.editor import edit_url, errors_of, form_with, save_draft, translate
from tests.exchange_screens import NOTHING, REPORT, TABLE, send_address, send_out
from tests.logins import visible_text
from tests.packages import choice_of, make_package
from tests.work import behind_in_french


@pytest.fixture
def late(home):
    """A page of which one text is behind in French."""
    return behind_in_french(home)


def only():
    return SentPackage.objects.get()


# --- Sending out


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "language"), [("Editors", "nl"), ("Publishers", "fr"), ("Translators", "fr")])
@pytest.mark.sampled(1)
def test_whoever_may_change_texts_sends_them_out_and_downloads_them(role, language, late):
    user = make_user(role, language)
    client, friday = client_of(user), timezone.localdate() + timedelta(days=4)
    form = visible_text(client.get(send_address(choice_of(late))))
    assert re.search(r"\b1 (tekst|texte)\b", form) and late.draft_title.split()[0] in form
    response = send_out(client, choice_of(late), name="Été 2026", deadline=friday.isoformat(), note="Graag kort.")
    package = only()
    assert (response.status_code, response.url) == (302, reverse("package", args=[package.pk]))
    assert (package.source, package.target, package.deadline, package.note) == ("nl", "fr", friday, "Graag kort.")
    assert package.created_by == user and package.texts.filter(is_context=False).count() == 1
    page = client.get(response.url)
    assert package.texts.get(is_context=False).source in visible_text(page)
    for kind, ending in ENDINGS.items():
        file = client.get(reverse("package_file", args=[package.pk, kind]))
        day = timezone.localdate(package.created_at).isoformat()
        assert f'attachment; filename="ete-2026-nl-fr-{day}.{ending}"' == file["Content-Disposition"]
        assert {"private", "no-store"} <= set(file["Cache-Control"].split(", "))
        content = b"".join(file.streaming_content)
        assert ZipFile(BytesIO(content)).testzip() is None if ending in ("zip", "docx") else package.key.encode() in content
    assert package.name in visible_text(client.get(REPORT))


@pytest.mark.django_db
def test_a_translator_sends_out_into_their_own_languages_only(late):
    client = staff("Translators", "nl", languages=["en"])
    form = client.get(send_address(choice_of(late)))
    assert 'value="en"' in form.content.decode() and form_with(form, "deadline")["target"] == "en"
    assert set(errors_of(send_out(client, choice_of(late), target="fr"))) == {"target"}
    assert not SentPackage.objects.exists()


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_what_was_typed_stays(late):
    client, yesterday = staff("Editors", "fr"), (timezone.localdate() - timedelta(days=1)).isoformat()
    response = send_out(client, choice_of(late), target="nl", deadline=yesterday, note="Urgent", name="")
    assert errors_of(response)["target"] == [translate("Choose two different languages.", "fr")]
    assert {"deadline", "name", "target"} == set(errors_of(response))
    assert form_with(response, "deadline")["note"] == "Urgent"
    assert translate(NOTHING, "fr") in visible_text(send_out(client, choice_of(late), source="fr", target="nl", name="X"))
    assert not SentPackage.objects.exists()


@pytest.mark.django_db
def test_how_much_it_would_be_is_said_before_anything_is_made(late):
    client = staff("Editors", "nl")
    counted = visible_text(send_out(client, choice_of(late), texts=ALL, count="1"))
    assert "2 teksten te vertalen" in counted and "Nieuwe" not in counted
    assert "Woorden in teksten die al vertaald zijn 2" in counted
    assert "1 tekst te vertalen" in visible_text(send_out(client, choice_of(late), count="1"))
    assert not SentPackage.objects.exists()


@pytest.mark.sweep
@pytest.mark.django_db
def test_of_many_objects_the_numbers_are_those_of_the_table(late, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 0)
    assert "Ongeveer 1 tekst te vertalen" in visible_text(staff("Editors", "nl").get(send_address(choice_of(late))))


@pytest.mark.django_db
def test_of_many_objects_what_is_in_translation_is_not_counted_as_going_out(late, monkeypatch):
    monkeypatch.setattr(preview, "MOST_COUNTED", 0)
    client, choice = staff("Publishers", "nl"), choice_of(late)
    before = visible_text(send_out(client, choice, target="fr", texts=ALL, count="1"))
    save_draft(staff("Editors", "nl"), late, summary_fr="Autrement.")
    counted = visible_text(send_out(client, choice, target="fr", texts=ALL, count="1"))
    assert "Ongeveer 3 teksten te vertalen" in before and "Ongeveer 2 teksten te vertalen" in counted


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "day"), [("nl", "14 december 2026"), ("fr", "14 décembre 2026")])
def test_the_list_says_the_day_of_a_deadline(language, day, late):
    user = make_user("Editors", language)
    make_package(user, late, deadline=date(2026, 12, 14))
    assert day in visible_text(client_of(user).get(REPORT))


@pytest.mark.sweep
@pytest.mark.django_db
def test_texts_are_sent_out_from_the_form_of_a_page_from_the_table_and_from_the_list(home):
    section = make_section(home)
    late = behind_in_french(section)
    client = staff("Editors", "nl")
    links = re.findall(r'href="(/admin/packages/send/\?[^"]+)"', client.get(edit_url(section)).content.decode())
    assert links == [send_address(choice_of(section)), send_address(Choice(below=section.pk))]
    assert "2 pagina’s" in visible_text(client.get(links[1]))
    assert send_address(choice_of(late)) in client.get(edit_url(late)).content.decode()
    table = client.get(TABLE, {"language": "en"}).content.decode()
    assert f'formaction="{reverse("send_texts")}"' in table and '<input type="hidden" name="language" value="en">' in table
    assert f'href="{reverse("send_texts")}"' in client.get(REPORT).content.decode()
    everything = client.get(reverse("send_texts"), {"language": "en"})
    assert form_with(everything, "deadline")["target"] == "en"


@pytest.mark.sweep
@pytest.mark.django_db
def test_whoever_writes_in_no_language_sends_nothing_out(late):
    client, address = staff("Translators", "nl", languages=[]), send_address(choice_of(late))
    for response in (client.get(address), client.post(address, {"source": "nl", "target": "fr", "texts": ALL, "name": "x"})):
        assert response.status_code == 302 and response.url == "/admin/"
    assert reverse("send_texts") not in client.get(edit_url(late)).content.decode()
    assert reverse("send_texts") not in client.get(TABLE).content.decode()
    assert not SentPackage.objects.exists()


@pytest.mark.sweep
@pytest.mark.django_db
def test_nothing_that_is_not_there_or_not_theirs_is_sent_out(late):
    client = staff("Editors", "nl")
    for query in ("of=9-999999", "below=999999", "of=x"):
        response = client.get(f"{reverse('send_texts')}?{query}")
        assert response.status_code == 302 and response.url == REPORT
    assert client.get(f"{reverse('send_texts')}?below=x").status_code == 200


@pytest.mark.django_db
def test_a_report_without_packages_says_whether_none_was_sent_or_none_matches(home):
    client = staff("Editors", "nl")
    assert translate("Nothing has been sent to translators yet.", "nl") in visible_text(client.get(REPORT))
    assert translate("No package matches this choice.", "nl") in visible_text(client.get(REPORT, {"target": "fr"}))


# --- Large ones


@pytest.mark.django_db
def test_a_large_package_is_made_by_a_job_and_says_so_until_it_is_ready(late, monkeypatch):
    monkeypatch.setattr("exchange.send_view.MOST_MADE_AT_ONCE", 0)
    client = staff("Editors", "fr")
    response = send_out(client, choice_of(late))
    package = only()
    waits = client.get(response.url)
    said = translate("The package is being made, which takes a few minutes. This page renews itself.", "fr")
    assert said in visible_text(waits) and waits["Refresh"] == "30"
    assert client.get(reverse("package_file", args=[package.pk, "po"])).status_code == 404
    assert translate("not ready yet", "fr", "a package") in visible_text(client.get(REPORT))
    call_command("make_packages")
    assert "Refresh" not in client.get(response.url)
    assert package.texts.count() and client.get(reverse("package_file", args=[package.pk, "po"])).status_code == 200


@pytest.mark.sweep
@pytest.mark.django_db
@pytest.mark.parametrize("most", [1, 20_000])
def test_a_large_package_that_cannot_be_made_says_why_and_keeps_no_other_from_being_made(most, late, monkeypatch):
    fine, user = make_standard(late.get_parent(), "fine"), make_user("Editors", "nl")
    monkeypatch.setattr("exchange.tally.MOST_TEXTS", most)
    values = {"source": "nl", "target": "fr", "created_by": user}
    refused = order_package(choice_of(fine), ALL if most == 1 else WAITING, name="No", **values)
    call_command("make_packages")
    page = visible_text(client_of(user).get(reverse("package", args=[refused.pk])))
    assert ("meer dan 1 tekst" if most == 1 else "niets te vertalen") in page
    monkeypatch.undo()
    order_package(choice_of(late), WAITING, name="Yes", **values)
    call_command("make_packages")
    assert [package.name for package in SentPackage.objects.exclude(ready_at=None)] == ["Yes"]
    assert making.waiting_packages().count() == 0


# --- Looking at one


@pytest.mark.sweep
@pytest.mark.django_db
def test_a_package_shows_its_texts_page_by_page_and_asks_no_more_for_more(late, django_assert_max_num_queries):
    user = make_user("Editors", "nl")
    pages = [late, *(make_standard(late.get_parent(), f"more {number}", languages=("nl",), live=False) for number in range(40))]
    package, client = make_package(user, *pages[:1]), client_of(user)
    big = make_package(user, *pages, again=True)
    client.get(reverse("package", args=[package.pk]))
    with django_assert_max_num_queries(40):
        first = client.get(reverse("package", args=[big.pk]))
    assert f'href="{edit_url(late)}#unit=summary:fr"' in first.content.decode()
    last = visible_text(client.get(reverse("package", args=[big.pk]), {"p": 2}))
    assert big.texts.filter(is_context=False).last().source in last


@pytest.mark.sweep
@pytest.mark.django_db
def test_nobody_sees_a_package_of_what_they_may_not_change(late):
    package, stranger = make_package(make_user("Editors"), late), make_user("Editors")
    stranger.groups.clear()
    other = staff("Translators", "nl", languages=[])
    for client in (client_of(stranger), other):
        for address in (reverse("package", args=[package.pk]), reverse("package_file", args=[package.pk, "po"])):
            assert client.get(address).status_code in {302, 404}
    assert package.name not in other.get(REPORT).content.decode()
    editor = staff("Editors")
    assert editor.get(reverse("package_file", args=[package.pk, "exe"])).status_code == 404
    assert editor.post(reverse("package_file", args=[package.pk, "po"])).status_code == 405


@pytest.mark.django_db
def test_packages_are_deleted_two_years_after_they_were_made(late):
    user = make_user("Editors")
    old, new = (make_package(user, late, name=name, again=True) for name in ("old", "new"))
    SentPackage.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=732))
    call_command("forget_packages")
    assert only() == new and set(SentText.objects.values_list("package", flat=True)) == {new.pk}


@pytest.mark.sweep
@pytest.mark.django_db
def test_what_is_in_a_package_keeps_nothing_from_being_deleted_and_is_still_shown(late):
    user = make_user("Editors")
    package = make_package(user, late)
    late.delete()
    assert package.texts.first().page in visible_text(client_of(user).get(reverse("package", args=[package.pk])))
