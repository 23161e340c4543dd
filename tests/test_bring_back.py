"""Staff bring files back: they see what would change, take it over, and undo it, in the admin's own screens."""

from io import StringIO

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from exchange import import_view, large_imports
from exchange.import_rows import OFF, SAYINGS
from exchange.models import Import
from exchange.reading import PUBLIC
from languages.open_texts import open_texts
from tests.behind import latest
from tests.building import make_notice, make_standard, make_term, make_user, staff
from tests.editor import messages_of, save_draft, translate
from tests.exchange_screens import NEW, import_screen, post_import, upload, words_of
from tests.packages import bring_back, file_of, send_texts

pytestmark = pytest.mark.django_db
NOW = ("%(number)s text is public now.", "%(number)s texts are public now.")
DONE = (
    "%(number)s text was taken over and is done. Readers see it when it is put on the site.",
    "%(number)s texts were taken over and are done. Readers see them when they are put on the site.",
)


@pytest.fixture
def page(standard):
    return standard


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("role", "language"), [("Publishers", "nl"), ("Editors", "fr"), ("Translators", "fr")])
def test_a_file_is_brought_back_looked_at_taken_over_and_undone(page, role, language):
    before, client = latest(page).summary_fr, staff(role, language)
    response = upload(client, file_of(send_texts(page), NEW))
    one = Import.objects.get()
    assert (response.status_code, response.url) == (302, reverse("import", args=[one.pk]))
    assert latest(page).summary_fr == before
    parsed = import_screen(client, one)
    [box] = parsed.select("[name=chosen]")
    assert box.get("checked") is not None and "traduit" in words_of(parsed)
    assert "1" in messages_of(post_import(client, one, take="ready"))[0]
    assert latest(page).summary_fr == NEW["summary"]
    assert not import_screen(client, one).select("button[name=take]")
    post_import(client, one, undo="1")
    assert latest(page).summary_fr == before


def test_a_conflict_shows_both_versions_and_is_taken_only_by_who_chose_it(page):
    client, package = staff("Publishers", "nl"), send_texts(page)
    save_draft(staff("Editors"), page, summary_fr="Écrit entre-temps.")
    one = bring_back(package, NEW)
    parsed = import_screen(client, one)
    [box] = parsed.select("[name=chosen]")
    assert box.get("checked") is None and {"entre-temps", "traduit"} <= set(words_of(parsed).replace(".", " ").split())
    post_import(client, one, take="ready")
    assert latest(page).summary_fr == "Écrit entre-temps."
    save_draft(staff("Editors"), page, summary_fr="Encore autre chose.")
    [said] = messages_of(post_import(client, one, take="chosen", chosen=box.get("value")))
    assert "intussen" in said and latest(page).summary_fr == "Encore autre chose."
    [box] = import_screen(client, one).select("[name=chosen]")
    post_import(client, one, take="chosen", chosen=box.get("value"))
    assert latest(page).summary_fr == NEW["summary"]


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("reader", "summary"), [("nl", "Samenvatting"), ("fr", "Résumé")])
def test_texts_are_called_as_the_reader_calls_them_not_as_their_translator_does(reader, summary, home):
    page = make_standard(home, heading_nl="Gent", heading_fr="Gand", heading_en="Ghent")
    package = send_texts(page, target="en" if reader == "fr" else "fr")
    one, client = bring_back(package, {"summary": "Anders."}), staff("Publishers", reader)
    name = latest(page).heading_nl if reader == "nl" else latest(page).heading_fr
    assert f"{name} – {summary}" in words_of(import_screen(client, one))
    parsed = BeautifulSoup(client.get(package.get_absolute_url()).content.decode(), "lxml")
    assert parsed.select_one(".package-part h3").get_text().strip() == name
    assert parsed.select(".package-text__place")[-1].get_text().split()[0] == summary
    page.delete()
    gone = import_screen(client, one).select_one(".import-row__head [lang]")
    assert gone["lang"] == package.target and gone.get_text() == package.texts.get(address="summary").page


def test_what_readers_would_see_at_once_is_said_and_not_chosen(home):
    one = bring_back(send_texts(make_term(), addresses=["definition"]), {"definition": "Celui qui gère."})
    parsed = import_screen(staff("Publishers", "fr"), one)
    assert "brouillon" in words_of(parsed) and parsed.select("[name=chosen]")[0].get("checked") is None


