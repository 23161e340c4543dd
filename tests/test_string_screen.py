"""One string on its screen: what is saved, what is refused, who may, two people at once, and the way back."""

from unittest import mock

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from interface_strings.models import InterfaceString, StringChange, StringEdit
from interface_strings.string_form import StringForm
from tests.building import staff
from tests.strings import TEXTS, logged_in, open_string, save, screen, translate

pytestmark = pytest.mark.django_db


def html(response):
    return BeautifulSoup(response.content, "lxml")


def page_text(response):
    return html(response).get_text(" ", strip=True)


def act(client, string, action, follow=True, **data):
    return client.post(reverse(f"strings:{action}", args=[string.pk]), data, follow=follow)


def shown_text(msgid="Search", language="nl"):
    return InterfaceString.objects.get(msgid=msgid).shown[language]


def test_what_is_saved_is_shown_kept_in_the_history_and_published_to_all_processes(strings, django_capture_on_commit_callbacks):
    client = logged_in()
    with mock.patch("interface_strings.following.take_up_changes") as take_up, django_capture_on_commit_callbacks(execute=True):
        response = save(client, strings.get(), nl="Opzoeken")
    assert response.url == screen(strings.get()) and take_up.called
    assert shown_text() == ["Opzoeken"] and shown_text(language="fr") == ["Recherche"]
    change = StringChange.objects.get()
    assert (change.before, change.after, change.language) == (["Zoeken"], ["Opzoeken"], "nl")
    assert change.author.username.startswith("publishers")
    page = page_text(client.get(screen(strings.get())))
    assert "Hier bewerkt" in page and "Het bestand zegt: Zoeken" in page and "Opzoeken" in page


def test_its_keys_are_called_as_on_the_keyboard_of_the_reader(strings):
    keys = [key.get_text() for key in html(staff("Publishers", "fr").get(screen(strings.get()))).select("button kbd")]
    assert keys == ["Ctrl + Entrée", "F2"]


def test_nothing_is_written_where_nothing_was_changed(strings):
    save(logged_in(), strings.get())
    assert not StringEdit.objects.exists() and not StringChange.objects.exists()


def test_white_space_that_nobody_typed_at_is_no_edit_and_is_that_of_the_source_where_somebody_typed(strings):
    strings.write(TEXTS | {"Restart workflow ": ("Workflow herstarten", "Redémarrer")})
    client, string = logged_in(), strings.get("Restart workflow ")
    save(client, string)
    assert not StringEdit.objects.exists() and not StringChange.objects.exists()
    save(client, string, nl="Workflow opnieuw starten")
    assert {edit.language: edit.forms for edit in StringEdit.objects.all()} == {"nl": ["Workflow opnieuw starten "]}


def test_the_text_of_the_file_is_no_edit(strings):
    client = logged_in()
    save(client, strings.get(), nl="Opzoeken")
    save(client, strings.get(), nl="Zoeken")
    assert not StringEdit.objects.exists() and shown_text() == ["Zoeken"]


def test_a_translation_that_is_missing_can_be_written_and_stay_missing_in_another_language(strings):
    save(logged_in(), strings.get("Never translated"), nl="Nooit vertaald")
    string = strings.get("Never translated")
    assert string.states == {"nl": "edited", "fr": "missing", "en": "translated"}


@pytest.mark.parametrize(
    ("msgid", "texts", "words"),
    [
        ("Written by <b>{name}</b>.", {"nl": "Geschreven door <b>{naam}</b>."}, "Ontbrekende variabelen: {name}."),
        ("Written by <b>{name}</b>.", {"nl": "Geschreven door <i>{name}</i>."}, "De opmaakcodes moeten precies"),
        ("Search", {"nl": "<script>alert(1)</script>"}, "De brontekst heeft geen opmaakcodes"),
        ("Search", {"nl": "Zoek\x00"}, ""),
        ("Search", {"nl": " "}, "of ga terug naar het bestand"),
        ("%(count)s page", {"nl_1": "Pagina’s"}, "Ontbrekende variabelen: %(count)s."),
        ("%(count)s page", {"nl_1": ""}, "of ga terug naar het bestand"),
    ],
)
@pytest.mark.sampled(3)
def test_what_would_break_a_page_is_refused_at_its_field_and_nothing_typed_is_lost(msgid, texts, words, strings):
    string = strings.get(msgid)
    response = save(logged_in(), string, fr="Trouver" if msgid == "Search" else None or string.shown["fr"][0], **texts)
    assert response.status_code == 200 and not StringEdit.objects.exists()
    assert words in page_text(response) and "Niet opgeslagen" in page_text(response)
    for name, text in texts.items():
        field = html(response).find(id=f"id_text_{name if '_' in name else name + '_0'}")
        assert field.get_text().strip("\n").strip() == text.strip().replace("\0", "\ufffd")  # as parsers read it
    if msgid == "Search":
        assert html(response).find(id="id_text_fr_0").get_text().strip() == "Trouver", "What was right is still typed."


