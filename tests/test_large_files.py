"""A file with many texts is read after the answer, whole or not at all, and its screen says how far that is."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.urls import reverse

from exchange import large_files
from exchange.models import BroughtFile, Import
from exchange.reading import read_files
from tests.behind import latest
from tests.building import make_standard, make_user, staff
from tests.exchange_files import FORMATS
from tests.exchange_screens import BRING, NEW, import_screen, post_import, upload, words_of
from tests.packages import file_of, send_texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(standard, monkeypatch):
    monkeypatch.setattr(large_files, "MOST_READ_AT_ONCE", 1)
    return standard


def bring(client, file, name="terug.xlf"):
    """Bring a file that is read later; return the address of its screen."""
    answer = upload(client, file, name)
    assert answer.status_code == 302 and answer.url == reverse("brought_file", args=[BroughtFile.objects.first().pk])
    return answer.url


def shown_at(client, url):
    return client.get(url, follow=True).content.decode()


def with_another_number(file):
    """Return a file whose last text is none of its package."""
    return io.BytesIO(file.read().replace(b'<unit id="2"', b'<unit id="99"'))


@pytest.mark.parametrize(("language", "words"), [("nl", "wordt ingelezen"), ("fr", "en cours de lecture")])
def test_a_large_file_is_read_by_the_job_and_then_taken_over(page, language, words):
    before, client = latest(page).summary_fr, staff("Publishers", language)
    url = bring(client, file_of(send_texts(page), NEW))
    assert words in shown_at(client, url) and words in shown_at(client, BRING) and not Import.objects.exists()
    call_command("take_texts")
    one = Import.objects.get()
    assert client.get(url).url == reverse("import", args=[one.pk]) and latest(page).summary_fr == before
    assert words not in shown_at(client, BRING) and BroughtFile.objects.get().data is None
    post_import(client, one, take="ready")
    assert latest(page).summary_fr == NEW["summary"]
    call_command("take_texts")
    assert Import.objects.count() == 1 and words_of(import_screen(client, one))


def test_what_few_texts_are_in_is_read_at_once(page, monkeypatch):
    monkeypatch.setattr(large_files, "MOST_READ_AT_ONCE", 2)
    assert upload(staff("Publishers"), file_of(send_texts(page), NEW)).url == reverse("import", args=[Import.objects.get().pk])
    assert not BroughtFile.objects.exists()


def test_a_large_file_of_which_one_text_is_wrong_is_refused_in_words_and_nothing_of_it_is_kept(page):
    client = staff("Publishers", "nl")
    url = bring(client, with_another_number(file_of(send_texts(page), NEW)))
    call_command("take_texts")
    assert "nummer" in shown_at(client, url) and not Import.objects.exists()
    assert BroughtFile.objects.get().data is None


def test_several_large_files_in_one_lead_to_each(page, home):
    client = staff("Publishers", "fr")
    packed = pack(*(file_of(send_texts(one), NEW) for one in (page, make_standard(home, "other"))))
    url = bring(client, packed, "terug.zip")
    assert client.get(url)["Refresh"] == "30"
    call_command("take_texts")
    assert "Refresh" not in client.get(url) and shown_at(client, url).count("À reprendre\u00a0: 1") == 2
    assert all(reverse("import", args=[one.pk]) in shown_at(client, url) for one in Import.objects.all())
    assert Import.objects.count() == 2


def test_whoever_may_not_see_a_package_brings_nothing_of_it_back(page):
    client, package = staff("Editors", "fr"), send_texts(page)
    url = bring(client, file_of(package, NEW))
    assert staff("Editors").get(url).status_code == 404 and staff().get(url).status_code == 200
    package.delete()
    call_command("take_texts")
    assert "est inconnu" in shown_at(client, url) and not Import.objects.exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("reader", "words"), [("nl", "Dit pakket is hier niet bekend"), ("fr", "est inconnu")])
@pytest.mark.parametrize("kind", [*FORMATS, "zip"])
def test_a_large_file_of_no_package_that_somebody_may_see_is_refused_at_its_field(kind, reader, words, page):
    package = send_texts(page)
    file = file_of(package, NEW, "xliff2" if kind == "zip" else kind)
    if kind == "zip":  # with one before it that alone has as many texts as are read at once
        file = pack(file_of(send_texts(page), NEW), file)
    package.delete()
    answer = upload(staff("Publishers", reader), file)
    assert answer.status_code == 200 and not BroughtFile.objects.exists()
    shown = answer.content.decode()
    assert answer.context["form"].errors["file"] and words in shown and ("1.xlf" in shown) == (kind == "zip")


def pack(*files):
    """Return a ZIP file of files, by numbers from 0 on."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as parts:
        for number, file in enumerate(files):
            parts.writestr(f"{number}.xlf", file.read())
    packed.seek(0)
    return packed


@pytest.mark.parametrize("failure", ["left", "broken"])
def test_what_cannot_be_read_is_given_up_and_the_next_one_is_read(page, failure, monkeypatch):
    other, package = make_user("Publishers"), send_texts(page)
    lost = large_files.order_reading("een.xlf", file_of(package, NEW), other)
    if failure == "left":
        other.delete()
    else:
        monkeypatch.setattr(
            large_files, "read_files", lambda name, *how: read_files(name, *how) if name != lost.name else 1 / 0
        )
    url = bring(staff("Publishers"), file_of(package, NEW))
    call_command("take_texts")
    assert Import.objects.count() == 1 and BroughtFile.objects.exclude(read_at=None).count() == 2
    client = staff(language="nl")
    assert "kon niet worden ingelezen" in shown_at(client, reverse("brought_file", args=[lost.pk])) and client.get(url).url
