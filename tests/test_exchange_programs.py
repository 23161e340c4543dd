"""Files that other programs have written anew, or that are written as they write them, are read as what they say."""

import io
import re
import zipfile

import docx
import polib
import pytest
from translate.storage.factory import getobject
from translate.storage.xliff2 import Xliff2File

from exchange.formats.codes import ALONE, CLOSE, OPEN, Code
from exchange.formats.packages import FINAL, INITIAL, REVIEWED, TRANSLATED
from tests.exchange_files import codes_of, make_text, package_of, read_back, write_bytes

PACKAGE = package_of()


def file_named(name, data):
    """Return a file in memory with a name."""
    file = io.BytesIO(data)
    file.name = name
    return file


def rewrite(format_name):
    """Return a package as the Translate Toolkit writes it after a translator has filled in the second text."""
    data = write_bytes(format_name, PACKAGE)
    if format_name == "xliff2":
        store = Xliff2File.parsestring(data)
    else:
        store = getobject(file_named("x.po" if format_name == "po" else "x.xlf", data))
    unit = next(unit for unit in store.units if unit.source == "Un titre")
    unit.target = 'Een "titel" & meer'
    return bytes(store)


@pytest.mark.parametrize("name", ["xliff2", "xliff1", "po"])
def test_the_translate_toolkit_rewrites_a_file(name):
    _, texts = read_back(name, rewrite(name))
    assert [text.number for text in texts] == [1, 2, 3]
    assert [text.source for text in texts] == [codes_of(sent).source for sent in PACKAGE.texts]
    assert [texts[0].target, texts[2].target] == [codes_of(PACKAGE.texts[0]).target, ["Elders gelezen"]]
    assert texts[1].target == ['Een "titel" & meer']


def test_polib_rewrites_a_file():
    catalogue = polib.pofile(write_bytes("po", PACKAGE).decode(), wrapwidth=40)
    catalogue.metadata["Plural-Forms"] = "nplurals=2; plural=(n != 1);"
    catalogue.metadata["PO-Revision-Date"] = "yesterday"
    entry = catalogue.find("Un titre")
    entry.msgstr = "Een titel\nop twee regels " + "en nog wat " * 20
    catalogue[0].flags = []
    _, texts = read_back("po", catalogue.__unicode__().encode())
    assert [text.source for text in texts] == [codes_of(sent).source for sent in PACKAGE.texts]
    assert texts[1].target == [entry.msgstr]
    assert [text.state for text in texts] == [TRANSLATED] * 3


def test_word_rewrites_a_document_with_changes_tracked():
    file = io.BytesIO(write_bytes("docx", PACKAGE))
    document = docx.Document(file)
    cell = document.tables[0].rows[2].cells[2]
    cell.paragraphs[0].add_run("Een ")
    cell.paragraphs[0].add_run("titel").bold = True
    cell.add_paragraph("op twee\tregels")
    again = io.BytesIO()
    document.save(again)
    parts = zipfile.ZipFile(again)
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as target:
        for name in parts.namelist():
            data = parts.read(name)
            if name == "word/document.xml":
                data = data.replace(
                    b"<w:t>titel</w:t></w:r>",
                    b"<w:t>titel</w:t></w:r><w:ins><w:r><w:t>s</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del>",
                )
            target.writestr(name, data)
    _, texts = read_back("docx", changed.getvalue())
    assert texts[1].target == ["Een titels\nop twee\tregels"]
    assert [text.source for text in texts] == [codes_of(sent).source for sent in PACKAGE.texts]


def test_a_row_that_was_deleted_is_not_in_the_file():
    document = docx.Document(io.BytesIO(write_bytes("docx", PACKAGE)))
    row = document.tables[0].rows[2]._element
    row.getparent().remove(row)
    again = io.BytesIO()
    document.save(again)
    assert [text.number for text in read_back("docx", again.getvalue())[1]] == [1, 3]


