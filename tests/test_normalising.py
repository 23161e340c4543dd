"""Texts as they are compared: what nobody would see is no difference."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from languages.normalising import digest, normalise
from languages.texts import is_filled


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p></p>", ""),
        ('<p data-block-key="ab1c2">Werk</p>', "<p>Werk</p>"),
        ("<p>Werk  in\nBrussel </p>\n", "<p>Werk in Brussel</p>"),
        ("<p>Werk&nbsp;in Brussel</p>", "<p>Werk in Brussel</p>"),
        ("<p><strong>Werk</strong></p>", "<p><b>Werk</b></p>"),
        ('<a linktype="page" id="3">x</a>', '<a id="3" linktype="page">x</a>'),
        ("<p>a<br>b</p>", "<p>a<br/>b</p>"),
        ("<ul>\n<li>a</li>\n</ul>", "<ul><li>a</li></ul>"),
        ("<p>a &amp; b</p>", "<p>a &#38; b</p>"),
        ("<p>a</p><p> </p>", "<p>a</p>"),
        ("<p>caf\u0065\u0301</p>", "<p>caf\u00e9</p>"),
    ],
)
def test_what_nobody_would_see_is_no_difference(one, other):
    assert normalise(one, "rich") == normalise(other, "rich")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("<p>Werk</p>", "<p>werk</p>"),
        ("<p>een twee</p>", "<p>eentwee</p>"),
        ("<p>een <b>twee</b></p>", "<p>een<b>twee</b></p>"),
        ("<p>een</p><p>twee</p>", "<p>een twee</p>"),
        ("<p><b>Werk</b></p>", "<p>Werk</p>"),
        ('<p><a id="3">x</a></p>', '<p><a id="4">x</a></p>'),
        ("<p>1 < 2</p>", "<p>1 2</p>"),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>"),
    ],
)
def test_what_a_reader_would_notice_is_a_difference(one, other):
    assert normalise(one, "rich") != normalise(other, "rich")


@pytest.mark.parametrize("text", ["<>", "< >", "<p></p>", "<br/>", "&nbsp;", "<b>", "<", "a", "<p>&lt;</p>", '<img src="x">'])
@pytest.mark.parametrize("kind", ["plain", "rich"])
def test_what_shows_something_and_nothing_else_has_a_digest(text, kind):
    assert bool(digest(text, kind)) is is_filled(text)
    assert is_filled("<>") and is_filled("< >")


def test_plain_text_is_compared_without_its_white_space_and_keeps_its_signs():
    assert normalise(" a \u00a0b\n") == "a b"
    assert normalise("<b>") == "<b>" and digest("") == digest(" \u200b ") == ""


MARKUP = [
    "a",
    " ",
    "\u00a0",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<p>",
    "</p>",
    "<br/>",
    "&lt;",
    "&amp;",
    "<",
    ">",
    "<a href='x'>",
    "</a>",
]


@pytest.mark.sweep
@given(
    some.text(alphabet="ab<>&/p \u00a0\n\"'=", max_size=40) | some.lists(some.sampled_from(MARKUP), max_size=12).map("".join)
)
@example("<p>a <b></b> c</p>")
@example("<p><b><i></i></b> a</p>")
@example("<p>a<b></b>b <i></i></p>")
def test_normalising_twice_changes_nothing_more(text):
    for kind in ("plain", "rich"):
        assert normalise(normalise(text, kind), kind) == normalise(text, kind)
