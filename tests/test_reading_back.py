"""Files of packages are read whole or not at all, whichever program wrote them."""

import io
import zipfile
from dataclasses import replace

import pytest

from exchange.formats.archive import FORMATS
from exchange.formats.errors import FormatError
from exchange.formats.packages import Head, Package
from exchange.judging import Verdict
from exchange.models import Import, ImportedText, SentPackage
from exchange.reading import read_files
from exchange.sent_files import as_sent
from tests.building import make_standard
from tests.packages import bring_back, file_of, send_texts

pytestmark = pytest.mark.django_db
NEW = {"summary": "Résumé traduit."}


@pytest.fixture
def package(home):
    return send_texts(make_standard(home), make_standard(home, "other"))


def refusal_of(file, packages=None):
    """Return why a file is refused, once it is sure that nothing of it was kept."""
    with pytest.raises(FormatError) as refusal:
        read_files("terug", file, SentPackage.objects.all() if packages is None else packages, None)
    assert not Import.objects.exists() and not ImportedText.objects.exists()
    return refusal.value.code


def rewrite(package, **head):
    """Return the file of a package that says something else of itself."""
    file = io.BytesIO()
    texts = [as_sent(text) for text in package.texts.all()]
    FORMATS["xliff2"].write(Package(replace(Head(package.key, "nl", "fr"), **head), "Lot", texts), file)
    return file


@pytest.mark.parametrize("format_name", FORMATS)
def test_each_format_comes_back_and_changes_what_was_translated_alone(package, format_name):
    one = bring_back(package, NEW, format_name=format_name)
    verdicts = [(text.sent.address, text.verdict) for text in one.texts.select_related("sent")]
    assert verdicts == [("heading", Verdict.UNCHANGED), ("summary", Verdict.READY)] * 2
    assert {text.text for text in one.texts.filter(verdict=Verdict.READY)} == {NEW["summary"]}


def test_several_files_come_in_one_zip(package):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as parts:
        parts.writestr("a.xlf", file_of(package, NEW).read())
        parts.writestr("b.po", file_of(send_again(package), NEW, "po").read())
    assert [one.name for one in read_files("alles.zip", file, SentPackage.objects.all(), None)] == ["a.xlf", "b.po"]


def send_again(package):
    """Return another package of the same texts."""
    texts = list(package.texts.all())
    again = SentPackage.objects.create(name="Lot 2", source=package.source, target=package.target)
    for text in texts:
        text.pk, text.package = None, again
        text.save()
    return again


def test_a_package_of_another_site_or_of_somebody_else_is_refused(package):
    assert refusal_of(rewrite(package, key="x" * 16)) == "unknown_package"
    assert refusal_of(file_of(package, NEW), SentPackage.objects.none()) == "unknown_package"


def test_other_languages_than_those_of_the_package_are_refused(package):
    assert refusal_of(rewrite(package, target="en")) == "other_languages"
    assert read_files("terug", rewrite(package, target="fr-BE"), SentPackage.objects.all(), None)


def test_a_text_that_was_not_sent_is_refused_with_all_of_its_file(package):
    file = file_of(package, NEW)
    package.texts.last().delete()
    assert refusal_of(file) == "number"


def test_a_file_that_ends_too_early_leaves_nothing(package):
    whole = file_of(package, NEW).read()
    assert refusal_of(io.BytesIO(whole[: len(whole) * 3 // 4])) in {"cut_off", "not_xml"}


def test_what_the_checks_across_languages_find_is_to_be_looked_at(home):
    page = make_standard(home, summary_nl="In 2024 hielpen we 1.200 jongeren.")
    one = bring_back(send_texts(page), {"summary": "En 2024, nous avons aidé 1 300 jeunes."})
    text = one.texts.get(sent__address="summary")
    assert text.verdict == Verdict.DOUBTFUL and text.findings[0][:2] == ["check", "numbers"]


def test_reading_asks_once_for_each_object_and_each_batch(package, django_assert_num_queries):
    file = file_of(package, NEW)
    bring_back(package, NEW)  # kinds of objects are known from now on
    with django_assert_num_queries(10):
        read_files("terug", file, SentPackage.objects.all(), None)