@pytest.mark.sweep
@pytest.mark.parametrize("language", ["nl", "fr"])
def test_of_a_notice_that_is_off_it_is_said_that_readers_do_not_see_it_yet(language, home):
    client = staff("Publishers", language)
    for is_on in (False, True):
        one = bring_back(send_texts(make_notice(is_on=is_on), addresses=["text"]), {"text": "Fermé aujourd’hui."})
        words = words_of(import_screen(client, one))
        assert [kind for kind in (OFF, PUBLIC) if " ".join(translate(SAYINGS[kind], language).split()) in words] == [
            PUBLIC if is_on else OFF
        ]
        [box] = import_screen(client, one).select("[name=chosen]")
        [said] = messages_of(post_import(client, one, take="chosen", chosen=box["value"]))
        with translation.override(language):
            assert said == ngettext(*(DONE if not is_on else NOW), 1) % {"number": "1"}


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_a_file_that_is_none_is_refused_in_words_at_its_field(page, language):
    response = upload(staff("Publishers", language), SimpleUploadedFile("x", b"hello"))
    assert response.status_code == 200 and not Import.objects.exists()
    [error] = response.context["form"].errors["file"]
    assert "XLIFF" in error


def test_whoever_may_change_nothing_brings_nothing_back(page):
    package = send_texts(page)
    response = upload(staff("Translators", "fr", languages=[]), file_of(package, NEW))
    assert response.status_code == 302 and not Import.objects.exists()


def test_whoever_does_not_write_the_language_sees_it_and_changes_nothing(page):
    one, client = bring_back(send_texts(page), NEW), staff("Translators", "nl")
    assert not import_screen(client, one).select("[name=chosen], button[name=take]")
    assert client.post(reverse("import", args=[one.pk]), {"take": "ready"}).status_code == 302
    assert latest(page).summary_fr != NEW["summary"]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    "chosen", ["", "x", "-1:a", "99999999:a-b", "9" * 30 + ":a-b", "{key}", "{key}:", "{key}:\x00", "{key}:a-b"]
)
def test_a_choice_that_the_form_does_not_make_changes_nothing(page, chosen):
    one = bring_back(send_texts(page), NEW)
    chosen = chosen.replace("{key}", str(one.texts.last().pk))
    assert post_import(staff("Publishers"), one, take="chosen", chosen=chosen).status_code == 200
    assert latest(page).summary_fr != NEW["summary"]


def test_what_is_in_many_objects_is_taken_over_and_undone_after_the_answer(page, monkeypatch):
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 0)
    before, client, one = latest(page).summary_fr, staff("Publishers", "fr"), bring_back(send_texts(page), NEW)
    post_import(client, one, take="ready")
    assert latest(page).summary_fr == before and not import_screen(client, one).select("[name=chosen]")
    assert client.get(reverse("import", args=[one.pk]))["Refresh"] == "30"
    call_command("take_texts")
    assert latest(page).summary_fr == NEW["summary"] and "Refresh" not in client.get(reverse("import", args=[one.pk]))
    post_import(client, one, undo="1")
    call_command("take_texts")
    assert latest(page).summary_fr == before and not Import.objects.exclude(begun_at=None).exists()


def test_nothing_is_taken_over_for_somebody_who_left(page, monkeypatch):
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 0)
    user, one = make_user("Publishers", "fr"), bring_back(send_texts(page), NEW)
    large_imports.order_taking(one, dict.fromkeys(one.texts.values_list("pk", flat=True)), user)
    user.delete()
    call_command("take_texts")
    one.refresh_from_db()
    assert one.begun_at is None and not one.texts.filter(is_taken=True).exists()


def test_the_screen_asks_no_more_for_more_pages(page, home):
    client, numbers = staff("Publishers", "fr"), []
    for names in (("a", "b"), ("c", "d", "e", "f", "g")):
        one = bring_back(send_texts(*(make_standard(home, name) for name in names)), NEW)
        import_screen(client, one)
        with CaptureQueriesContext(connection) as queries:
            import_screen(client, one)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_whoever_lost_the_right_to_a_page_does_not_see_what_it_says_today(page, home):
    user = make_user("Editors", "fr")
    package = send_texts(page, user=user)
    one, client = bring_back(package, NEW), Client()
    client.force_login(user)
    save_draft(staff("Publishers"), page, summary_nl="Vandaag geschreven.", summary_fr="Écrit aujourd’hui.")
    assert "aujourd’hui" in words_of(import_screen(client, one))
    group = user.groups.get()
    group.page_permissions.update(page=make_standard(home, "elsewhere"))
    for name in ("_page_permission_cache", "_perm_cache"):
        vars(user).pop(name, None)
    said = words_of(import_screen(client, one))
    assert "aujourd’hui" not in said and "Vandaag" not in said and "traduit" in said


