"""The screens of translation requests, as each role uses them: asking, taking, handing on, giving back, withdrawing."""

import html
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from directory.models import GlossaryTerm
from tests.building import client_of, make_standard, make_user, staff
from tests.editor import edit_url, errors_of, form_with, messages_of, translate
from tests.work import ask_address, ask_for, behind_in_french
from worklists.models import TranslationRequest
from worklists.requesting import give_back, hand_on, withdraw

REPORT = "/admin/reports/translation-requests/"


@pytest.fixture
def page(home):
    return behind_in_french(home)


def send(client, address, **typed):
    """Open the form at which translations are asked for, fill it in and send it."""
    return client.post(address, form_with(client.get(address), "deadline") | typed)


def url(name, wanted):
    return reverse(name, args=[wanted.pk])


def only():
    return TranslationRequest.objects.get()


# --- Asking


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Editors", "Publishers", "Translators"])
@pytest.mark.sampled(1)
def test_whoever_may_change_a_page_asks_for_it_by_a_day(role, page):
    asker, translator = make_user(role), make_user("Translators", "fr")
    friday = timezone.localdate() + timedelta(days=4)
    response = send(
        client_of(asker),
        ask_address(page),
        language="fr",
        deadline=friday.isoformat(),
        note="Graag kort.",
        person=translator.pk,
    )
    assert response.status_code == 302 and response.url.startswith(edit_url(page))
    wanted = only()
    assert (wanted.language, wanted.deadline, wanted.note) == ("fr", friday, "Graag kort.")
    assert (wanted.asked_by, wanted.taken_by) == (asker, translator)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "said"), [("nl", "dinsdag 5 januari"), ("fr", "mardi 5 janvier"), ("en", "Tuesday 5 January")]
)
@pytest.mark.sampled(1)
def test_a_day_is_typed_day_first_in_every_language_and_said_in_words(language, said, page):
    client, address = staff("Editors", language), ask_address(page)
    assert 'd/m/Y"' in html.unescape(client.get(address).content.decode()), "the calendar's"
    response = send(client, address, language="fr", deadline="05/01/2027")
    assert only().deadline == date(2027, 1, 5)
    assert said in messages_of(client.get(response.url))[0]


@pytest.mark.django_db
def test_what_is_wrong_is_said_and_what_was_typed_stays(page):
    client, address = staff("Editors", "fr"), ask_address(page)
    yesterday = (timezone.localdate() - timedelta(days=1)).isoformat()
    response = send(client, address, language="fr", deadline=yesterday, note="Urgent", person="999999")
    assert set(errors_of(response)) == {"deadline", "person"}
    assert errors_of(response)["deadline"] == [translate("This day has passed: choose today or a later one.", "fr")]
    assert form_with(response, "deadline")["note"] == "Urgent"
    colleague = make_user("Translators", "nl")
    response = send(client, address, language="fr", note="Urgent", person=colleague.pk)
    assert len(errors_of(response)["__all__"]) == 1 and form_with(response, "deadline")["note"] == "Urgent"
    assert errors_of(send(client, address, language="de")).keys() == {"language"}
    assert not TranslationRequest.objects.exists()


@pytest.mark.django_db
def test_several_are_asked_for_at_once_and_those_that_cannot_be_are_named(page, home):
    term = GlossaryTerm.objects.create(term_nl="baan", term_en="job")
    whole = make_standard(home, "whole")
    client = staff("Editors", "nl")
    response = send(client, ask_address(page, term, whole), language="fr")
    assert response.url == reverse("languages_report")
    assert TranslationRequest.objects.count() == 2
    said = " ".join(messages_of(client.get(response.url)))
    assert "whole nl" in said and "late nl" not in said


@pytest.mark.django_db
def test_a_language_for_which_nobody_works_is_said(page):
    client = staff("Editors", "nl")
    response = send(client, ask_address(page), language="fr")
    text = "No account works in %(language)s: somebody who writes in all languages has to take this."
    assert translate(text, "nl", language="fr") in messages_of(client.get(response.url))
    make_user("Translators", "en")
    response = send(client, ask_address(page), language="en")
    assert len(messages_of(client.get(response.url))) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["", "?of=", "?of=1-1", "?of=x&of=1-", "?of=99999999999999999999-1", "?of=1-\u0661"])
