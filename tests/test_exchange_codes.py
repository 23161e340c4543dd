"""Texts become parts and texts again, and no markup comes from what is between."""

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exchange.formats.codes import ALONE, CLOSE, OPEN, Code, Codes
from exchange.formats.shown_codes import read_shown, show
from tests.exchange_files import ANY, RICH, SOURCE, TARGET


class Tags(HTMLParser):
    """Collects the tags of a text, as other programs than ours see them, without the keys of paragraphs."""

    def __init__(self, text):
        super().__init__()
        self.found = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.found.add((tag, *(pair for pair in attrs if pair[0] != "data-block-key")))


def text_and_findings(html, parts_of):
    """Return the codes of the findings about a text that comes back as `parts_of` makes it from what was sent."""
    codes = Codes(html)
    text, findings = codes.decode(parts_of(codes.source))
    return text, sorted(finding.code for finding in findings)


@pytest.mark.sweep
@settings(max_examples=100, deadline=None)
@given(ANY | RICH, ANY | RICH, st.sampled_from(["plain", "rich"]))
def test_any_text_comes_back_byte_for_byte(source, target, kind):
    codes = Codes(source, kind=kind)
    assert codes.decode(codes.source) == (source, [])
    codes = Codes(source, target, kind=kind)
    assert codes.decode(codes.target)[0] == target
    assert read_shown(show(codes.source)) == codes.source


PART = st.text(max_size=6) | st.sampled_from(["<script>", "onclick=x", "/>", '"', "'", "&lt;", "script", "-->"])
CODE = st.builds(Code, st.integers(0, 9), st.sampled_from([OPEN, CLOSE, ALONE]))


@pytest.mark.sweep
@settings(max_examples=200, deadline=None)
@given(ANY | RICH, st.lists(PART | CODE, max_size=12))
def test_no_tag_comes_from_a_file(source, parts):
    text, _ = Codes(source).decode(parts)
    assert Tags(text).found <= Tags(source).found


def test_what_is_written_between_codes_is_text():
    text, codes = text_and_findings("<p>a</p>", lambda parts: [parts[0], "<script>alert(1)</script> &amp; <b>", parts[2]])
    assert text == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp;amp; &lt;b&gt;</p>"
    assert codes == []


@pytest.mark.parametrize(
    "broken",
    ['<b onclick="', "<b x='", "<<b>", "<!-- a", '<a b=c"d>', "<script>x</script>", "<svg>a</svg>", "<?", '<a b="c"d>'],
)
def test_the_rest_after_a_tag_that_browsers_would_guess_at_is_one_code(broken):
    rest = f"{broken} text > <i>x</i>"
    codes = Codes(f"<p>a</p>{rest}")
    assert [part for part in codes.source if isinstance(part, str)] == ["a"]
    text, findings = codes.decode([codes.source[-1], *codes.source, " onmouseover=alert(1) "])
    assert text == f"<p>a</p> onmouseover=alert(1) {rest}"
    assert [finding.code for finding in findings] == ["unbalanced"]


def test_codes_of_the_source_and_the_translation_share_numbers_but_not_the_keys_of_paragraphs():
    codes = Codes(SOURCE, TARGET)
    assert {part.number for part in codes.target if not isinstance(part, str)} <= {1, 2, 3}
    text, findings = codes.decode(codes.source)
    assert findings == [] and 'data-block-key="z9"' in text and 'data-block-key="a1"' not in text
    assert text.replace("z9", "a1") == SOURCE


def test_a_doubled_paragraph_has_no_key_of_another():
    text, codes = text_and_findings('<p data-block-key="a">x</p>', lambda parts: parts * 2)
    assert text == '<p data-block-key="a">x</p><p>x</p>'
    assert codes == []


@pytest.mark.parametrize(
    ("html", "parts_of", "text", "codes"),
    [
        ('<p>x <a href="y">z</a></p>', lambda p: [p[0], "x z", p[-1]], "<p>x z</p>", ["lost_link"]),
        ("<p>x <b>z</b></p>", lambda p: [p[0], "x z", p[-1]], "<p>x z</p>", ["lost_format"]),
        ("<p>x&nbsp;z</p>", lambda p: [p[0], "x z", p[-1]], "<p>x z</p>", ["lost_sign"]),
        ("<b>x</b>", lambda p: [*p, Code(9, ALONE)], "<b>x</b>", ["unknown"]),
        ("<b>x</b>", lambda p: [*p, Code(1, ALONE)], "<b>x</b>", ["unknown"]),
        ("<b>x</b>", lambda p: p[:2], "x", ["lost_format", "unbalanced"]),
        ("<b>x</b>", lambda p: p[1:], "x", ["lost_format", "unbalanced"]),
        (
            "<b>x<i>y</i></b>",
            lambda p: [p[0], "x", p[2], p[-1], "y", p[4]],
            "<b>x</b>y",
            ["lost_format", "unbalanced", "unbalanced"],
        ),
        ("a<br/>b", lambda p: [*p, p[1]], "a<br/>b<br/>", ["doubled"]),
        ("<b>x</b>", lambda p: p * 2, "<b>x</b><b>x</b>", []),
    ],
)
def test_what_happened_to_codes_is_said(html, parts_of, text, codes):
    assert text_and_findings(html, parts_of) == (text, codes)


def test_a_link_that_leads_elsewhere_in_the_other_language_is_not_lost():
    codes = Codes('<a href="/fr">x</a>', '<a href="/nl">y</a>')
    assert codes.decode(codes.target) == ('<a href="/nl">y</a>', [])
    assert codes.decode(codes.source)[0] == '<a href="/fr">x</a>'


@pytest.mark.parametrize(
    ("source", "target", "stored"), [("a\r\nb", "", "c\r\nd"), ("a\nb", "", "c\nd"), ("a\r\nb", "e\nf", "c\nd")]
)
def test_lines_end_as_they_did(source, target, stored):
    for returned in ("c\nd", "c\r\nd", "c\rd"):
        assert Codes(source, target, kind="plain").decode([returned])[0] == stored


@pytest.mark.parametrize(
    ("shown", "parts"),
    [
        ("⟦ 1 ⟧a⟦/1⟧", [Code(1, OPEN), "a", Code(1, CLOSE)]),
        ("⟦⟦1⟧", ["⟦1⟧"]),
        ("⟦a⟧ ⟦", ["⟦a⟧ ⟦"]),
        ("⟦\u00a02/⟧", [Code(2, ALONE)]),
        ("⟦99999999999⟧", ["⟦99999999999⟧"]),
    ],
)
def test_shown_codes_are_read_as_people_leave_them(shown, parts):
    assert read_shown(shown) == parts
