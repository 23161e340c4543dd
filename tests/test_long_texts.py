"""Texts that nobody writes, and that somebody may paste or send, are read in time that grows with their length."""

import signal
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange.formats.codes import CLOSE, OPEN, Code, Codes
from exchange.formats.markup import without_key
from languages import placeholders
from languages.normalising import normalise
from languages.twin_checks.find import find_in_texts
from languages.twin_checks.reading import read
from search.words import compounds

LONG = 100_000  # signs: whoever looks at each again for each other one is at it for minutes
MOST_SECONDS = 20  # where it takes a tenth of one
DEPTH = LONG // 2  # of elements within each other


@contextmanager
def no_endless_work():
    """Break off what goes on and on."""

    def break_off(*_args):
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, break_off)
    signal.setitimer(signal.ITIMER_VIRTUAL, MOST_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def long(shape, end=""):
    return shape * (LONG // len(shape)) + end


def find(text):
    return find_in_texts({"nl": text, "en": f"x {text}"})


def read_rich(text):
    return read(text, "rich"), normalise(text, "rich")


def decode_nested(_text):
    codes = Codes("<b>" * DEPTH + "</b>" * DEPTH)
    opened = [part for part in codes.source if part.kind == OPEN]
    return codes.decode([*opened, *(Code(part.number, CLOSE) for part in opened)])


@pytest.mark.sampled(1)
@pytest.mark.parametrize(
    ("work", "text"),
    [
        *((find, long(shape)) for shape in ("a", "1", "a.", "1a-")),
        *((find, long(shape)) for shape in ("1 000 ", "1 € ", "May ", "vingt-")),
        (find, "1 000," + long("1", ",1")),
        *((read_rich, long(shape)) for shape in ("<a ", "<!--", "<![")),
        (read_rich, long("<!--a>")),
        (compounds, long("a")),
        (placeholders.placeholders, "%" + long("0")),
        (without_key, f"<p{long(' ')}>"),
        (decode_nested, ""),
    ],
    ids=lambda value: value[:12] if isinstance(value, str) else "",
)
def test_a_long_text_is_read_once(work, text):
    with no_endless_work():
        work(text)


LIKE_MARKUP = st.lists(
    st.sampled_from(
        ["<", ">", "<!", "<![", "]]>", "<!--", "-->", "<p", "</", "<a href=", "'", '"', "&#", "&", ";", "b", " ", "/", "?"]
    )
).map("".join)


@given(LIKE_MARKUP | st.text())
def test_no_text_is_too_odd_to_be_read(text):
    assert isinstance(read(text, "rich").text, str)
    once = normalise(text, "rich")
    assert normalise(once, "rich") == once
    find_in_texts({"nl": text, "fr": f"{text}x"}, "rich")


def test_what_looks_like_markup_and_is_none_is_said():
    assert read("<p>a < b <![foo bar]]> c", "rich").text == "a < b  c"
    assert read("<p>a <!-- not seen --> b</p>", "rich").text == "a  b"
