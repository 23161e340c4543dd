"""A file says of texts that were behind that they are still right: a person agrees, and nothing agrees by itself."""

import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from exchange.formats.receiving import receive
from exchange.judging import Left, Verdict
from exchange.models import Import, SentPackage
from exchange.reading import read_files
from exchange.sent_files import as_sent, write_file
from exchange.taking import take
from languages.lags import lags
from tests.behind import keys, latest
from tests.building import make_user, staff
from tests.editor import edit_url, messages_of, open_form, save_draft, translate
from tests.exchange_files import CALLED_CORRECT, FORMATS, SOURCE, TARGET, make_text, package_of, read_back, write_bytes
from tests.packages import make_package
from tests.reviews import change
from tests.work import behind_in_french

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(home):
    return behind_in_french(home)


def file_of(page, kind="xliff2", is_finished=True):
    """Return the file of a package of a page, in which a translator marked all texts as right and changed none."""
    package = make_package(make_user("Editors"), page)
    with write_file(package, kind) as file:
        data = file.read()
    if is_finished:
        data, number = re.subn(*CALLED_CORRECT[kind], data)
        assert number == 1
    return io.BytesIO(data)


def bring(file, kind="xliff2"):
    [one] = read_files(f"terug.{kind}", file, SentPackage.objects.all(), None)
    return one


def is_behind(page):
    return ("summary", "fr") in {(lag.address, lag.language) for lag in lags(latest(page).memory())}


def screen(client, one):
    return BeautifulSoup(client.get(reverse("import", args=[one.pk])).content.decode(), "lxml")


def post(client, one, **data):
    return messages_of(client.post(reverse("import", args=[one.pk]), data, follow=True))


@pytest.mark.sampled(1)
@pytest.mark.parametrize("kind", CALLED_CORRECT)
def test_whoever_agrees_takes_it_over_and_it_is_behind_no_more_and_undone_it_is_again(page, kind):
    before, client = latest(page), staff("Translators", "fr")
    one = bring(file_of(page, kind), kind)
    parsed = screen(client, one)
    [box] = parsed.select("[name=chosen]")
    assert box.get("checked") is None and not parsed.select("[name=take][value=ready]")
    assert parsed.select_one(".import-row__versions ins") and "source a changé" in parsed.main.get_text()
    [button] = parsed.select("[name=take][value*=':']")
    assert button.get_text().startswith("Toujours correct") and button["value"] == box["value"]
    [said] = post(client, one, take=button["value"])
    assert "reprend" not in screen(client, one).select_one(".import-row").get_text(), "Nothing is to be agreed with any more."
    assert "toujours" in said and not is_behind(page)
    assert latest(page).summary_fr == before.summary_fr and not latest(page).memory().get("open")
    post(client, one, undo="1")
    assert is_behind(page) and lags(latest(page).memory()) == lags(before.memory())


def test_what_a_person_said_later_stays_when_what_a_file_said_is_undone(page):
    one, client = bring(file_of(page)), staff("Translators", "fr")
    [box] = screen(client, one).select("[name=chosen]")
    post(client, one, take="chosen", chosen=box["value"])
    change(page, {"summary": {"nl": "Nog eens anders."}}, make_user("Publishers"))
    assert is_behind(page)
    save_draft(client, page, alignment_confirmed=json.dumps(keys(page, "fr")))
    memory = latest(page).memory()
    assert not is_behind(page)
    *_, said = post(client, one, undo="1")
    assert translate(Left.CHANGED.label, "fr") in said and latest(page).memory() == memory


NOT_CORRECT = [("nl", "Klopt niet meer", "loopt achter"), ("fr", "N’est plus correct", "en retard")]


@pytest.mark.parametrize(("reader", "button", "said"), NOT_CORRECT)
def test_whoever_does_not_agree_says_so_and_it_stays_behind(page, reader, button, said):
    one, client = bring(file_of(page)), staff("Publishers", reader)
    [keep] = screen(client, one).select("button[name=keep]")
    assert keep.get_text().startswith(button)
    [message] = post(client, one, keep=keep["value"])
    parsed = BeautifulSoup(client.get(reverse("import", args=[one.pk]), {"shown": "kept"}).content.decode(), "lxml")
    assert said in message and said in parsed.select_one(".import-row__kept").get_text() and is_behind(page)