def test_while_something_waits_nothing_else_is_done_with_a_file(page, monkeypatch):
    client, one = staff("Publishers", "nl"), bring_back(send_texts(page), NEW)
    [box] = import_screen(client, one).select("[name=chosen]")
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 0)
    post_import(client, one, take="ready")
    [said] = messages_of(post_import(client, one, take="ready"))
    assert said.startswith("Er is niets gedaan")
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 100)
    post_import(client, one, take="chosen", chosen=box["value"])
    post_import(client, one, undo="1")
    assert latest(page).summary_fr != NEW["summary"]
    call_command("take_texts")
    assert latest(page).summary_fr == NEW["summary"]


def test_what_fails_in_the_background_is_said_and_given_up(page, monkeypatch):
    client, one = staff("Publishers", "nl"), bring_back(send_texts(page), NEW)
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 0)
    post_import(client, one, take="ready")
    with monkeypatch.context() as broken:
        broken.setattr(large_imports, "take", lambda *args, **options: 1 / 0)
        with pytest.raises(CommandError):
            call_command("take_texts")
    assert "ging iets mis" in words_of(import_screen(client, one))
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", 100)
    post_import(client, one, take="ready")
    assert latest(page).summary_fr == NEW["summary"]


def test_what_is_left_is_ready_no_longer(page):
    client, one = staff("Publishers", "nl"), bring_back(send_texts(page), NEW)
    save_draft(staff("Editors"), page, summary_fr="Écrit entre-temps.")
    post_import(client, one, take="ready")
    assert not import_screen(client, one).select("[name=take][value=ready]")


@pytest.mark.parametrize(("role", "language", "confirms"), [("Translators", "fr", True), ("Translators", "nl", False)])
def test_whoever_writes_the_language_confirms_on_the_screen_what_they_see(page, role, language, confirms):
    one = bring_back(send_texts(page), NEW)
    post_import(staff("Publishers"), one, take="ready")
    client = staff(role, language)
    boxes = import_screen(client, one).select("[name=chosen]")
    assert bool(boxes) == confirms
    if confirms:
        assert boxes[0].get("checked") is None
        post_import(client, one, confirm="chosen", chosen=boxes[0]["value"].replace(boxes[0]["value"][-4:], "0000"))
        assert open_texts(latest(page).memory())
        post_import(client, one, confirm="chosen", chosen=boxes[0]["value"])
        assert not open_texts(latest(page).memory())


@pytest.mark.sampled(1)
@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("most", [0, 100])
def test_what_is_on_all_pages_is_confirmed_at_once_but_for_what_says_something_else(language, most, page, home, monkeypatch):
    monkeypatch.setattr(large_imports, "MOST_WRITTEN_AT_ONCE", most)
    monkeypatch.setattr(import_view, "PER_PAGE", 1)
    others = [make_standard(home, name) for name in ("other", "third")]
    one, client = bring_back(send_texts(page, *others), NEW), staff("Publishers", language)
    post_import(client, one, take="ready")
    call_command("take_texts")
    save_draft(staff("Editors"), others[0], summary_nl="Intussen anders.")
    parsed = import_screen(client, one, shown="taken", p="2")
    assert translate("Confirm everything, on all pages", language) in words_of(parsed)
    answer = post_import(client, one, confirm="all", shown="taken", p="2")
    assert answer.redirect_chain[-1][0].endswith("?shown=taken&p=2")
    call_command("take_texts", stdout=(said := StringIO()))
    assert said.getvalue() == ("" if most else "terug.xlf: 2 texts written, 0 left, 1 still to be confirmed.\n")
    waiting = [{text.address for text in open_texts(latest(one).memory()) if text.is_unconfirmed} for one in (page, *others)]
    assert waiting == [set(), {"summary"}, set()]
    post_import(staff("Translators", "nl"), one, confirm="all")
    assert open_texts(latest(others[0]).memory())
