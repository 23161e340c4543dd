"""Texts as translation services get them: words, and three elements of XML in the place of markup. Pure.

    <p id="1">For <g id="2">jobseekers</g>:<x id="3"/></p>

`p` is a block such as a paragraph or an item of a list, `g` stands within a sentence, `x` has nothing in it. What comes back is
looked up by its number in what was sent (`exchange.formats.codes`), so that no markup comes from outside.
"""

from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from exchange.formats.codes import ALONE, OPEN
from exchange.formats.inline import read_inline

BLOCKS = {"p", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "div"}
BLOCK, WITHIN, SIGN = "p", "g", "x"
KINDS = {BLOCK: "pair", WITHIN: "pair", SIGN: ALONE}


def to_xml(codes):
    """Return the source of `Codes` as the content of an element."""
    return "".join(escape(part) if isinstance(part, str) else tag(part, codes) for part in codes.source)


def tag(code, codes):
    if code.kind == ALONE:
        return f'<{SIGN} id="{code.number}"/>'
    name = BLOCK if codes.tags[code.number].name.lower() in BLOCKS else WITHIN
    return f'<{name} id="{code.number}">' if code.kind == OPEN else f"</{name}>"


def from_xml(text):
    """Return what a service made of the content of an element, as parts. Raises ValueError where it is no XML."""
    try:
        return read_inline(fromstring(f"<text>{text}</text>", forbid_dtd=True), KINDS)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("No well-formed XML came back.") from error
