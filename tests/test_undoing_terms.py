"""A file of terms that was taken over is undone with one press; what somebody changed since then stays."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from directory.models import GlossaryTerm
from exchange import taking_terms
from exchange.judging import Left
from exchange.models import TakenTerm, TermsImport
from languages.codes import LANGUAGES
from languages.lags import lags
from reporting.retention import months_before
from search.indexing import drift
from tests.building import client_of, make_standard, make_term, make_user, staff
from tests.editor import messages_of, translate
from tests.exchange_screens import post_import
from tests.packages import bring_back, send_texts
from tests.term_files import URL, boxes, entry, export_of, look, take, term

pytestmark = pytest.mark.django_db
AS_BEFORE = ("%(number)s term is as it was before.", "%(number)s terms are as they were before.")
FRENCH = {"Qui gère.": "Elle gère.", "autorité de gestion": "autorité gestionnaire"}
NEW = entry(term("nl", "fonds"), term("fr", "fonds"), key="x")


def bring(client, changed=None, new="", chosen=None):
    """Take over a file of the glossary in which a program changed some words, and all that is new."""
    data = export_of(client).replace("</body>", f"{new}</body>")
    for before, after in (changed or {}).items():
        data = data.replace(before, after)
    shown = look(client, data)
    take(client, shown, [box["value"] for box in boxes(shown)] if chosen is None else chosen)


def press_undo(client, number=0):
    """Press the button of a file on the screen, and return what the site says."""
    shown = BeautifulSoup(client.get(URL).content.decode(), "lxml")
    button = shown.select("button[name=undo]")[number]
    return messages_of(client.post(URL, {"undo": button["value"]}, follow=True))


def says(one):
    fresh = GlossaryTerm.objects.get(pk=one.pk)
    return fresh.term_fr, fresh.definition_fr


@pytest.mark.sampled(1)
@pytest.mark.parametrize(("role", "reader"), [("Publishers", "nl"), ("Editors", "fr")])
def test_a_file_of_terms_is_undone_with_one_press_and_the_history_says_so(role, reader, home):
    user, one, page = make_user(role, reader), make_term(), make_standard(home, summary_nl="Het fonds van het huis.")
    client, before = client_of(user), says(one)
    bring(client, FRENCH, NEW)
    assert says(one) == ("autorité gestionnaire", "Elle gère.") and GlossaryTerm.objects.count() == 2
    [said] = press_undo(client)
    with translation.override(reader):
        assert said == ngettext(*AS_BEFORE, 2) % {"number": "2"}
    assert says(one) == before and GlossaryTerm.objects.get() == one and not drift([page.pk])
    one.refresh_from_db()
    assert not lags(one.memory())
    logged = ModelLogEntry.objects.filter(object_id=str(one.pk), action="exchange.terms_undone").get()
    assert "termen.tbx" in logged.message and logged.user == user
    parsed = BeautifulSoup(client.get(URL).content.decode(), "lxml")
    assert not parsed.select("button[name=undo]")
    said = parsed.main.select_one(".listing").get_text()
    assert translate("Undone", reader) in said and user.get_full_name() in said
    bring(client, FRENCH)
    assert says(one) == ("autorité gestionnaire", "Elle gère."), "It can be taken over again."


def test_what_somebody_changed_since_stays(home):
    client, one = staff("Publishers", "fr"), make_term()
    bring(client, FRENCH, NEW)
    new = GlossaryTerm.objects.get(term_nl="fonds")
    GlossaryTerm.objects.filter(pk=one.pk).update(definition_fr="Écrit ici.")
    GlossaryTerm.objects.filter(pk=new.pk).update(is_everyday=True)
    done, left = press_undo(client)
    assert "1" in done and "2" in left and translate(Left.CHANGED.label, "fr") in left
    assert says(one) == ("autorité de gestion", "Écrit ici.") and GlossaryTerm.objects.filter(pk=new.pk).exists()
    assert not TermsImport.objects.get().undone_at


def test_a_term_that_somebody_saved_again_is_not_deleted(home):
    client = staff("Publishers", "nl")
    make_term()
    bring(client, new=NEW)
    new = GlossaryTerm.objects.get(term_nl="fonds")
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(GlossaryTerm),
        object_id=str(new.pk),
        action="wagtail.edit",
        label=str(new),
        timestamp=timezone.now(),
    )
    [left] = press_undo(client)
    assert translate(Left.CHANGED.label, "nl") in left and new in GlossaryTerm.objects.all()


def test_a_term_that_somebody_wrote_and_a_later_file_wrote_back_is_not_deleted(home):
    client = staff("Publishers", "nl")
    make_term()
    bring(client, new=NEW)
    new = GlossaryTerm.objects.get(term_nl="fonds")
    GlossaryTerm.objects.filter(pk=new.pk).update(term_fr="le fonds")
    bring(client, {"le fonds": "fonds"})
    [left] = press_undo(client, number=1)
    assert translate(Left.CHANGED.label, "nl") in left and new in GlossaryTerm.objects.all()


def test_a_term_of_which_a_later_file_was_undone_is_deleted_with_its_own(home):
    client, one = staff("Publishers", "nl"), make_term()
    bring(client, new=NEW)
    bring(client, {"fonds</term>": "fondsen</term>"})
    assert GlossaryTerm.objects.filter(term_nl="fondsen").exists()
    press_undo(client)
    assert GlossaryTerm.objects.filter(term_nl="fonds").exists()
    press_undo(client)
    assert GlossaryTerm.objects.get() == one


def test_what_was_behind_before_the_file_is_behind_again(home):
    client, one = staff("Publishers", "nl"), make_term()
    one.definition_nl = "Wie het beheert."
    one.save()
    assert {(lag.address, lag.language) for lag in lags(one.memory())} == {("definition", "fr")}
    bring(client, {"Qui gère.": "Elle gère."})
    one.refresh_from_db()
    assert not lags(one.memory())
    press_undo(client)
    one.refresh_from_db()
    assert {(lag.address, lag.language) for lag in lags(one.memory())} == {("definition", "fr")}


def test_what_a_later_file_wrote_stays(home):
    client, one = staff("Publishers", "nl"), make_term()
    bring(client, {"Qui gère.": "Elle gère."})
    GlossaryTerm.objects.filter(pk=one.pk).update(definition_fr="Entre-temps.")
    bring(client, {"Entre-temps.": "Elle gère."})
    [left] = press_undo(client, number=1)
    assert translate(Left.CHANGED.label, "nl") in left and says(one)[1] == "Elle gère."
    press_undo(client, number=0)
    assert says(one)[1] == "Entre-temps."


def test_of_a_translator_and_a_file_of_terms_the_later_one_stays(home):
    client, one = staff("Publishers", "fr"), make_term()
    of_translator = bring_back(send_texts(one, addresses=["definition"]), {"definition": "Elle gère."})
    [text] = of_translator.texts.all()
    bring(client, {"Qui gère.": "Celle qui gère."})
    GlossaryTerm.objects.filter(pk=one.pk).update(definition_fr="Qui gère.")
    post_import(client, of_translator, take="ready")
    text.refresh_from_db()
    assert not text.is_taken, "It counts at once, so somebody has to choose it."
    [box] = BeautifulSoup(client.get(f"/admin/packages/imports/{of_translator.pk}/").content.decode(), "lxml").select(
        "[name=chosen]"
    )
    post_import(client, of_translator, take="chosen", chosen=box["value"])
    GlossaryTerm.objects.filter(pk=one.pk).update(definition_fr="Celle qui gère.")
    press_undo(client)
    assert says(one)[1] == "Celle qui gère.", "The translator's text came later."
    GlossaryTerm.objects.filter(pk=one.pk).update(definition_fr="Autre.")
    bring(client, {"Autre.": "Elle gère."})
    post_import(client, of_translator, undo="1")
    assert says(one)[1] == "Elle gère.", "The file of terms came later."


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_whoever_writes_one_language_undoes_that_one(language, home):
    one, client = make_term(), staff("Translators", language)
    bring(staff("Publishers"), {"Wie beheert.": "Zij beheert.", "Qui gère.": "Elle gère."}, NEW)
    done, left = press_undo(client)
    assert "1" in done and "2" in left and translate(Left.FORBIDDEN.label, language) in left
    one.refresh_from_db()
    other = "fr" if language == "nl" else "nl"
    assert getattr(one, f"definition_{language}") in ("Wie beheert.", "Qui gère.")
    assert getattr(one, f"definition_{other}") in ("Zij beheert.", "Elle gère.")
    assert GlossaryTerm.objects.count() == 2


def test_whoever_may_change_no_terms_undoes_nothing(home):
    one, user = make_term(), make_user("Publishers")
    bring(client_of(user), {"Qui gère.": "Elle gère."})
    user.groups.clear()
    client_of(user).post(URL, {"undo": TermsImport.objects.get().pk})
    assert says(one)[1] == "Elle gère."
    for nonsense in ("", "x", "99999"):
        assert staff("Publishers").post(URL, {"undo": nonsense}).status_code == 404


def test_what_takes_too_long_is_undone_by_pressing_again(home, monkeypatch):
    client, one = staff("Publishers", "en"), make_term()
    bring(client, new="".join(entry(term("nl", name), term("fr", name), key=name) for name in ("een", "twee", "drie")))
    monkeypatch.setattr(taking_terms, "SECONDS", 0)
    assert "pressing once more" in press_undo(client)[1] and GlossaryTerm.objects.count() == 3
    press_undo(client)
    press_undo(client)
    assert GlossaryTerm.objects.get() == one and TermsImport.objects.get().undone_at


def test_a_file_that_is_taken_over_in_two_presses_is_undone_with_one(home, monkeypatch):
    client, one = staff("Publishers", "en"), make_term()
    shown = look(client, export_of(client).replace("Qui gère.", "Elle gère.").replace("Wie beheert.", "Zij beheert."))
    dutch, french = [box["value"] for box in boxes(shown)]
    data = {"take": "chosen", "carried": shown.select_one("[name=carried]")["value"], "chosen": [dutch, "0:fr:0"]}
    again = BeautifulSoup(client.post(URL, data).content.decode(), "lxml")
    take(client, again, [french])
    one.refresh_from_db()
    assert (one.definition_nl, one.definition_fr) == ("Zij beheert.", "Elle gère.") and TermsImport.objects.count() == 1
    press_undo(client)
    one.refresh_from_db()
    assert (one.definition_nl, one.definition_fr) == ("Wie beheert.", "Qui gère.") and not lags(one.memory())


def test_what_is_taken_of_a_file_after_another_one_is_undone_before_that(home):
    client, one = staff("Publishers", "en"), make_term()
    shown = look(client, export_of(client).replace("Qui gère.", "Elle gère.").replace("Wie beheert.", "Zij beheert."))
    dutch, _french = [box["value"] for box in boxes(shown)]
    for chosen in ([dutch, "0:fr:0"], ["0:fr:0"]):
        data = {"take": "chosen", "carried": shown.select_one("[name=carried]")["value"], "chosen": chosen}
        shown = BeautifulSoup(client.post(URL, data).content.decode(), "lxml")
        if dutch in chosen:
            bring(client, {"Qui gère.": "Autre."})
    take(client, shown, [box["value"] for box in boxes(shown)])
    assert says(one)[1] == "Elle gère."
    for before in ("Autre.", "Qui gère."):
        press_undo(client)
        assert says(one)[1] == before


def test_a_name_that_another_term_has_by_now_is_not_given_back(home):
    client, one = staff("Publishers", "nl"), make_term()
    bring(client, {"autorité de gestion": "autorité gestionnaire"})
    make_term(term_nl="ander", term_fr="autorité de gestion")
    [left] = press_undo(client)
    assert translate(Left.INVALID.label, "nl") in left and says(one)[0] == "autorité gestionnaire"


def test_of_a_file_of_which_nothing_was_taken_there_is_nothing_to_undo(home):
    client = staff("Publishers", "nl")
    make_term()
    bring(client, {"Qui gère.": "Elle gère."}, chosen=["0:fr:0"])
    assert not TermsImport.objects.exists() and "import-undo" not in client.get(URL).content.decode()


def test_more_files_and_terms_ask_for_no_more_queries(home):
    client, numbers = staff("Publishers", "nl"), []
    make_term()
    for names in (("een",), ("twee", "drie")):
        for name in names:
            bring(client, new="".join(entry(term("nl", f"{name} {n}"), term("fr", f"{name} {n}"), key=n) for n in names))
        client.get(URL)
        with CaptureQueriesContext(connection) as queries:
            client.get(URL)
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


def test_it_is_forgotten_with_the_packages(home):
    client = staff("Publishers", "nl")
    make_term()
    bring(client, {"Qui gère.": "Elle gère."})
    TermsImport.objects.update(taken_at=months_before(timezone.localtime(), 25))
    call_command("forget_packages")
    assert not TakenTerm.objects.exists() and GlossaryTerm.objects.count() == 1 and len(LANGUAGES) == 3
