"""Two people who press the button at the same moment, in two connections."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from directory.models import GlossaryTerm
from tests.building import make_home, make_standard, make_user
from tests.editor import edit_url, errors_of, form_with, open_form
from tests.racing import outcomes
from tests.stale_forms import PRESSED, latest, save

TWO = ("heading_nl", "summary_fr")


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_conflicting_saves_at_the_same_moment_exactly_one_is_refused():
    home = make_home()
    pair = [Client(), Client()]
    for client in pair:
        client.force_login(make_user("Publishers"))
    for number, press in enumerate([*PRESSED.values()] * 2):
        page = make_standard(home, f"page {number}")
        forms = [open_form(client, edit_url(page), heading_nl=f"van {index}") for index, client in enumerate(pair)]
        answers = {}

        def save_as(index, page=page, forms=forms, press=press, answers=answers):
            answers[index] = save(pair[index], page, forms[index], **press)

        assert outcomes(lambda: save_as(0), lambda: save_as(1)) == [None, None]
        statuses = {index: answer.status_code for index, answer in answers.items()}
        assert sorted(statuses.values()) == [200, 302], statuses
        winner = next(index for index, status in statuses.items() if status == 302)
        assert latest(page).heading_nl == f"van {winner}"
        if press is not PRESSED["schedule"]:
            assert errors_of(answers[1 - winner]).keys() == {"heading_nl"}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_saves_of_different_texts_at_the_same_moment_are_both_kept():
    home = make_home()
    pair = [Client(), Client()]
    for client in pair:
        client.force_login(make_user("Publishers"))
    term = GlossaryTerm.objects.create(term_nl="netwerk", term_fr="réseau", definition_nl="Oud.", definition_fr="Vieux.")
    administrator = make_user()
    url = reverse("wagtailsnippets_directory_glossaryterm:edit", args=[term.pk])
    for number in range(3):
        page = make_standard(home, f"page {number}", live=False)
        forms = [open_form(client, edit_url(page), **{name: "Nieuw"}) for client, name in zip(pair, TWO, strict=True)]
        saves = [lambda i=i, page=page, forms=forms: save(pair[i], page, forms[i], **PRESSED["publish"]) for i in (0, 1)]
        assert outcomes(*saves) == [None, None]
        assert [getattr(Page.objects.get(pk=page.pk).specific, name) for name in TWO] == ["Nieuw", "Nieuw"]
    for client in pair:
        client.force_login(administrator)
    for number in range(3):
        typed = [{"definition_nl": f"nl {number}"}, {"definition_fr": f"fr {number}"}]
        forms = [form_with(client.get(url), "term_nl") | one for client, one in zip(pair, typed, strict=True)]
        outcomes(*(lambda i=i, forms=forms: pair[i].post(url, forms[i]) for i in (0, 1)))
        term.refresh_from_db()
        assert (term.definition_nl, term.definition_fr) == (f"nl {number}", f"fr {number}")
