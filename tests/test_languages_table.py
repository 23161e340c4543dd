"""The table of everything as the way to ask for translations, and to see all that waits for somebody."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.building import client_of, make_standard, make_user
from tests.editor import save_draft
from tests.work import ask_address, ask_for, behind_in_french, waiting_names

REPORT = "/admin/reports/languages/"


@pytest.mark.django_db
def test_rows_are_chosen_by_boxes_of_the_form_that_asks(home):
    page = make_standard(home, "late")
    alias = page.create_alias(parent=home)
    soup = BeautifulSoup(client_of(make_user("Editors", "en")).get(REPORT).content.decode(), "html.parser")
    form = soup.find("form", id="ask-for-translation")
    boxes = soup.select("td input[form=ask-for-translation]")
    chosen = [box for box in boxes if box["aria-label"] == "Choose late en"]
    assert (form["action"], form["method"]) == (reverse("ask_for_translation"), "get")
    assert {f"{form['action']}?{box['name']}={box['value']}" for box in chosen} == {ask_address(page)}
    assert len(chosen) == 2, f"The alias {alias.pk} leads to its source."


@pytest.mark.django_db
def test_all_that_waits_for_somebody_is_found_in_the_order_of_their_home(home):
    for name in ("first", "second", "third"):
        page = behind_in_french(home, name)
    whole = make_standard(home, "whole")
    translator = make_user("Translators", "fr")
    ask_for(page, make_user("Editors"))
    client = client_of(translator)
    assert waiting_names(client.get(REPORT, {"waits": "me"}).context["object_list"]) == ["third", "first", "second"]
    ordered = client.get(REPORT, {"waits": "me", "ordering": "-name"}).context["object_list"]
    assert waiting_names(ordered) == ["third", "second", "first"]
    assert save_draft(client, whole, summary_fr="Un rés").status_code == 302
    assert waiting_names(client.get(REPORT, {"waits": "begun"}).context["object_list"]) == ["whole"]