HEAD2 = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="fr" trgLang="nl">'
FILE2 = HEAD2 + '<file id="f" original="actiris-package:k">{}</file></xliff>'
FILE1 = (
    '<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="actiris-package:k" '
    'source-language="fr" target-language="nl" datatype="html"><body>{}</body></file></xliff>'
)
BOLD = [Code(1, OPEN), "b", Code(1, CLOSE)]


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("units", "target", "state"),
    [
        ("<segment><source>a</source></segment>", [], INITIAL),
        ("<segment state='reviewed'><source>a</source><target>b</target></segment>", ["b"], REVIEWED),
        ("<segment state='x-known-to-us'><source>a</source><target>b</target></segment>", ["b"], TRANSLATED),
        ("<segment><source>a</source><target>b<!-- c --><?d?> e</target></segment>", ["b e"], TRANSLATED),
        (
            "<segment state='final'><source>A.</source><target>B.</target></segment><ignorable><source> </source></ignorable>"
            "<segment state='translated'><source>C.</source><target>D.</target></segment>",
            ["B. D."],
            TRANSLATED,
        ),
        (
            "<segment><source>A.</source><target>B.</target></segment><segment><source>C.</source></segment>",
            ["B."],
            INITIAL,
        ),
        (
            "<segment><source>A </source><target order='2'>B</target></segment>"
            "<segment><source>C</source><target order='1'>D </target></segment>",
            ["D B"],
            TRANSLATED,
        ),
        ("<segment><source/><target><mrk id='m1' type='term'><pc id='1'>b</pc></mrk></target></segment>", BOLD, TRANSLATED),
        ("<segment><source/><target><sc id='1'/>b<ec startRef='1'/></target></segment>", BOLD, TRANSLATED),
        (
            "<segment><source/><target><sc id='1'/>b</target></segment>"
            "<segment><source/><target><ec startRef='1'/></target></segment>",
            BOLD,
            TRANSLATED,
        ),
        (
            "<segment><source/><target><sc id='7' copyOf='1'/>b<ec startRef='7' copyOf='1'/></target></segment>",
            BOLD,
            TRANSLATED,
        ),
        (
            "<segment><source/><target>b<ph id='2'/><ph id='odd'/></target></segment>",
            ["b", Code(2, ALONE), Code(0, ALONE)],
            TRANSLATED,
        ),
        (
            "<segment><source/><target>b<cp hex='0001'/><cp hex='00e9'/></target></segment>",
            ["b", Code(0, ALONE), "é"],
            TRANSLATED,
        ),
        ("<t:x xmlns:t='t'><t:target>c</t:target></t:x><segment><source/><target>b</target></segment>", ["b"], TRANSLATED),
    ],
)
def test_what_programs_do_to_xliff_2(units, target, state):
    _, (text,) = read_back("xliff2", FILE2.format(f'<group id="g"><unit id="5">{units}</unit></group>').encode())
    assert (text.number, text.target, text.state) == (5, target, state)


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("units", "target", "state"),
    [
        ("<source>a</source>", [], INITIAL),
        ("<source>a</source><target/>", [], INITIAL),
        ("<source>a</source><target state='translated'>b</target>", ["b"], TRANSLATED),
        ("<source>a</source><target state='x-odd'>b</target>", ["b"], TRANSLATED),
        ("<source>a</source><target><g id='1'>b</g></target>", BOLD, TRANSLATED),
        ("<source>a</source><target><bpt id='1'>&lt;b></bpt>b<ept id='1'>&lt;/b></ept></target>", BOLD, TRANSLATED),
        ("<source>a</source><target><bx id='1' rid='9'/>b<ex id='2' rid='9'/></target>", BOLD, TRANSLATED),
        ("<source>a</source><target><it id='1' pos='open'>x</it>b<it id='1' pos='close'>y</it></target>", BOLD, TRANSLATED),
        (
            "<source>a</source><target>b<x id='2'/><ph id='3'>&lt;br/></ph></target>",
            ["b", Code(2, ALONE), Code(3, ALONE)],
            TRANSLATED,
        ),
        (
            "<source>A. C.</source><seg-source><mrk mtype='seg' mid='1'>A.</mrk> <mrk mtype='seg' mid='2'>C.</mrk></seg-source>"
            "<target><mrk mtype='seg' mid='1'>B.</mrk> <mrk mtype='seg' mid='2'>D.</mrk></target>",
            ["B. D."],
            TRANSLATED,
        ),
        ("<source>a</source><alt-trans><source>c</source><target>d</target></alt-trans>", [], INITIAL),
    ],
)
def test_what_programs_do_to_xliff_1(units, target, state):
    _, (text,) = read_back(
        "xliff1", FILE1.format(f'<group><trans-unit id="5" sdl:x="1" xmlns:sdl="s">{units}</trans-unit></group>').encode()
    )
    assert (text.number, text.target, text.state) == (5, target, state)


def test_an_approved_text_is_final():
    unit = '<trans-unit id="5" approved="yes"><source>a</source><target>b</target></trans-unit>'
    assert read_back("xliff1", FILE1.format(unit).encode())[1][0].state == FINAL


@pytest.mark.parametrize("name", ["xliff2", "xliff1"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "latin-1"])
def test_other_encodings_and_line_ends_of_xliff(name, encoding):
    package = package_of(make_text(1, "à lire\nici", "te lezen"))
    text = write_bytes(name, package).decode().replace("\n", "\r\n")
    declared = {"latin-1": "iso-8859-1", "utf-16-le": "utf-16"}.get(encoding, encoding.removesuffix("-sig"))
    data = ("\ufeff" * (encoding == "utf-16-le") + text.replace('encoding="utf-8"', f'encoding="{declared}"')).encode(
        encoding, "xmlcharrefreplace"
    )
    (returned,) = read_back(name, data)[1]
    assert (returned.source, returned.target) == (["à lire\nici"], ["te lezen"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_and_line_ends_of_po(encoding):
    package = package_of(make_text(1, "à lire\nici", "te lezen"))
    text = write_bytes("po", package).decode().replace("\n", "\r\n").replace("–", "-")
    text = text.replace("UTF-8", encoding.removesuffix("-sig"))
    (returned,) = read_back("po", text.encode(encoding))[1]
    assert (returned.source, returned.target) == (["à lire\nici"], ["te lezen"])


def test_names_with_prefixes_and_other_orders_are_read():
    text = write_bytes("xliff2", package_of(make_text(1), make_text(2, target="b"))).decode()
    text = re.sub(r"<(/?)(?=[a-z]+[ >/])", r"<\1q:", text).replace("xmlns=", "xmlns:q=")
    units = re.findall(r"<q:unit.*?</q:unit>", text)
    text = text.replace(units[0], "#").replace(units[1], units[0]).replace("#", units[1])
    assert [returned.number for returned in read_back("xliff2", text.encode())[1]] == [2, 1]


def test_entries_of_po_that_are_obsolete_fuzzy_or_close_together():
    text = write_bytes("po", package_of(make_text(1, "a", "b"), make_text(2, "c", "d"))).decode().replace("\n\n", "\n")
    text += '#~ msgid "old"\n#~ msgstr "oud"\n'
    text = text.replace('msgctxt "k3y-Of_it:2"', '#, fuzzy, no-wrap\n#| msgid "x"\nmsgctxt "k3y-Of_it:2"')
    assert [(one.number, one.target, one.state) for one in read_back("po", text.encode())[1]] == [
        (1, ["b"], TRANSLATED),
        (2, ["d"], INITIAL),
    ]