def test_hints_are_said_and_can_be_saved_over(strings):
    client = logged_in()
    save(client, strings.get(), nl="zoeken!", fr="Rechercher ?")
    assert shown_text() == ["zoeken!"]
    page = page_text(client.get(screen(strings.get())))
    assert "met een ander leesteken dan de brontekst" in page and "begint met een hoofdletter" in page
    assert strings.get().problems == {"nl": ["capital", "end"], "fr": ["end", "spaces"], "en": []}


def test_that_a_text_is_the_same_as_another_is_known_of_both_and_forgotten_of_both(strings):
    client = logged_in()
    save(client, strings.get("Never translated"), nl="Zoeken")
    assert strings.get("Never translated").problems["nl"] == strings.get().problems["nl"] == ["same"]
    assert "Search" in page_text(client.get(screen(strings.get("Never translated"))))
    save(client, strings.get("Never translated"), nl="Nooit vertaald")
    assert strings.get("Never translated").problems["nl"] == strings.get().problems["nl"] == []


def test_it_is_known_of_each_of_two_languages_that_are_saved_together(strings):
    save(logged_in(), strings.get("Never translated"), nl="Zoeken", fr="Recherche")
    for msgid in ("Never translated", "Search"):
        assert {code: strings.get(msgid).problems[code] for code in ("nl", "fr")} == {"nl": ["same"], "fr": ["same"]}, msgid


def test_only_ones_own_languages_can_be_written(strings):
    client, string = logged_in("Translators"), strings.get()
    page = html(client.get(screen(string)))
    assert [field["name"] for field in page.find_all("textarea")] == ["text_nl_0"]
    assert "Je account werkt niet in deze taal." in page.get_text()
    form = open_string(client, string) | {"text_nl_0": "Opzoeken", "text_fr_0": "Forgé", "text_en_0": "Forged"}
    response = client.post(screen(string), form, follow=True)
    assert "Niet opgeslagen" in page_text(response) and "Frans, Engels" in page_text(response)
    assert strings.get().shown == {"nl": ["Opzoeken"], "fr": ["Recherche"], "en": ["Search"]}


def test_an_account_without_languages_reads_and_writes_nothing(strings):
    client = staff("Translators", languages=[])
    page = html(client.get(screen(strings.get())))
    assert "Recherche" in page.get_text() and not page.find_all("textarea")
    save(client, strings.get(), open_string(logged_in(), strings.get()), nl="Forged")
    assert shown_text() == ["Zoeken"] and not StringChange.objects.exists()


def test_what_others_wrote_cannot_be_taken_back_restored_or_kept_in_a_foreign_language(strings):
    first = logged_in()
    save(first, strings.get(), fr="Trouver")
    save(first, strings.get(), fr="Chercher")
    change = StringChange.objects.filter(before=["Trouver"]).get()
    client, string = logged_in("Translators"), strings.get()
    for action, data in (("take_back", {"language": "fr"}), ("keep", {"language": "fr"}), ("restore", {"change": change.pk})):
        act(client, string, action, follow=False, **data)
        assert shown_text(language="fr") == ["Chercher"] and StringChange.objects.count() == 2, action
    assert not html(client.get(screen(string))).find("button", form="take-back-fr")


@pytest.mark.parametrize("data", [{}, {"language": "de"}, {"change": "x"}, {"change": "9" * 40}, {"change": "0"}])
@pytest.mark.sampled(2)
def test_senseless_requests_change_nothing(data, strings):
    client, string = logged_in(), strings.get()
    save(client, string, nl="Opzoeken")
    for action in ("take_back", "keep", "restore"):
        assert act(client, string, action, follow=False, **data).status_code in (302, 404)
        assert act(client, string, action, follow=False, **data).status_code != 500
    assert shown_text() == ["Opzoeken"] and StringChange.objects.count() == 1


def test_editors_reach_nothing_of_it(strings):
    save(logged_in(), strings.get(), nl="Opzoeken")
    client, string = logged_in("Editors"), strings.get()
    assert client.get(screen(string)).status_code == 302
    save(client, string, open_string(logged_in(), string), nl="Forged")
    act(client, string, "take_back", language="nl")
    assert shown_text() == ["Opzoeken"]


