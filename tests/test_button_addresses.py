"""The addresses to which only buttons send: whoever comes there otherwise, as after a login, is led to their screen."""

import pytest
from django.test import Client
from django.urls import reverse, reverse_lazy

from staff_notes.models import StaffNote
from tests.building import make_user, staff
from tests.editor import messages_of, translate
from tests.logins import log_in
from tests.work import ask_for, behind_in_french
from worklists.models import TranslationRequest

SAID = "Nothing was done yet, for example because you were logged out in between. Press the button again."


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_who_was_logged_out_before_pressing_comes_to_the_thing_and_reads_that_nothing_was_done(language, home):
    translator = make_user("Translators", "fr", languages=["fr"])
    translator.wagtail_userprofile.preferred_language = language
    translator.wagtail_userprofile.save()
    wanted = ask_for(behind_in_french(home), make_user("Editors"))
    client = Client()
    to_login = client.post(reverse("take_request", args=[wanted.pk])).url
    logged_in = log_in(client, translator, then=client.get(to_login).context["next"])
    shown = client.get(logged_in.url, follow=True)
    assert shown.redirect_chain == [(reverse("translation_request", args=[wanted.pk]), 302)]
    assert messages_of(shown) == [translate(SAID, language)]
    assert TranslationRequest.objects.get().taken_by is None


def test_a_button_of_a_note_leads_to_the_note(home):
    note = StaffNote.on(home)
    note.text_nl = "Klopt dit?"
    note.save()
    client = staff("Editors")
    assert client.get(reverse("staff_note_state", args=[note.pk])).url == reverse("staff_note", args=[note.pk])


@pytest.mark.parametrize("name", ["take_back", "keep", "restore"])
def test_a_button_of_a_string_leads_to_the_string(name, db):
    assert staff("Publishers").get(reverse(f"strings:{name}", args=[7])).url == reverse("strings:edit", args=[7])


@pytest.mark.parametrize("address", [reverse_lazy("wagtailadmin_workflows:enable", args=[1]), reverse_lazy("save_columns")])
def test_where_no_screen_is_above_it_leads_home(address, db):
    assert staff().get(address).url == reverse("wagtailadmin_home")


def test_a_script_is_told_that_it_asked_in_the_wrong_way(db):
    assert staff("Editors").get(reverse("save_columns"), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 405