def test_who_names_nothing_that_they_may_change_is_sent_to_the_table(address, home):
    client = staff("Editors")
    for response in (
        client.get(reverse("ask_for_translation") + address),
        client.post(reverse("ask_for_translation") + address),
    ):
        assert response.url == reverse("languages_report")


@pytest.mark.django_db
def test_nobody_asks_for_a_page_beyond_their_rights(page):
    user = make_user("Editors")
    user.groups.get().page_permissions.all().delete()
    address = ask_address(page)
    assert client_of(user).post(address, {"language": "fr"}).status_code == 302
    assert not TranslationRequest.objects.exists()


# --- Taking and handing on


@pytest.mark.django_db
def test_a_translator_takes_it_and_comes_to_the_first_text(page):
    wanted, translator = ask_for(page, make_user("Editors")), make_user("Translators", "fr")
    response = client_of(translator).post(url("take_request", wanted))
    assert response.url == f"{edit_url(page)}#unit=summary:fr"
    assert only().taken_by == translator


@pytest.mark.django_db
def test_who_comes_second_is_told_who_has_it(page):
    wanted, first = ask_for(page, make_user("Editors")), make_user("Translators", "fr", name="An")
    client_of(first).post(url("take_request", wanted))
    second = staff("Translators", "fr")
    response = second.post(url("take_request", wanted))
    assert "An" in messages_of(second.get(response.url))[0]
    assert only().taken_by == first


@pytest.mark.django_db
def test_who_has_it_already_and_takes_it_again_comes_to_its_text(page):
    wanted, translator = ask_for(page, make_user("Editors")), make_user("Translators", "fr")
    client = client_of(translator)
    first, second = (client.post(url("take_request", wanted)) for _time in range(2))
    assert first.url == second.url == f"{edit_url(page)}#unit=summary:fr"
    assert messages_of(client.get(edit_url(page)))[-1] == translate("You have this translation already.", "fr")


@pytest.mark.django_db
@pytest.mark.parametrize("act", [give_back, withdraw, lambda wanted: hand_on(wanted, wanted.asked_by, wanted.asked_by)])
def test_who_acts_on_what_changed_hands_in_the_meantime_changes_nothing(act, page):
    wanted, person = ask_for(page, make_user("Editors"), person=make_user("Translators", "fr")), make_user("Translators", "fr")
    hand_on(TranslationRequest.objects.get(), person, person)
    with pytest.raises(ValidationError):
        act(wanted)
    assert (only().taken_by, only().closed_at) == (person, None)


@pytest.mark.django_db
def test_nobody_without_the_language_takes_it_or_is_given_it(page):
    wanted = ask_for(page, make_user("Editors"))
    dutch = make_user("Translators", "nl")
    assert client_of(dutch).post(url("take_request", wanted)).status_code in (302, 403)
    assert only().taken_by is None
    publisher = staff("Publishers")
    response = publisher.post(url("translation_request", wanted), {"person": dutch.pk})
    assert errors_of(response).keys() == {"person"} and only().taken_by is None
    french = make_user("Translators", "fr")
    assert publisher.post(url("translation_request", wanted), {"person": french.pk}).status_code == 302
    assert only().taken_by == french


