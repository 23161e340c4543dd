"""Packages of texts for tests: as files in memory, and any texts that an editor or a stranger may have stored."""

import io
from datetime import date
from html import escape

from hypothesis import strategies as st

from exchange.formats import docx, po, xliff1, xliff2
from exchange.formats.codes import Codes
from exchange.formats.packages import BEHIND, FINE, MISSING, Head, Package, PackageText

FORMATS = {"xliff2": xliff2, "xliff1": xliff1, "po": po, "docx": docx}
HEAD = Head("k3y-Of_it", "fr", "nl")
# What programs write into a file whose texts somebody has looked at, in place of what stands there when it goes out.
CALLED_CORRECT = {
    "xliff2": (rb'state="initial" subState="actiris:behind"', b'state="final"'),
    "xliff1": (rb'state="needs-review-translation"', b'state="signed-off"'),
    "po": (rb"#, fuzzy\n", b""),
}
SOURCE = (
    '<p data-block-key="a1">Bonjour &amp; <b>salut</b>, l\'<a linktype="page" id="3">emploi</a> : 50 % de m<sup>2</sup></p>'
    '<ul><li data-block-key="b2">un<br/>deux</li></ul>'
)
TARGET = '<p data-block-key="z9">Dag &amp; <b>hallo</b>, <a linktype="page" id="3">werk</a></p>'

SIGNS = st.sampled_from(
    [*"aé'\"&<>⟦⟧%\\ \t\n", "\u00a0", "\u202f", "\u200f", "שלום", "🧭", "&nbsp;", "⟦1⟧", "1/⟧", "\u2028", "\x85"]
)
WORDS = st.lists(SIGNS | st.text(max_size=5), max_size=8).map("".join)
ODD = st.sampled_from(
    ["\r\n", "\r", "\x00", "\x0b", "\ufffe", "<br>", "<b>", "</b>", "</p>", "<a href='x>'>", "&#1;", "&quot;"]
)
ANY = st.lists(WORDS | ODD, min_size=1, max_size=8).map("".join).filter(bool)
INLINE = st.recursive(
    WORDS.map(lambda words: escape(words, quote=False)) | st.just("<br/>") | st.just("&nbsp;"),
    lambda inner: st.builds(
        lambda tag, pieces: f"<{tag}>{''.join(pieces)}</{tag.split()[0]}>",
        st.sampled_from(["b", "i", "sup", 'a linktype="page" id="5"', 'a href="https://x.be/?a=1&amp;b=2"']),
        st.lists(inner, max_size=3),
    ),
    max_leaves=6,
)
PARAGRAPH = st.builds(
    lambda tag, key, pieces: f'<{tag} data-block-key="{key}">{"".join(pieces)}</{tag}>',
    st.sampled_from(["p", "h3"]),
    st.text("abcdef0123", min_size=5, max_size=5),
    st.lists(INLINE, max_size=3),
)
LIST = st.builds(
    lambda pieces: f"<ul>{''.join(f'<li>{one}</li>' for one in pieces)}</ul>", st.lists(INLINE, min_size=1, max_size=2)
)
RICH = st.lists(PARAGRAPH | LIST, min_size=1, max_size=3).map("".join)
TEXT = st.builds(
    lambda kind, source, target, was, state: (kind, source, target, was, state),
    st.sampled_from(["plain", "rich"]),
    ANY | RICH,
    st.just("") | ANY | RICH,
    st.just("") | ANY | RICH,
    st.sampled_from([MISSING, BEHIND, FINE]),
)


@st.composite
def packages(draw):
    """Draw a package of a few texts."""
    texts = []
    for number, (kind, source, target, was, state) in enumerate(draw(st.lists(TEXT, min_size=1, max_size=4)), start=1):
        limit = draw(st.none() | st.integers(1, 999))
        texts.append(PackageText(number, f"Page {number // 2}", draw(WORDS), kind, source, target, was, limit, state))
    return Package(HEAD, draw(WORDS), texts, note=draw(WORDS))


def make_text(number=1, source="Bonjour", target="", kind="plain", **others):
    """Return a text of a package."""
    return PackageText(number, "Nos réseaux", "Introduction", kind, source, target, **others)


def package_of(*texts):
    """Return a package of texts, by default of one of each kind."""
    behind = {"was": SOURCE.replace("deux", "trois"), "limit": 200, "state": BEHIND, "terms": (("emploi", "werk"),)}
    texts = texts or (
        make_text(1, SOURCE, TARGET, "rich", **behind),
        make_text(2, "Un titre", notes=("Pas plus de deux lignes.",)),
        make_text(3, "Lu ailleurs", "Elders gelezen", state=FINE, is_context=True),
    )
    return Package(HEAD, "Réseaux, décembre", texts, date(2026, 12, 18), "Merci !")


def write_bytes(format_name, package):
    """Return the bytes of a package as a file."""
    file = io.BytesIO()
    FORMATS[format_name].write(package, file)
    return file.getvalue()


def read_back(format_name, data):
    """Return the head and the texts of a file."""
    returned = FORMATS[format_name].read(io.BytesIO(data))
    return returned.head, list(returned.texts)


def codes_of(text):
    """Return the codes of a text of a package."""
    return Codes(text.source, text.target, text.was, text.kind)
