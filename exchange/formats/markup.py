"""What in a stored text is not for translators: tags, and characters that a file cannot hold. Pure.

Rich text is read as the HTML standard reads it (13.2.5), but strictly: where browsers would have to guess at a tag, the rest of
the text is one code. So nothing that is written between two codes becomes part of a tag.
"""

import html
import re
from dataclasses import dataclass

# Elements without an end, and those whose text is no text.
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
RAW = "script|style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|svg|math|template|select"
# What XML 1.0 cannot hold (section 2.2), and the return of the carriage, which its readers would change (2.11).
UNWRITABLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TOKEN = re.compile(
    r"""
    (?P<tail> <(?:"""
    + RAW
    + r""")\b.* )
    | <(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)
      (?: \s++ [^\s"'<>/=]++ (?: \s*+ = \s*+ (?: "[^"]*+" | '[^']*+' | [^\s"'=<>`]++ ) )?+ )*+
      \s*+ (?P<alone>/?) >
    | (?P<sign> & (?: \#[0-9]+ ; | \#[xX][0-9a-fA-F]+ ; | [a-zA-Z][a-zA-Z0-9]* ; )? | <[\s\d=] | > )
    | (?P<rest> <.* )
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
BLOCK_KEY = re.compile(r"""(?<!\s)\s+data-block-key\s*=\s*(?:"[^"]*"|'[^']*')""")
LINE = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class MarkupToken:
    """A piece of a stored text: `kind` is "text", "open", "close", "alone" (a tag), "sign" or "tail" (all the rest)."""

    kind: str
    raw: str
    name: str = ""


def split(text, kind):
    """Return the tokens of a stored text, of a unit of that `kind`; the "text" among them is unescaped and may be joined again.

    Every "\\n" of a text that ends its lines with "\\r\\n" alone is written for both.
    """
    if has_windows_lines(text):
        text = text.replace("\r\n", "\n")
    tokens = list(split_rich(text)) if kind == "rich" else [MarkupToken("text", text)]
    split_up = []
    for token in tokens:
        split_up += split_signs(token.raw) if token.kind == "text" else [token]
    return split_up


def split_rich(text):
    """Yield the tokens of rich text, but for the characters that a file cannot hold."""
    at = 0
    for match in TOKEN.finditer(text):
        raw = match[0]
        if match["sign"] and html.escape(plain := html.unescape(raw), quote=False) == raw:
            yield MarkupToken("text", text[at : match.start()] + plain)
        else:
            yield MarkupToken("text", text[at : match.start()])
            yield tag_token(match)
        at = match.end()
    yield MarkupToken("text", text[at:])


def tag_token(match):
    """Return the token of a match that is not text."""
    if match["tail"] or match["rest"]:
        return MarkupToken("tail", match[0])
    if match["sign"]:
        return MarkupToken("sign", match[0])
    name = match["name"].lower()
    if match["end"]:
        return MarkupToken("close", match[0], name)
    return MarkupToken("alone" if match["alone"] or name in VOID else "open", match[0], name)


def split_signs(text):
    """Yield the tokens of plain text: what a file can hold, and each other character as a sign."""
    at = 0
    for match in UNWRITABLE.finditer(text):
        yield MarkupToken("text", text[at : match.start()])
        yield MarkupToken("sign", match[0])
        at = match.end()
    yield MarkupToken("text", text[at:])


def has_windows_lines(text):
    """Say whether each line of a text ends with "\\r\\n"."""
    return set(LINE.findall(text)) == {"\r\n"}


def without_key(raw):
    """Return a tag without the key that the editor gives each paragraph, and which no two may share."""
    return BLOCK_KEY.sub("", raw)


def is_writable(sign):
    """Say whether a file can hold a character."""
    return not UNWRITABLE.match(sign)


def clean(text):
    """Return a text for a note or a name, with U+FFFD for what a file cannot hold."""
    return UNWRITABLE.sub("\ufffd", LINE.sub("\n", text))
