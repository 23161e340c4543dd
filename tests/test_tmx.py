"""Translation memories as TMX files: what is written is read again, and what others write is read or refused."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats import tmx
from exchange.formats.errors import FormatError
from exchange.formats.native import safe_markup
from languages.normalising import normalise
from tests.exchange_files import ANY, RICH
from tests.memory_files import TWO, as_tmx, foreign, read, tuv


def test_what_is_written_is_read_again_with_its_markup():
    units = [
        tmx.MemoryUnit("plain", {"nl": "Werk & <zo>", "fr": "L’emploi", "en": "Work"}),
        tmx.MemoryUnit(
            "rich",
            {
                "nl": '<p data-block-key="a">Een <b>vet</b> <a href="https://x.be/?a=1&amp;b=2">stuk</a> &amp; meer</p>',
                "fr": "<ul><li>un<br/>deux</li><li>trois</li></ul>",
            },
        ),
    ]
    again = read(as_tmx(*units))
    assert [unit.kind for unit in again] == ["plain", "rich"]
    assert dict(again[0].texts) == units[0].texts
    assert {code: normalise(text, "rich") for code, text in again[1].texts.items()} == {
        code: normalise(text, "rich") for code, text in units[1].texts.items()
    }


@given(st.lists(st.tuples(ANY, ANY), max_size=3))
def test_any_plain_texts_come_back_but_for_what_no_file_can_hold(pairs):
    units = [tmx.MemoryUnit("plain", {"nl": one, "fr": other}) for one, other in pairs]
    for unit in read(as_tmx(*units)):
        assert set(unit.texts) == {"nl", "fr"}


@given(RICH | ANY)
def test_whatever_rich_text_comes_in_is_safe_whole_and_stays_what_it_is(text):
    safe = safe_markup(text)
    Strict(safe)
    assert normalise(safe_markup(safe), "rich") == normalise(safe, "rich")


class Strict(HTMLParser):
    """Asserts that only what the editor of rich text makes stands in a text, well nested, in paragraphs and lists."""

    allowed = {"p", "ul", "ol", "li", "b", "strong", "i", "em", "sup", "sub", "a", "br"}

    def __init__(self, text):
        super().__init__()
        self.around = []
        self.feed(text)
        self.close()
        assert not self.around

    def handle_starttag(self, tag, attrs):
        assert tag in self.allowed and (tag in ("p", "ul", "ol")) == (not self.around), tag
        assert [name for name, _value in attrs] == (["href"] if tag == "a" else [])
        assert all(value.startswith(("http://", "https://", "mailto:")) for _name, value in attrs)
        self.around += [tag] if tag != "br" else []

    def handle_startendtag(self, tag, attrs):
        assert tag == "br" and not attrs and self.around

    def handle_endtag(self, tag):
        assert self.around.pop() == tag

    def handle_data(self, data):
        assert self.around and self.around[-1] not in ("ul", "ol")


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("<p>a</p><script>alert(1)</script>", "<p>a</p>"),
        ('<p onclick="x()">a <b>b</b></p>', "<p>a <b>b</b></p>"),
        ('<p><a linktype="page" id="3">hier</a></p>', "<p>hier</p>"),
        ('<p><a href="javascript:alert(1)">hier</a></p>', "<p>hier</p>"),
        ("zomaar <i>een</i> zin", "<p>zomaar <i>een</i> zin</p>"),
        ("<p>a</p>los", "<p>a los</p>"),
        ("<ul>los<li>b</li></ul>", "<p>los b</p>"),
        ("<p> </p>", ""),
        ("<p>a</p>\n<ul>\n<li>b</li></ul>", "<p>a</p><ul>\n<li>b</li></ul>"),
        ('<ul><li>a</li></ul><p class="x"> </p>', "<ul><li>a</li></ul>"),
    ],
)
def test_of_markup_only_what_is_safe_anywhere_is_kept(text, safe):
    assert safe_markup(text) == safe


def test_files_of_other_programs_are_read_whatever_their_languages_codes_and_doctype():
    coded = 'Dag <bpt i="1">{b}</bpt>wereld<ept i="1">{/b}</ept>.'
    body = (
        f"<tu>{tuv('NL-BE', coded)}{tuv('fr_FR', 'Bonjour.')}{tuv('fr', 'Une autre fois.')}{tuv('de', 'Hallo.')}</tu>"
        f"<tu>{tuv('nl', 'Alleen')}{tuv('de', 'Allein')}</tu><tu/>"
        '<tu><tuv lang="en"><seg>Old <hi>version</hi></seg></tuv><tuv lang="FR"><seg>Ancienne</seg></tuv></tu>'
    )
    units = read(foreign(body))
    assert [dict(unit.texts) for unit in units] == [
        {"nl": "Dag wereld.", "fr": "Bonjour."},
        {"fr": "Ancienne", "en": "Old version"},
    ]
    in_utf16 = foreign(body).decode().replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")
    assert read(in_utf16) == units


def test_the_markup_of_another_program_is_kept_where_it_is_html():
    bold, picture = '<bpt i="1">&lt;b&gt;</bpt>{}<ept i="1">&lt;/b&gt;</ept>', "<ph>&lt;img src=x&gt;</ph>"
    body = f"<tu>{tuv('nl', bold.format('vet'))}{tuv('fr', bold.format('gras') + picture)}</tu>"
    (unit,) = read(foreign(body, "html"))
    assert unit.kind == "rich" and dict(unit.texts) == {"nl": "<p><b>vet</b></p>", "fr": "<p><b>gras</b></p>"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not_xml"),
        (b"nothing", "not_xml"),
        (b'<xliff version="1.2"/>', "not_tmx"),
        (b'<tmx version="2.0"/>', "not_tmx"),
        (foreign(TWO)[:-20], "cut_off"),
        (foreign(TWO, start='<!DOCTYPE tmx [<!ENTITY a "b">]>'), "entities"),
        (foreign(TWO, start='<!DOCTYPE tmx [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]>'), "entities"),
        (foreign(TWO * 3), "too_many_units"),
        (foreign(TWO + " " * 5000), "too_large"),
        (foreign(f"<tu>{tuv('nl', '<hi>' * 200 + '</hi>' * 200)}</tu>"), "too_deep"),
    ],
)
def test_what_is_no_such_file_damaged_or_too_large_is_refused(data, code):
    with pytest.raises(FormatError) as refused:
        read(data, max_bytes=4000, max_units=2)
    assert refused.value.code == code and str(refused.value.sentence)