def test_the_way_back_leads_to_the_file_and_to_every_earlier_text(strings):
    client, string = logged_in(), strings.get()
    save(client, string, nl="Opzoeken")
    save(client, string, nl="Vinden")
    earlier = StringChange.objects.get(before=["Opzoeken"])
    assert "staat weer op de website" in page_text(act(client, string, "restore", change=earlier.pk))
    assert shown_text() == ["Opzoeken"]
    assert "wat het bestand zegt" in page_text(act(client, string, "take_back", language="nl"))
    assert shown_text() == ["Zoeken"] and not StringEdit.objects.exists()
    assert [change.action for change in StringChange.objects.all()] == ["filed", "restored", "edited", "edited"]


def test_an_earlier_text_that_does_not_fit_the_source_any_more_is_refused(strings):
    client, string = logged_in(), strings.get("%(count)s page")
    save(client, string, nl="%(count)s blad", nl_1="%(count)s bladen")
    change = StringChange.objects.get()
    InterfaceString.objects.filter(pk=string.pk).update(msgid="%(number)s page", plural="%(number)s pages")
    page = page_text(act(client, string, "restore", change=change.pk))
    assert "past niet meer bij de brontekst" in page and "%(number)s" in page


def test_a_conflict_is_shown_with_all_sides_and_decided(strings):
    client = logged_in()
    save(client, strings.get(), nl="Opzoeken")
    strings.write(TEXTS | {"Search": ("Vinden", "Recherche")})
    page = page_text(client.get(screen(strings.get())))
    assert "Het bestand is veranderd" in page and "Het bestand zei: Zoeken" in page and "Het bestand zegt: Vinden" in page
    act(client, strings.get(), "keep", language="nl")
    assert strings.get().states["nl"] == "edited" and shown_text() == ["Opzoeken"]
    strings.write(TEXTS | {"Search": ("Speuren", "Recherche")})
    act(client, strings.get(), "take_back", language="nl")
    assert strings.get().states["nl"] == "translated" and shown_text() == ["Speuren"]


def test_what_a_release_took_in_stands_in_the_history_and_so_does_what_a_deleted_account_wrote(strings):
    client = logged_in()
    save(client, strings.get(), nl="Opzoeken", fr="Trouver")
    strings.write(TEXTS | {"Search": ("Opzoeken", "Recherche")})
    StringChange.objects.get(language="fr").author.delete()
    page = page_text(logged_in().get(screen(strings.get())))
    assert "Door een nieuwe versie in het bestand opgenomen" in page and "Het bestand zegt: Recherche" in page


def test_what_has_gone_can_be_read_and_discarded_and_shows_what_it_may_have_become(strings):
    client = logged_in()
    save(client, strings.get("Skip to main content"), nl="Direct naar de inhoud")
    strings.write({"Skip to the main content": ("Naar de inhoud", "Au contenu")})
    gone = strings.get("Skip to main content")
    page = html(client.get(screen(gone)))
    assert not page.find_all("textarea") and "gebruikt deze tekst niet meer" in page.get_text()
    assert page.find("a", string="Skip to the main content")
    form = {"opened_as": StringForm(string=gone, languages=["nl"], user=None).initial["opened_as"]}
    save(client, gone, form, nl="Forged")
    assert gone.edits.get().forms == ["Direct naar de inhoud"]
    assert act(client, gone, "take_back", follow=False, language="nl").url == reverse("strings:index")
    assert not StringEdit.objects.exists()


@pytest.mark.parametrize("language", ["nl", "fr", "en"])
@pytest.mark.parametrize("was_edited", [False, True])
@pytest.mark.sampled(2)
def test_whoever_saves_a_string_that_has_gone_meanwhile_is_told_why_and_gets_back_what_was_typed(was_edited, language, strings):
    client, string = logged_in(language=language), strings.get()
    if was_edited:
        save(client, string, fr="Trouver")
    form = open_string(client, string)
    strings.write({"Skip to main content": TEXTS["Skip to main content"]})
    answer = save(client, string, form, nl="<Opzoeken>", fr="Chercher")
    assert answer.status_code == 410
    assert translate("The code does not use this string any more, so it could not be saved.", language) in page_text(answer)
    assert [text.get_text() for text in html(answer).select("dd[lang=nl], dd[lang=fr]")] == ["<Opzoeken>", "Chercher"]
    assert StringChange.objects.count() == was_edited


def test_two_people_in_two_languages_both_save(strings):
    first, second = logged_in(), logged_in()
    form = open_string(second, strings.get())
    save(first, strings.get(), nl="Opzoeken")
    save(second, strings.get(), form, fr="Trouver")
    assert (shown_text(), shown_text(language="fr")) == (["Opzoeken"], ["Trouver"])


