"""Glossaries as TBX files: what is written is read again, and what others write is read or refused."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage.tbx import tbxfile

from exchange.formats import tbx
from exchange.formats.errors import FormatError
from exchange.formats.tbx import Concept, Words
from tests.exchange_files import ANY
from tests.term_files import BOMB, entry, foreign, term

LANGUAGES = ("nl", "fr", "en")
START3 = '<tbx style="dct" type="TBX-Basic" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" '
START3 += 'xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"><text><body>'
ESF = Concept(
    "actiris.esf.1-2-",
    {
        "nl": Words("Europees Sociaal Fonds", "ESF", ("fonds van de Unie",), ("Fondsen",), "Geld & <werk>."),
        "fr": Words("Fonds social européen", "FSE"),
    },
)


def as_tbx(*concepts):
    file = io.BytesIO()
    tbx.write(concepts, file, "Glossary")
    return file.getvalue()


def read(data, **limits):
    return list(tbx.read(io.BytesIO(data), LANGUAGES, **limits))


def test_what_is_written_is_read_again():
    assert read(as_tbx(ESF)) == [ESF]


@settings(max_examples=30)
@given(ANY, ANY, st.lists(ANY, max_size=2), ANY)
def test_any_words_come_back_as_the_glossary_keeps_them(name, short, others, definition):
    plain = [" ".join(tbx.clean(one).split()) for one in (name, short, definition)]
    words = Words(plain[0], plain[1], tuple(word for one in others for word in tbx.split_list(tbx.clean(one))), (), plain[2])
    assert read(as_tbx(Concept("k", {"nl": words}))) == ([Concept("k", {"nl": words})] if words.term else [])


def test_the_translate_toolkit_opens_it_and_what_it_saves_is_read():
    store = tbxfile.parsestring(as_tbx(ESF), "nl", "fr")
    [unit] = store.units
    assert (unit.source, unit.target, unit.getid()) == ("Europees Sociaal Fonds", "Fonds social européen", ESF.key)
    assert [one.text for one in unit.get_source_terms()] == ["Europees Sociaal Fonds", "ESF", "fonds van de Unie", "Fondsen"]
    assert read(bytes(store)) == [ESF]
    unit.target = "Fonds social européen plus"
    [again] = read(bytes(store))
    assert (again.key, again.words["fr"], again.words["nl"]) == (
        ESF.key,
        Words("Fonds social européen plus", "FSE"),
        ESF.words["nl"],
    )


def test_what_the_translate_toolkit_makes_itself_is_read():
    store = tbxfile(sourcelanguage="nl", targetlanguage="fr")
    unit = store.addsourceunit("werk")
    unit.settarget("emploi", "fr")
    [concept] = read(bytes(store))
    assert {code: words.term for code, words in concept.words.items()} == {"nl": "werk", "fr": "emploi"}


DEPRECATED = '<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote>'


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (entry(term("nl-BE", " twee \n woorden ")), {"nl": Words("twee woorden")}),
        (entry(term("nl", "a", DEPRECATED), term("fr", "b")), {"fr": Words("b")}),
        (
            entry(
                '<langSet xml:lang="fr"><descripGrp><descrip type="definition">Quoi.</descrip></descripGrp>'
                "<ntig><termGrp><term>a <hi>b</hi></term></termGrp></ntig>"
                '<tig><term>x</term><termNoteGrp><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote>'
                "</termNoteGrp></tig>"
                f"<tig><term>non</term>{DEPRECATED}</tig></langSet>"
            ),
            {"fr": Words("x", "", ("a b",), (), "Quoi.", ("non",))},
        ),
        (entry('<descrip type="definition">nobody\'s</descrip>', term("en", "c")), {"en": Words("c")}),
        (
            entry('<langSet lang="en"><tig><term>no language</term></tig></langSet>', term("de", "eins"), term("nl", "een")),
            {"nl": Words("een")},
        ),
    ],
)
def test_what_programs_do_to_tbx(body, words):
    assert [concept.words for concept in read(foreign(body))] == [words]


def test_a_file_of_2019_with_tags_for_its_categories_is_read():
    body = (
        '<conceptEntry id="c"><langSec xml:lang="nl"><termSec><term>fonds</term>'
        "<min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>"
        "<basic:definition>Geld.</basic:definition></termSec><termSec><term>F</term><min:termType>acronym</min:termType></termSec>"
        "</langSec></conceptEntry></body></text></tbx>"
    )
    assert read((START3 + body).encode()) == [Concept("c", {"nl": Words("fonds", "F", definition="Geld.")})]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_xml"),
        (b"term;definition", "not_xml"),
        (b"PK\x03\x04", "not_xml"),
        (as_tbx(ESF)[:-30], "cut_off"),
        (f"{BOMB}<martif><text><body>&b;</body></text></martif>".encode(), "entities"),
        (b'<!DOCTYPE martif [<!ENTITY x SYSTEM "file:///etc/passwd">]><martif>&x;</martif>', "entities"),
        (b'<tmx version="1.4"></tmx>', "not_tbx"),
        (b'<xliff version="1.2"></xliff>', "not_tbx"),
        (b"<martif>" * 200, "too_deep"),
        (as_tbx(ESF) + b" " * 5000, "too_large"),
        (foreign(entry(term("nl", "a")) * 4), "too_many_units"),
        (b'<?xml version="1.0" encoding="klingon"?><martif/>', "not_xml"),
        ("<martif>é</martif>".encode("latin-1"), "not_xml"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_word(data, code):
    with pytest.raises(FormatError) as refused:
        read(data, max_bytes=4000, max_concepts=3)
    assert refused.value.code == code and str(refused.value.sentence)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_other_encodings_and_line_ends(encoding):
    text = as_tbx(Concept("k", {"fr": Words("à l’été".replace("’", "'"))})).decode().replace("\n", "\r\n")
    text = text.replace('encoding="utf-8"', f'encoding="{encoding.removesuffix("-sig")}"')
    assert read(text.encode(encoding))[0].words["fr"].term == "à l'été"
