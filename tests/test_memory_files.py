"""The translation memory goes out as a file, and others come in: by whom, and what is made of them."""

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import ModelLogEntry

from exchange import memory_views
from exchange.formats import tmx
from languages.codes import LANGUAGES
from tests.building import staff
from tests.editor import messages_of
from tests.memory_files import TWO, as_tmx, foreign, read, tuv
from tests.remembered import SENTENCES, make_page, matches_url, remembered_texts
from translation_memory.models import MemoryFile, RememberedUnit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("commits_at_once")]
OURS = tmx.MemoryUnit("plain", SENTENCES)


def send(client, data, name="ander.tmx"):
    return client.post(reverse("translation_memory"), {"file": SimpleUploadedFile(name, data)})


def screen(client):
    return client.get(reverse("translation_memory")).content.decode()


@pytest.mark.parametrize("role", ["Publishers", None])
def test_what_a_file_holds_is_offered_with_its_name_and_nothing_is_published(role, home):
    client = staff(role)
    before = remembered_texts()
    assert send(client, as_tmx(OURS)).status_code == 302
    assert remembered_texts() == before | {SENTENCES["nl"]}
    page = make_page(home, "two", live=False, summary_fr="", summary_en="")
    answer = client.get(matches_url(page), {"address": "summary", "language": "fr"})
    (match,) = answer.json()["matches"]
    assert match["text"] == SENTENCES["fr"] and "ander.tmx" in match["says"]
    assert "ander.tmx" in screen(client) and ModelLogEntry.objects.filter(label="ander.tmx", action="wagtail.create").exists()


def test_what_is_published_is_no_more_from_a_file_and_what_is_remembered_already_stays(home):
    client = staff("Publishers")
    send(client, as_tmx(OURS))
    assert RememberedUnit.objects.get(texts__text=SENTENCES["nl"]).file.name == "ander.tmx"
    page = make_page(home, "one")
    unit = RememberedUnit.objects.get(texts__text=SENTENCES["nl"])
    assert unit.file is None and unit.object_id == page.pk
    send(client, as_tmx(OURS), "nog.tmx")
    unit.refresh_from_db()
    assert unit.file is None and MemoryFile.objects.get(name="nog.tmx").units.count() == 0


def test_a_file_is_forgotten_with_what_came_from_it_alone(home):
    client = staff("Publishers")
    other = tmx.MemoryUnit("plain", {"nl": "Alleen in het bestand.", "fr": "Seulement dans le fichier."})
    send(client, as_tmx(OURS, other))
    make_page(home, "one")
    file = MemoryFile.objects.get()
    assert "Wat alleen uit dit bestand kwam" in screen(client)
    assert client.post(reverse("forget_memory_file", args=[file.pk])).status_code == 302
    assert "Alleen in het bestand." not in remembered_texts() and SENTENCES["nl"] in remembered_texts()
    assert not MemoryFile.objects.exists() and ModelLogEntry.objects.filter(action="wagtail.delete", label="ander.tmx").exists()
    assert client.post(reverse("forget_memory_file", args=[file.pk])).status_code == 404


def test_all_that_is_remembered_goes_out_and_says_what_came_from_files(home):
    client = staff("Publishers")
    make_page(home, "one")
    send(client, foreign(TWO))
    answer = client.get(reverse("export_memory"))
    data = answer.getvalue()
    assert ".tmx" in answer["Content-Disposition"] and "ander.tmx" in data.decode()
    units = [dict(unit.texts) for unit in read(data)]
    assert SENTENCES in units and {"nl": "a", "fr": "b"} in units
    assert len(units) == RememberedUnit.objects.count()


@pytest.mark.sampled(1)
@pytest.mark.parametrize("role", ["Translators", "Reviewers", "Editors"])
def test_others_neither_see_it_nor_send_or_forget_files(role, home):
    client, before = staff(role), remembered_texts()
    file = MemoryFile.objects.create(name="a.tmx")
    assert client.get(reverse("translation_memory")).status_code == 302
    assert client.get(reverse("export_memory")).status_code == 302
    send(client, as_tmx(OURS))
    client.post(reverse("forget_memory_file", args=[file.pk]))
    assert remembered_texts() == before and list(MemoryFile.objects.all()) == [file]
    assert reverse("translation_memory") not in client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(
    "data", [b"x", foreign(""), foreign(TWO)[:-20], foreign(f"<tu>{tuv('de', 'a')}{tuv('es', 'b')}</tu>"), foreign(TWO * 4)]
)
def test_a_file_that_cannot_be_taken_is_refused_with_a_sentence_and_leaves_nothing(data, home, monkeypatch):
    monkeypatch.setattr(memory_views, "MAX_UNITS", 3)
    before = remembered_texts()
    answer = send(staff("Publishers"), data)
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert remembered_texts() == before and not MemoryFile.objects.exists()


def test_nothing_is_said_of_languages_that_the_site_does_not_have(home):
    send(staff(), foreign(f"<tu>{tuv('nl', 'een')}{tuv('de', 'eins')}{tuv('en-GB', 'one')}</tu>"))
    texts = MemoryFile.objects.get().units.get().texts
    assert set(texts.values_list("language", flat=True)) == {"nl", "en"} <= set(LANGUAGES)


@pytest.mark.parametrize(("language", "number"), [("nl", "10.000"), ("fr", "10\u202f000"), ("en", "10,000")])
def test_numbers_are_written_as_the_language_of_the_reader_does(language, number, home, monkeypatch):
    client = staff("Publishers", language)
    monkeypatch.setattr(memory_views, "take_file", lambda *file: (None, 10_000))
    monkeypatch.setattr(RememberedUnit.objects, "count", lambda: 10_000)
    assert number in messages_of(send(client, as_tmx(OURS)))[0]
    assert number in BeautifulSoup(screen(client), "lxml").main.get_text()
