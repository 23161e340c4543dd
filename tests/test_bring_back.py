"""Staff bring files back: they see what would change, take it over, and undo it, in the admin's own screens."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from exchange import large_imports
from exchange.judging import Verdict
from exchange.models import Import
from tests.behind import latest
from tests.building import make_standard, make_term, make_user, staff
from tests.editor import messages_of, save_draft
from tests.exchange_packages import bring_back, file_of, send

pytestmark = pytest.mark.django_db
NEW = {"summary": "Résumé traduit."}
BRING = "/admin/packages/bring-back/"


@pytest.fixture
def page(home):
    return make_standard(home)


def upload(client, file, name="terug.xlf"):
    """Send a file in the form; return the answer."""
    return client.post(BRING, {"file": SimpleUploadedFile(name, file.read())})


def screen(client, one, **query):
    """Return the screen of an import, parsed."""
    response = client.get(reverse("import", args=[one.pk]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content.decode(), "lxml")


def post(client, one, **data):
    return client.post(reverse("import", args=[one.pk]), data, follow=True)


def words_of(parsed):
    return " ".join(parsed.main.get_text(" ").split())


@pytest.mark.parametrize(("role", "language"), [("Publishers", "nl"), ("Editors", "fr"), ("Translators", "fr")])
def test_a_file_is_brought_back_looked_at_taken_over_and_undone(page, role, language):
    before, client = latest(page).summary_fr, staff(role, language)
    response = upload(client, file_of(send(page), NEW))
    one = Import.objects.get()
    assert (response.status_code, response.url) == (302, reverse("import", args=[one.pk]))
    assert latest(page).summary_fr == before
    parsed = screen(client, one)
    [box] = parsed.select("[name=chosen]")
    assert box.get("checked") is not None and "traduit" in words_of(parsed)
    assert "1" in messages_of(post(client, one, take="ready"))[0]
    assert latest(page).summary_fr == NEW["summary"]
    assert not screen(client, one).select("[name=chosen]")
    post(client, one, undo="1")
    assert latest(page).summary_fr == before


def test_a_conflict_shows_both_versions_and_is_taken_only_by_who_chose_it(page):
    client, package = staff("Publishers", "nl"), send(page)
    save_draft(staff("Editors"), page, summary_fr="Écrit entre-temps.")
    one = bring_back(package, NEW)
    parsed = screen(client, one)
    [box] = parsed.select("[name=chosen]")
    assert box.get("checked") is None and {"entre-temps", "traduit"} <= set(words_of(parsed).replace(".", " ").split())
    post(client, one, take="ready")
    assert latest(page).summary_fr == "Écrit entre-temps."
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    [said] = messages_of(post(client, one, take="chosen", chosen=box.get("value")))
    assert "intussen" in said and latest(page).summary_fr == "Encore autre chose."
    [box] = screen(client, one).select("[name=chosen]")
    post(client, one, take="chosen", chosen=box.get("value"))
    assert latest(page).summary_fr == NEW["summary"]


def test_what_readers_would_see_at_once_is_said_and_not_chosen(home):
    one = bring_back(send(make_term(), addresses=["definition"]), {"definition": "Celui qui gère."})
    parsed = screen(staff("Publishers", "fr"), one)
    assert "lecteurs" in words_of(parsed) and parsed.select("[name=chosen]")[0].get("checked") is None


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_file_that_is_none_is_refused_in_words_at_its_field(page, language):
    response = upload(staff("Publishers", language), SimpleUploadedFile("x", b"hello"))
    assert response.status_code == 200 and not Import.objects.exists()
    [error] = response.context["form"].errors["file"]
    assert "XLIFF" in error


def test_whoever_may_change_nothing_brings_nothing_back(page):
    package = send(page)
    response = upload(staff("Translators", "fr", languages=[]), file_of(package, NEW))
    assert response.status_code == 302 and not Import.objects.exists()


def test_whoever_does_not_write_the_language_sees_it_and_changes_nothing(page):
    one, client = bring_back(send(page), NEW), staff("Translators", "nl")
    assert not screen(client, one).select("[name=chosen], button[name=take]")
    assert client.post(reverse("import", args=[one.pk]), {"take": "ready"}).status_code == 302
    assert latest(page).summary_fr != NEW["summary"]


@pytest.mark.parametrize("chosen", ["", "x", "-1:a", "99999999:a", "9" * 30 + ":b", "1"])
def test_a_choice_that_the_form_does_not_make_changes_nothing(page, chosen):
    one = bring_back(send(page), NEW)
    assert post(staff("Publishers"), one, take="chosen", chosen=chosen).status_code == 200
    assert latest(page).summary_fr != NEW["summary"]


def test_what_is_in_many_objects_is_taken_over_and_undone_after_the_answer(page, monkeypatch):
    monkeypatch.setattr(large_imports, "MOST_AT_ONCE", 0)
    before, client, one = latest(page).summary_fr, staff("Publishers", "fr"), bring_back(send(page), NEW)
    post(client, one, take="ready")
    assert latest(page).summary_fr == before and not screen(client, one).select("[name=chosen]")
    call_command("take_texts")
    assert latest(page).summary_fr == NEW["summary"]
    post(client, one, undo="1")
    call_command("take_texts")
    assert latest(page).summary_fr == before and not Import.objects.exclude(begun_at=None).exists()


def test_nothing_is_taken_over_for_somebody_who_left(page, monkeypatch):
    monkeypatch.setattr(large_imports, "MOST_AT_ONCE", 0)
    user, one = make_user("Publishers", "fr"), bring_back(send(page), NEW)
    large_imports.order_taking(one, dict.fromkeys(one.texts.values_list("pk", flat=True)), user)
    user.delete()
    call_command("take_texts")
    one.refresh_from_db()
    assert one.begun_at is None and not one.texts.filter(is_taken=True).exists()


def test_the_screen_asks_no_more_for_more_texts(page, home, django_assert_max_num_queries):
    client = staff("Publishers", "fr")
    one = bring_back(send(page, make_standard(home, "b"), addresses=["heading", "summary"]), NEW)
    screen(client, one)
    with django_assert_max_num_queries(60):
        screen(client, one)
    assert one.texts.filter(verdict=Verdict.READY).count() == 2
