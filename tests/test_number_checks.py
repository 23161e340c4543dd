"""A number that was changed in one text while another text of the page still says the old one."""

import pytest
from wagtail.models import Page

from pages.models import StandardPage
from pages.number_checks import find_numbers_behind, numbers_in, texts_by_place
from tests.building import make_standard, make_user
from tests.editor import PUBLISH, REASON, block, edit_url, messages_of, open_form, translate

SAID = "You changed %(number)s on this page. It still stands in: %(places)s."


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("31 landen, niet 32", {"31", "32"}),
        ("12.500 euro", {"12500"}),
        ("12\u202f500 euros", {"12500"}),
        ("12,500 euro", {"12500"}),
        ("98,5 %", {"98.5"}),
        ("98.5%", {"98.5"}),
        ("sinds 2014", set()),
        ("2014-2020", set()),
        ("EU28", set()),
        ("3a", set()),
        ("", set()),
    ],
)
def test_numbers_are_the_same_however_a_language_writes_them(text, numbers):
    assert numbers_in(text) == numbers


def page_with(summary, box):
    item = block("text", text={"nl": f"<p>{box}</p>", "fr": "", "en": ""}, only_in=[]) | {"id": "a"}
    field = StandardPage._meta.get_field("body")
    return StandardPage(summary_nl=summary, summary_fr="31 pays", body=field.to_python([item]))


@pytest.mark.django_db
def test_the_text_that_still_says_the_old_number_is_named():
    before, after = page_with("31 landen", "Het zijn er 31, niet 32."), page_with("32 landen", "Het zijn er 31, niet 32.")
    ((number, places),) = find_numbers_behind(before, after)
    assert (number, [language for _label, language in places]) == ("31", ["nl"])


@pytest.mark.django_db
def test_numbers_are_looked_for_in_each_text_once_however_many_have_changed(monkeypatch):
    looked = []
    monkeypatch.setattr("pages.number_checks.numbers_in", lambda text: looked.append(text) or numbers_in(text))
    before, after = (page_with(" ".join(map(str, range(start, start + 300))), "Het zijn er 31.") for start in (3000, 6000))
    assert len(find_numbers_behind(before, after)) == 0
    assert len(looked) <= 2 * len(texts_by_place(after))


@pytest.mark.django_db
def test_nothing_is_said_of_a_text_that_was_changed_too_nor_of_twins_nor_of_what_only_went():
    assert find_numbers_behind(page_with("31 landen", "31 leden"), page_with("32 landen", "De 31 oude leden")) == []
    assert find_numbers_behind(page_with("31 landen", "niets"), page_with("32 landen", "niets")) == []
    assert find_numbers_behind(page_with("31 landen", "31 leden"), page_with("veel landen", "31 leden")) == []


@pytest.mark.parametrize("press", [{}, PUBLISH | REASON], ids=["save", "publish"])
@pytest.mark.sampled(1)
def test_an_editor_is_told_and_what_was_typed_is_saved(press, client, home):
    box = block("text", text={"nl": "<p>31, niet 32.</p>", "fr": "<p>31, pas 32.</p>", "en": ""}, only_in=[])
    page = make_standard(home, summary_nl="31 landen.", body=[box])
    client.force_login(make_user("Publishers"))
    saved = client.post(edit_url(page), open_form(client, edit_url(page), summary_nl="32 landen.") | press)
    assert saved.status_code == 302
    (message,) = [message for message in messages_of(saved) if "31" in message]
    assert message.startswith(translate(SAID, "nl", number="31", places="")[:20]) and "(Nederlands)" in message
    assert Page.objects.get(pk=page.pk).get_latest_revision_as_object().summary_nl == "32 landen."
