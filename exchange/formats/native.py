"""Markup that a stranger's file brings along: what of it is kept is safe on any page, and whole. Pure."""

import html
import re

from exchange.formats.markup import UNWRITABLE, split
from exchange.formats.pairing import pair

INLINE, LISTS = {"b", "strong", "i", "em", "sup", "sub", "a"}, {"ul", "ol"}
PLAIN_TAG = re.compile(r"<(b|strong|i|em|sup|sub|p|ul|ol|li)\s*>", re.IGNORECASE)
LINK = re.compile(r"""<a\s+href\s*=\s*"((?:https?://|mailto:)[^"<>\s]*)"\s*>""", re.IGNORECASE)


def safe_markup(text):
    """Return rich text with paragraphs, lists, bold, italics, links to other sites and the like, and nothing else.

    Links within a site name pages by numbers, which are others elsewhere: their words stay. Where paragraphs and lists do not
    stand as the editor of rich text has them, the words alone are kept, as one paragraph. Text without any is one, too.
    """
    tokens = pair(split(text, "rich"))
    if not any(words_of(token).strip() for token, _partner in tokens):
        return ""
    kept, around = [], []  # what is written, each with whether it stands in no line, and the names of the elements around it
    for token, partner in tokens:
        if words := words_of(token):
            if words.strip() and around and around[-1] in LISTS:
                return paragraph(tokens)
            kept.append((html.escape(words, quote=False), not around))
        elif token.kind == "alone" and token.name == "br" and not (around and around[-1] in LISTS):
            kept.append(("<br/>", not around))
        elif token.kind == "open" and partner is not None and (raw := opening(token)):
            if not may_stand(token.name, around):
                return paragraph(tokens)
            kept.append((raw, not around and token.name in INLINE))
            around.append(token.name)
        elif token.kind == "close" and partner is not None and opening(tokens[partner][0]):
            around.pop()
            kept.append((f"</{token.name}>", not around and token.name in INLINE))
    if all(not is_bare or not piece.strip() for piece, is_bare in kept):
        return "".join(piece for piece, is_bare in kept if not is_bare)
    written = "".join(piece for piece, _is_bare in kept)
    has_lines = any(line in written for line in ("<p>", "<ul>", "<ol>"))
    return paragraph(tokens) if has_lines else f"<p>{written.strip()}</p>"


def words_of(token):
    """Return the words of a token, "" for a tag."""
    if token.kind == "sign":
        return UNWRITABLE.sub("", html.unescape(token.raw))
    return token.raw if token.kind == "text" else ""


def opening(token):
    """Return a tag that opens what may be kept, as it is written, "" for any other."""
    if PLAIN_TAG.fullmatch(token.raw):
        return f"<{token.name}>"
    link = LINK.fullmatch(token.raw)
    return f'<a href="{link[1]}">' if link else ""


def may_stand(name, around):
    """Say whether an element may stand within others: lines at the top, items in lists, the rest in lines, none in itself."""
    if name == "li":
        return len(around) == 1 and around[0] in LISTS
    if name in INLINE:
        return (not around or around[-1] not in LISTS) and name not in around
    return not around


def paragraph(tokens):
    """Return the words of tokens as one paragraph."""
    words = " ".join("".join(words_of(token) or " " for token, _partner in tokens).split())
    return f"<p>{html.escape(words, quote=False)}</p>"