@pytest.mark.sampled(2)
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "may_hand_on", "may_withdraw"),
    [
        ("asker", True, True),
        ("taker", True, False),
        ("publisher", True, True),
        ("colleague", False, False),
        ("editor", False, False),
    ],
)
def test_who_gives_it_back_or_withdraws_it(who, may_hand_on, may_withdraw, page):
    people = {
        "asker": make_user("Editors"),
        "taker": make_user("Translators", "fr"),
        "publisher": make_user("Publishers"),
        "colleague": make_user("Translators", "fr"),
        "editor": make_user("Editors"),
    }
    wanted, client = ask_for(page, people["asker"], person=people["taker"]), client_of(people[who])
    buttons = client.get(url("translation_request", wanted)).content.decode()
    assert (url("give_back_request", wanted) in buttons, url("withdraw_request", wanted) in buttons) == (
        may_hand_on,
        may_withdraw,
    )
    client.post(url("translation_request", wanted), {"person": people["colleague"].pk})
    assert (only().taken_by == people["colleague"]) == may_hand_on
    TranslationRequest.objects.update(taken_by=people["taker"])
    client.post(url("give_back_request", wanted))
    assert (only().taken_by is None) == may_hand_on
    client.post(url("withdraw_request", wanted))
    assert bool(only().closed_at) == may_withdraw


@pytest.mark.django_db
def test_who_is_late_with_a_button_is_told_that_it_is_closed(page):
    asker = make_user("Editors")
    wanted, client = ask_for(page, asker), client_of(asker)
    for _time in range(2):
        response = client.post(url("withdraw_request", wanted))
    said = messages_of(client.get(response.url))
    assert said[-1] == translate("This request was closed in the meantime.", "nl")


@pytest.mark.django_db
def test_looking_changes_nothing_and_leads_to_the_request(page):
    wanted, client = ask_for(page, make_user("Editors")), staff("Publishers")
    for name in ("take_request", "give_back_request", "withdraw_request"):
        assert client.get(url(name, wanted)).url == url("translation_request", wanted)
    assert (only().taken_by, only().closed_at) == (None, None)


# --- Where they are seen


@pytest.mark.django_db
def test_the_bar_above_the_texts_says_what_is_asked_for_and_leads_to_asking(page):
    asker, day = make_user("Editors"), timezone.localdate() + timedelta(days=5)
    wanted = ask_for(page, asker, deadline=day)
    bar = client_of(asker).get(edit_url(page)).content.decode()
    assert url("translation_request", wanted) in bar and ask_address(page) in bar
    term = GlossaryTerm.objects.create(term_nl="baan")
    form = client_of(asker).get(f"/admin/snippets/directory/glossaryterm/edit/{term.pk}/").content.decode()
    assert ask_address(term) in form


@pytest.mark.django_db
def test_the_report_lists_what_is_open_mine_and_closed(page, home):
    asker, translator = make_user("Editors"), make_user("Translators", "fr")
    ask_for(page, asker, person=translator, deadline=timezone.localdate())
    ask_for(page, make_user("Editors"), "en")

    def languages(user, **query):
        return sorted(one.language for one in client_of(user).get(REPORT, query).context["object_list"])

    assert languages(asker) == ["en", "fr"]
    assert languages(asker, whose="asked") == ["fr"]
    assert languages(translator, whose="mine") == ["fr"]
    assert languages(asker, state="closed") == []
    TranslationRequest.objects.filter(language="fr").update(closed_at=timezone.now(), outcome="done")
    assert (languages(asker), languages(asker, state="closed")) == (["en"], ["fr"])
    sheet = client_of(asker).get(REPORT, {"state": "closed", "export": "csv"})
    assert "late nl" in b"".join(sheet).decode()


@pytest.mark.django_db
def test_its_day_is_written_as_the_reader_writes_it(page):
    wanted = ask_for(page, make_user("Editors"), deadline=date(2199, 2, 1))
    assert "vendredi 1er février 2199" in staff("Publishers", "fr").get(url("translation_request", wanted)).content.decode()


@pytest.mark.django_db
def test_a_name_and_a_note_are_shown_and_never_run(home):
    page = make_standard(home, "bad", heading_nl="<script>alert(1)</script>")
    page.summary_nl = "Nieuw."
    page.save_revision()
    user = make_user("Editors")
    wanted = ask_for(page, user, note="<script>alert(2)</script>", person=make_user("Translators", "fr"))
    for address in (ask_address(page), url("translation_request", wanted), REPORT, "/admin/"):
        assert "<script>alert(" not in client_of(user).get(address).content.decode()
