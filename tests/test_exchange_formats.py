"""Packages go out and come back in each format, as what they were."""

import io
import tracemalloc
import zipfile
from itertools import groupby

import docx
import pytest
from hypothesis import given, settings

from exchange.formats.archive import open_file
from exchange.formats.packages import BEHIND, FINAL, FINE, INITIAL, Package, PackageText
from exchange.formats.receiving import receive
from tests.exchange_files import (
    FORMATS,
    HEAD,
    SOURCE,
    TARGET,
    codes_of,
    make_text,
    package_of,
    packages,
    read_back,
    write_bytes,
)
from tests.xliff_rules import faults

each_format = pytest.mark.parametrize("name", FORMATS)


@pytest.mark.sweep
@each_format
@settings(max_examples=30, deadline=None)
@given(package=packages())
def test_any_texts_come_back_as_they_were_sent(name, package):
    head, texts = read_back(name, write_bytes(name, package))
    assert head == HEAD
    for sent, returned in zip(package.texts, texts, strict=True):
        codes = codes_of(sent)
        assert (returned.number, returned.source, returned.target) == (sent.number, codes.source, codes.target)
        received = receive(sent, returned)
        assert (received.text, received.is_changed, received.findings) == (sent.target, False, [])


@pytest.mark.sweep
@pytest.mark.parametrize("name", ["xliff2", "xliff1"])
@settings(max_examples=20, deadline=None)
@given(package=packages())
def test_any_file_of_xliff_keeps_the_rules_of_the_standard(name, package):
    assert faults(write_bytes(name, package)) == []


@each_format
def test_a_package_comes_back_whatever_its_file_is_called(name):
    package = package_of()
    file = io.BytesIO(write_bytes(name, package))
    returned = open_file("reseaux.bin", file)
    assert returned.head == HEAD
    assert [receive(sent, text).findings for sent, text in zip(package.texts, returned.texts, strict=True)] == [[], [], []]


@pytest.mark.parametrize("name", ["xliff2", "xliff1"])
def test_files_of_xliff_keep_the_rules_of_the_standard(name):
    assert faults(write_bytes(name, package_of())) == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("xliff2", "segment", "segments"),
        ("xliff2", 'id="2" subType', 'id="1" subType'),
        ("xliff2", "</source><target>", "</source><note/><target>"),
        ("xliff2", ' state="initial"', ""),
        ("xliff2", 'dataRefEnd="e1"', 'dataRefEnd="e77"'),
        ("xliff1", ' datatype="html"', ""),
        ("xliff1", 'state="needs-review-translation"', 'state="behind"'),
        ("xliff1", '<trans-unit id="2"', '<trans-unit id="1"'),
    ],
)
def test_a_file_that_breaks_a_rule_is_seen(name, before, after):
    data = write_bytes(name, package_of()).decode()
    assert before in data
    data = (
        data.replace(before, after).replace("</segment>", "</segments>")
        if after == "<segments"
        else data.replace(before, after)
    )
    assert faults(data.encode()) != []


@each_format
def test_what_helps_a_translator_is_in_the_file(name):
    data = write_bytes(name, package_of())
    if name == "docx":
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    text = data.decode()
    for words in ("Réseaux, décembre", "Nos réseaux", "Introduction", "Pas plus de deux lignes.", "Merci !", "emploi", "200"):
        assert words in text, words
    assert "2026-12-18" in text or "18 " in text
    if name != "docx":
        assert "trois" in text  # what the source said when both last agreed


@each_format
def test_states_come_back(name):
    package = package_of(make_text(1), make_text(2, target="Dag", state=BEHIND), make_text(3, target="Dag", state=FINE))
    states = [text.state for text in read_back(name, write_bytes(name, package))[1]]
    assert states[0] == INITIAL
    if name.startswith("xliff"):
        assert states == [INITIAL, INITIAL, FINAL]


@each_format
def test_a_text_that_only_looks_like_markup_stays_text(name):
    text = make_text(1, "a < b & c > d ⟦1⟧ <b>x</b> %s %(x)s \\n", "⟦/1⟧ &amp;")
    assert read_back(name, write_bytes(name, package_of(text)))[1][0].target == ["⟦/1⟧ &amp;"]


def test_what_comes_back_is_compared_with_what_was_sent():
    sent = make_text(1, SOURCE, TARGET, "rich", limit=20)
    returned = read_back("xliff1", write_bytes("xliff1", package_of(sent)))[1][0]
    assert receive(sent, returned).is_changed is False
    translated = type(returned)(
        1, ["Autre chose"], [*returned.source[:-1], " en nog veel meer woorden", returned.source[-1]], FINAL
    )
    received = receive(sent, translated)
    assert received.is_changed
    assert [finding.code for finding in received.findings] == ["source_changed", "too_long"]
    context = make_text(1, SOURCE, TARGET, "rich", is_context=True)
    received = receive(context, translated)
    assert (received.text, received.is_changed) == (TARGET, False)
    assert "context_changed" in [finding.code for finding in received.findings]


def test_a_text_without_a_source_cannot_be_sent():
    with pytest.raises(ValueError):
        make_text(1, "")


def endless(count):
    """Yield texts of pages of five."""
    for number in range(1, count + 1):
        yield PackageText(
            number, f"Page {number // 5}", "Texte", "rich", f"<p>Texte <b>{number}</b> {'mot ' * 40}</p>", "<p>Tekst</p>"
        )


@pytest.mark.sweep
@each_format
def test_memory_does_not_grow_with_the_package(name, tmp_path):
    def peak(count):
        path = tmp_path / f"{count}"
        tracemalloc.start()
        try:
            with path.open("w+b") as file:
                FORMATS[name].write(Package(HEAD, "x", endless(count)), file)
                file.seek(0)
                returned = FORMATS[name].read(file)
                assert sum(1 for _ in returned.texts) == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)
    assert peak(2_000) < peak(400) + 400_000


def test_a_page_has_its_own_heading_and_table_in_a_document():
    package = Package(HEAD, "x", endless(12))
    document = docx.Document(io.BytesIO(write_bytes("docx", package)))
    pages = [page for page, _ in groupby(endless(12), key=lambda text: text.page)]
    assert [line.text for line in document.paragraphs if line.style.name == "Heading 2"] == pages
    assert [len(table.columns) for table in document.tables] == [3] * len(pages)
    assert document.tables[1].rows[1].cells[0].text == "5\nTexte"
