"""Files that are no package are refused, each with its own words; nothing else happens to whoever opens them."""

import io
import zipfile
from contextlib import suppress

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.formats import errors, findings
from exchange.formats.archive import open_file, open_files
from exchange.formats.errors import FormatError
from exchange.formats.zips import Limits
from tests.exchange_files import FORMATS, package_of, write_bytes

PACKAGE = package_of()
FILES = {name: write_bytes(name, PACKAGE) for name in FORMATS}
KEY = b"actiris-package:k3y-Of_it"
MAIN = "word/document.xml"


def with_changes(name, *pairs):
    """Return a file with some of its bytes replaced."""
    data = FILES[name]
    for before, after in pairs:
        assert before in data, before
        data = data.replace(before, after)
    return data


def document(*pairs, **others):
    """Return the document with some of its bytes replaced, and with other parts."""
    parts = {name: zipfile.ZipFile(io.BytesIO(FILES["docx"])).read(name) for name in ("[Content_Types].xml", MAIN)}
    for before, after in pairs:
        assert before in parts[MAIN], before
        parts[MAIN] = parts[MAIN].replace(before, after)
    return archive(parts | others)


def archive(parts, **options):
    """Return a ZIP file of parts by name; an option is an attribute of each."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, data)
    return file.getvalue()


def encrypt(data):
    """Return a ZIP file whose list says of its first file that it is encrypted."""
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + b"\x01" + data[at + 1 :]


def unit(name):
    """Return the last unit of an XML file."""
    mark = {"xliff2": b"unit", "xliff1": b"trans-unit"}[name]
    return FILES[name][FILES[name].rindex(b"<" + mark) : FILES[name].rindex(b"</" + mark) + len(mark) + 3]


X2, X1, PO, DOCX = FILES["xliff2"], FILES["xliff1"], FILES["po"], FILES["docx"]
DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>'
BOMB = b"<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>"
OUTSIDE = b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
DEEP = b"<g id='1'>" * 200 + b"</g>" * 200
HOLE = zipfile.ZipFile(io.BytesIO(DOCX)).getinfo(MAIN).header_offset + 200
REFUSED = [
    ("nothing", b"", "empty"),
    ("only spaces", b" \r\n\t", "empty"),
    ("a picture", b"\x89PNG\r\n\x1a\n1234", "other_kind"),
    ("a PDF", b"%PDF-1.7 x", "other_kind"),
    ("an old Word document", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "other_kind"),
    ("words", b"Beste collega, hierbij de vertaling.", "other_kind"),
    ("a table", b"number;source;target\r\n1;a;b\r\n", "other_kind"),
    ("JSON", b'{"1": "a"}', "other_kind"),
    ("HTML", b"<html><body>a</body></html>", "other_kind"),
    ("a page of the web", b"<!DOCTYPE html><html></html>", "entities"),
    ("a memory (TMX)", b'<tmx version="1.4"><body/></tmx>', "other_kind"),
    ("another root", X2.replace(b"<xliff ", b"<tliff ").replace(b"</xliff>", b"</tliff>"), "other_kind"),
    ("XLIFF 1.1", with_changes("xliff1", (b'version="1.2"', b'version="1.1"')), "version"),
    ("XLIFF 3.0", with_changes("xliff2", (b'version="2.1"', b'version="3.0"')), "version"),
    ("an unknown namespace", with_changes("xliff2", (b"document:2.0", b"document:9.0")), "version"),
    ("XLIFF without a version", with_changes("xliff2", (b'version="2.1"', b"")), "version"),
    ("2.1 in the namespace of 1.2", with_changes("xliff1", (b'version="1.2"', b'version="2.1"')), "version"),
    ("another's XLIFF 2", with_changes("xliff2", (KEY, b"page.html")), "no_key"),
    ("another's XLIFF 1.2", with_changes("xliff1", (KEY, b"page.html")), "no_key"),
    ("no original", with_changes("xliff2", (b'original="' + KEY + b'"', b"")), "no_key"),
    ("a key that is none", with_changes("xliff2", (KEY, KEY + b" or 1=1")), "no_key"),
    ("no file within", X2[: X2.index(b"<file")] + b"</xliff>", "no_key"),
    ("no target language", with_changes("xliff2", (b'trgLang="nl"', b"")), "languages"),
    ("no source language", with_changes("xliff2", (b'srcLang="fr"', b"")), "languages"),
    ("no target language in 1.2", with_changes("xliff1", (b'target-language="nl"', b"")), "languages"),
    ("an entity", X2.replace(DECLARATION, DECLARATION + BOMB), "entities"),
    ("an entity in 1.2", X1.replace(DECLARATION, DECLARATION + BOMB), "entities"),
    ("an entity from elsewhere", X2.replace(DECLARATION, DECLARATION + OUTSIDE), "entities"),
    ("a document type", X2.replace(DECLARATION, DECLARATION + b"<!DOCTYPE xliff SYSTEM 'x.dtd'>"), "entities"),
    ("an entity that nobody declares", with_changes("xliff2", (b"Un titre", b"Un&nbsp;titre")), "not_xml"),
    ("an ampersand", with_changes("xliff2", (b"Un titre", b"Un & titre")), "not_xml"),
    ("a tag that ends wrongly", with_changes("xliff2", (b"</segment>", b"</segmnt>")), "not_xml"),
    ("a sign that XML does not hold", with_changes("xliff2", (b"Un titre", b"Un\x01titre")), "not_xml"),
    ("bytes that are no UTF-8", with_changes("xliff1", (b"Un titre", b"Un \xff\xfe titre")), "not_xml"),
    ("an encoding that nobody knows", with_changes("xliff2", (b"utf-8", b"utf-99")), "not_xml"),
    ("text after the end", X2 + b"<more/>", "not_xml"),
    ("only a declaration", DECLARATION, "not_xml"),
    ("half of XLIFF 2", X2[: len(X2) // 2], "cut_off"),
    ("half of XLIFF 1.2", X1[: len(X1) // 2], "cut_off"),
    ("all but the end", X2.rstrip()[:-1], "cut_off"),
    ("elements within elements", with_changes("xliff1", (b"<source>Un titre", b"<source>" + DEEP + b"Un titre")), "too_deep"),
    ("a unit twice", with_changes("xliff2", (unit("xliff2"), unit("xliff2") * 2)), "duplicate"),
    ("a unit twice in 1.2", with_changes("xliff1", (unit("xliff1"), unit("xliff1") * 2)), "duplicate"),
    ("a unit of somebody's own", with_changes("xliff2", (b'<unit id="2"', b'<unit id="own"')), "number"),
    ("a unit without a number", with_changes("xliff1", (b'<trans-unit id="2"', b"<trans-unit")), "number"),
    ("a number below one", with_changes("xliff2", (b'<unit id="2"', b'<unit id="-2"')), "number"),
    ("two packages", with_changes("xliff2", (b"</file>", b'</file><file id="b" original="actiris-package:b"/>')), "several"),
    ("another's PO", with_changes("po", (b"X-Package: k3y-Of_it", b"X-Other: it")), "no_key"),
    ("a PO without a header", PO[PO.index(b"#. Nos") :], "no_key"),
    ("a PO in no language", with_changes("po", (b'"Language: nl\\n"\n', b"")), "languages"),
    ("a PO from no language", with_changes("po", (b'"X-Source-Language: fr\\n"\n', b"")), "languages"),
    ("a PO without contexts", with_changes("po", (b'msgctxt "k3y-Of_it:2"\n', b"")), "number"),
    ("a PO with another context", with_changes("po", (b'msgctxt "k3y-Of_it:2"', b'msgctxt "menu"')), "number"),
    ("a PO of two packages", with_changes("po", (b'msgctxt "k3y-Of_it:2"', b'msgctxt "other:2"')), "several"),
    ("an entry twice", with_changes("po", (b'msgctxt "k3y-Of_it:3"', b'msgctxt "k3y-Of_it:2"')), "duplicate"),
    (
        "a plural",
        with_changes("po", (b'msgid "Un titre"\nmsgstr ""', b'msgid "Un titre"\nmsgid_plural "x"\nmsgstr[0] "y"')),
        "plural",
    ),
    ("a PO that is cut off", PO[: PO.index(b'msgid "Un titre"') + 10], "cut_off"),
    ("a PO with other words", with_changes("po", (b'msgid "Un titre"', b'msgid "Un titre"\nhello')), "not_po"),
    ("a PO in another encoding than it says", with_changes("po", (b"Un titre", b"Un \xff titre")), "not_po"),
    ("a PO in an encoding that nobody knows", with_changes("po", (b"charset=UTF-8", b"charset=utf-99")), "not_po"),
    ("a ZIP that is no document", archive({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}), "other_kind"),
    ("a document without the key", document((b"k3y-Of_it", b"")), "no_key"),
    ("a document without tables", document((b"<w:tbl>", b"<w:x>"), (b"</w:tbl>", b"</w:x>")), "no_table"),
    ("a document with macros", document(**{"word/vbaProject.bin": b"x"}), "macros"),
    (
        "a document that says macros",
        document(**{"[Content_Types].xml": b'<x ContentType="x.macroEnabled.main+xml"/>'}),
        "macros",
    ),
    (
        "a column less",
        document((b"<w:tc>", b"<w:tc>"), (b">Un titre</w:t></w:r></w:p></w:tc>", b"></w:t></w:r></w:p></w:tc><!--")),
        "cut_off",
    ),
    ("a row without a number", document((b">2</w:t>", b">two</w:t>")), "number"),
    ("a row twice", document((b">2</w:t>", b">1</w:t>")), "duplicate"),
    ("a document type in a document", document((b"<w:document", b"<!DOCTYPE x><w:document")), "entities"),
    ("half of a document", DOCX[: len(DOCX) // 2], "damaged_zip"),
    ("a document with a hole", DOCX[:HOLE] + bytes(300) + DOCX[HOLE + 300 :], "damaged_zip"),
    ("the first bytes of a ZIP", b"PK\x03\x04", "damaged_zip"),
    ("an encrypted document", encrypt(DOCX), "encrypted"),
    ("a document with a way out", document(**{"../x.xml": b""}), "outside"),
]


def read_all(data, **limits):
    """Read a file, or each of a ZIP file, to its end, and return how many texts there are."""
    count = 0
    for _name, returned in open_files("levering", io.BytesIO(data), Limits(**limits)):
        count += sum(1 for _ in returned.texts)
    return count


@pytest.mark.sampled(12)
@pytest.mark.parametrize(("data", "code"), [pytest.param(data, code, id=name) for name, data, code in REFUSED])
def test_a_broken_file_is_refused_with_its_word(data, code):
    with pytest.raises(FormatError) as refused:
        for _ in open_file("levering", io.BytesIO(data)).texts:
            pass
    assert refused.value.code == code
    assert refused.value.name in {"levering", "../x.xml"}
    assert str(refused.value.sentence)


def test_a_row_with_another_number_of_cells_is_refused_with_its_row():
    text = zipfile.ZipFile(io.BytesIO(DOCX)).read(MAIN)
    row = text[text.index(b">2</w:t>") :]
    cell = row[row.index(b"<w:tc>") : row.index(b"</w:tc>", row.index(b"<w:tc>")) + len(b"</w:tc>")]
    with pytest.raises(FormatError) as refused:
        read_all(document((cell, b"")))
    assert (refused.value.code, refused.value.row) == ("columns", 2)


def test_where_it_is_wrong_is_said():
    with pytest.raises(FormatError) as refused:
        read_all(with_changes("xliff2", (b"Un titre", b"Un & titre")))
    assert refused.value.line == 5
    with translation.override("en"):
        assert str(refused.value.sentence).startswith("Line 5: ")


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_read_up_to_its_limit(name):
    size = 1_000_000 if name == "docx" else len(FILES[name])
    assert read_all(FILES[name], size=size) == 3
    with pytest.raises(FormatError) as refused:
        read_all(FILES[name], size=500)
    assert refused.value.code == "too_large"


def test_a_zip_file_of_all_formats_is_opened():
    data = archive({f"map/{name}": data for name, data in FILES.items()} | {"__MACOSX/._x": b"x", "map/.DS_Store": b"x"})
    assert read_all(data) == 3 * len(FORMATS)


@pytest.mark.parametrize(
    ("parts", "limits", "code"),
    [
        ({}, {}, "empty"),
        ({"a.xlf": X2, "b.zip": archive({"c.xlf": X2})}, {}, "nested"),
        ({f"{number}.xlf": X2 for number in range(4)}, {"count": 3}, "too_many"),
        ({"../../a.xlf": X2}, {}, "outside"),
        ({"/a.xlf": X2}, {}, "outside"),
        ({"..\\a.xlf": X2}, {}, "outside"),
        ({"C:\\a.xlf": X2}, {}, "outside"),
        ({"a.xlf": X2}, {"size": 100}, "too_large"),
        ({"a.xlf": X2 + b" " * 3_000_000}, {}, "bomb"),
        ({"a.xlf": X2, "b.txt": b"Beste collega"}, {}, "other_kind"),
        ({"a.xlf": X2, "b.xlf": X2[:900]}, {}, "cut_off"),
    ],
)
def test_a_zip_file_beyond_its_limits_is_refused(parts, limits, code):
    with pytest.raises(FormatError) as refused:
        read_all(archive(parts), **limits)
    assert refused.value.code == code
    assert refused.value.name


def test_an_encrypted_zip_file_is_refused():
    with pytest.raises(FormatError) as refused:
        read_all(encrypt(archive({"a.xlf": X2})))
    assert refused.value.code == "encrypted"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("code", [*errors.SENTENCES, *findings.SENTENCES])
def test_each_refusal_and_finding_says_something_in_three_languages(code):
    sentence = errors.SENTENCES.get(code) or findings.SENTENCES[code]
    said = set()
    for language in ("nl", "fr", "en"):
        with translation.override(language):
            said.add(str(sentence))
    assert len(said) == 3


@pytest.mark.sweep
@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=100, deadline=None)
@given(cuts=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 40), st.binary(max_size=6)), min_size=1, max_size=4))
def test_damage_of_any_kind_is_refused_or_harmless(name, cuts):
    data = FILES[name]
    for at, length, instead in cuts:
        at %= len(data)
        data = data[:at] + instead + data[at + length :]
    with suppress(FormatError):
        assert read_all(data) <= 3


def test_every_refusal_has_a_file_that_shows_it():
    elsewhere = {"columns", "too_large", "nested", "too_many", "bomb", "unknown_package", "other_languages"}
    elsewhere |= {"not_tmx", "too_many_units", "no_units", "not_tbx", "no_terms"}
    assert {code for _, _, code in REFUSED} | elsewhere == set(errors.SENTENCES)
    assert len(REFUSED) >= 60