def test_of_two_people_at_one_text_the_second_sees_the_others_and_loses_nothing(strings):
    first, second = logged_in(), logged_in()
    form = open_string(second, strings.get())
    save(first, strings.get(), nl="Opzoeken")
    refused = save(second, strings.get(), form, nl="Vinden", fr="Trouver")
    assert refused.status_code == 200 and shown_text() == ["Opzoeken"]
    assert "“Opzoeken”" in page_text(refused) and "publishers" in page_text(refused)
    again = {field["name"]: field.get_text().strip() for field in html(refused).find_all("textarea")}
    assert again["text_nl_0"] == "Vinden" and again["text_fr_0"] == "Trouver"
    again["opened_as"] = html(refused).find(id="id_opened_as")["value"]
    save(second, strings.get(), again)
    assert (shown_text(), shown_text(language="fr")) == (["Vinden"], ["Trouver"]), "Whoever has seen it may save over it."


def test_a_no_break_space_is_a_change_of_its_own(strings):
    client = logged_in()
    save(client, strings.get(), fr="Recherche\u00a0!")
    save(client, strings.get(), fr="Recherche !")
    assert shown_text(language="fr") == ["Recherche !"]


@pytest.mark.parametrize("forged", ["", "nonsense", "WyJh:bcd"])
@pytest.mark.sampled(1)
def test_a_form_that_does_not_prove_what_it_was_opened_with_overwrites_nothing(forged, strings):
    client = logged_in()
    save(client, strings.get(), nl="Opzoeken")
    response = save(client, strings.get(), open_string(client, strings.get()) | {"opened_as": forged}, nl="Vinden")
    assert response.status_code == 200 and shown_text() == ["Opzoeken"]


def test_save_and_next_goes_through_the_list_as_it_was_narrowed(strings):
    client = logged_in()
    first, last = strings.get("Search"), strings.get("Skip to main content")
    address = f"{screen(first)}?q=s&state=translated&language=nl"
    page = html(client.get(address))
    assert "2 van 4" in page.get_text(" ", strip=True).replace("\n", " ")
    form = open_string(client, first) | {"text_nl_0": "Opzoeken", "next": "1"}
    response = client.post(f"{screen(first)}?q=s", form)
    assert response.url == f"{screen(last)}?q=s" and shown_text() == ["Opzoeken"]
    written = strings.get("Written by <b>{name}</b>.")
    response = client.post(f"{screen(written)}?q=written", open_string(client, written) | {"next": "1"})
    assert response.url == f"{reverse('strings:index')}?q=written", "After the last one comes the list."


def test_a_hint_about_what_was_saved_comes_along_to_the_next(strings):
    client, string = logged_in(), strings.get()
    response = client.post(screen(string), open_string(client, string) | {"text_nl_0": "Zoeken.", "next": "1"}, follow=True)
    assert "“Zoeken.”: Deze tekst eindigt met een ander leesteken" in page_text(response)


def test_a_string_that_is_not_there_is_not_found(strings):
    assert logged_in().get("/admin/strings/999999/").status_code == 404


def test_the_screen_costs_as_many_queries_whatever_the_number_of_strings(strings, django_assert_num_queries):
    client, string = logged_in(), strings.get()
    client.get(screen(string))
    with CaptureQueriesContext(connection) as before:
        client.get(screen(string))
    # The string, its edits and history, its place in the list (two), texts like it in two languages; and the glossary.
    assert sum("interface_strings" in query["sql"] for query in before) == 7
    strings.write(TEXTS | {f"Text {number}": (f"Tekst {number}", f"Texte {number}") for number in range(60)})
    with django_assert_num_queries(len(before)):
        client.get(screen(string))


def test_a_key_saves_and_leads_to_the_next_string_that_needs_work_and_back(strings):
    InterfaceString.objects.filter(msgid="Search").update(states={"nl": "conflict", "fr": "translated", "en": "translated"})
    client = logged_in("Translators")
    first, second = strings.get("Never translated"), strings.get("Search")
    for wish, string, target in (("to_do", first, second), ("to_do_before", second, first), ("to_do", second, first)):
        response = client.post(screen(string), open_string(client, string) | {"next": wish})
        assert response.url == screen(target), wish
    response = client.post(screen(first), open_string(client, first) | {"text_nl_0": "Nooit vertaald", "next": "to_do"})
    assert response.url == screen(second) and shown_text("Never translated") == ["Nooit vertaald"]


def test_where_no_other_string_needs_work_it_is_saved_and_said(strings):
    client, string = logged_in("Translators"), strings.get()
    data = open_string(client, string) | {"text_nl_0": "Opzoeken", "next": "to_do"}
    response = client.post(f"{screen(string)}?q=search", data, follow=True)
    assert response.redirect_chain == [(f"{screen(string)}?q=search", 302)] and shown_text() == ["Opzoeken"]
    assert "Aan geen andere tekst van deze lijst is nog werk." in page_text(response)