def test_nothing_is_still_correct_by_itself(page):
    one, publisher = bring(file_of(page)), make_user("Publishers", "fr")
    [text] = one.texts.filter(verdict=Verdict.STILL_CORRECT)
    assert [reason for _text, reason in take(one, {text.pk: None}, publisher).left] == [Left.NOTHING]
    post(staff("Publishers"), one, take="ready")
    assert is_behind(page)


@pytest.mark.sampled(1)
@pytest.mark.parametrize("how", ["file", "person"])
def test_whoever_has_the_form_open_and_types_english_does_not_take_it_back(page, how):
    one, translator, editor = bring(file_of(page)), staff("Translators", "fr"), staff("Publishers", "fr")
    form = open_form(editor, edit_url(page), summary_en="Something else.")
    if how == "person":
        save_draft(translator, page, alignment_confirmed=json.dumps(keys(page, "fr")))
    else:
        [box] = screen(translator, one).select("[name=chosen]")
        post(translator, one, take="chosen", chosen=box["value"])
    assert editor.post(edit_url(page), form).status_code == 302
    assert latest(page).summary_en == "Something else." and not is_behind(page)


@pytest.mark.parametrize("reader", ["nl", "fr"])
def test_what_changed_in_the_source_of_a_text_that_was_behind_is_marked_beside_its_new_translation(reader, page):
    head, _sent, tail = file_of(page, is_finished=False).getvalue().rpartition(latest(page).summary_fr.encode())
    one, client = bring(io.BytesIO(head + b"Traduit de nouveau." + tail)), staff("Publishers", reader)
    source = screen(client, one).select_one(".import-row__versions > div")
    assert one.texts.exclude(verdict=Verdict.UNCHANGED).get().verdict == Verdict.READY and source.ins
    post(client, one, take="ready")
    assert screen(client, one).select_one(".import-row__versions > div").ins, "It is read once more to be confirmed."


@pytest.mark.parametrize("kind", CALLED_CORRECT)
def test_a_file_that_nobody_marked_says_nothing(page, kind):
    one = bring(file_of(page, kind, is_finished=False), kind)
    assert set(one.texts.values_list("verdict", flat=True)) <= {Verdict.UNCHANGED}


@pytest.mark.sampled(1)
@pytest.mark.parametrize("change", [{"summary_nl": "Weer iets anders."}, {"summary_fr": "Suivi ici."}])
def test_what_changed_since_it_was_sent_is_not_what_the_file_speaks_of(page, change):
    file, client = file_of(page), staff("Translators", "fr")
    one = bring(io.BytesIO(file.getvalue()))
    [box] = screen(client, one).select("[name=chosen]")
    save_draft(staff("Publishers"), page, **change)
    memory = latest(page).memory()
    assert not screen(client, one).select("[name=chosen]")
    post(client, one, take="chosen", chosen=box["value"])
    assert latest(page).memory() == memory
    assert not bring(file).texts.filter(verdict=Verdict.STILL_CORRECT).exists()


def test_whoever_does_not_write_the_language_does_not_say_so(page):
    one = bring(file_of(page))
    [text] = one.texts.filter(verdict=Verdict.STILL_CORRECT)
    client = staff("Translators", "nl")
    assert not screen(client, one).select("[name=chosen]")
    post(client, one, take="chosen", chosen=f"{text.pk}:a-b")
    user = make_user("Translators", "nl")
    assert [reason for _text, reason in take(one, {text.pk: "a-b"}, user).left] == [Left.FORBIDDEN]
    assert is_behind(page) and Import.objects.count() == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_as_it_went_out_no_format_claims_anything(kind):
    package = package_of(make_text(1, SOURCE, TARGET, "rich", was=SOURCE.replace("deux", "trois"), state="behind"))
    [text] = read_back(kind, write_bytes(kind, package))[1]
    assert receive(package.texts[0], text).is_still_correct is False


def test_only_what_was_sent_as_behind_can_be_still_correct(page):
    package = make_package(make_user("Editors"), page)
    sent = as_sent(package.texts.get(address="summary"))
    for state, expected in (("behind", True), ("fine", False)):
        text = make_text(1, sent.source, sent.target, state=state)
        data = re.sub(rb'state="[^"]*"', b'state="final"', write_bytes("xliff1", package_of(text)))
        [returned] = read_back("xliff1", data)[1]
        assert receive(text, returned).is_still_correct is expected
