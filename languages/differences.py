"""What changed between two versions of a text, marked word by word for people who translate."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import unescape

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from languages.normalising import BLOCKS, normalised

TOKEN = re.compile(r"<[^>]+>|&#?\w+;|[^\W_]+|\s|[^<]")
PLAIN = re.compile(r"[^\W_]+|\s|.", re.DOTALL)
NAME = re.compile(r"</?([a-z0-9]+)")
LINE_END = format_html("<{}>", "br")
TARGET = re.compile(r'(?:href|id)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, a space or a tag: what is compared, and what it looks like where it changed and where it did not."""

    compared: str
    changed: str
    unchanged: str


def marked(before, after, kind="plain"):
    """Return both versions as one HTML text: `<del>` around what is gone, `<ins>` around what is new. All of it is escaped.

    What marks up a text (a link, bold) is named in words where it changed.
    """
    return compared(before, after, kind, ("del", "ins"))


def added(before, after, kind="plain"):
    """Return the version `after` as HTML, with `<ins>` around what `before` does not say. All of it is escaped."""
    return compared(before, after, kind, ("ins",))


def compared(before, after, kind, names):
    """Return the HTML of what stayed, and of what changed as far as `names`, of the elements around it, say."""
    old, new = tokens(before, kind), tokens(after, kind)
    matcher = SequenceMatcher(None, [one.compared for one in old], [one.compared for one in new], autojunk=False)
    parts = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            parts += [one.unchanged for one in new[c:d]]
            continue
        changes = {"del": old[a:b], "ins": new[c:d]}
        for name in names:
            if inner := joined(one.changed for one in changes[name]):
                parts.append(format_html("<{0}>{1}</{0}>", name, inner))
    while parts and parts[-1] in ("", LINE_END):
        parts.pop()
    return joined(parts)


def joined(parts):
    """Return escaped parts as one."""
    return format_html_join("", "{}", ((part,) for part in parts))


def tokens(text, kind):
    """Return a text, as it is compared, in tokens."""
    seen = normalised(text, kind)
    if kind != "rich":
        return [word(one) for one in PLAIN.findall(seen)]
    return [tag(one) if one.startswith("<") else word(unescape(one)) for one in TOKEN.findall(seen)]


def word(text):
    shown = escape(text)
    return Token(text, shown, shown)


def tag(markup):
    """Return the token of a tag: a line's end, or what it does to the text."""
    name = NAME.match(markup)[1]
    if name in BLOCKS:
        ends_a_line = markup.startswith("</") or name in ("br", "hr")
        shown = LINE_END if ends_a_line and name not in ("ul", "ol") else ""
        return Token(markup, shown, shown)
    if markup.startswith("</"):
        return Token(markup, "", "")
    target = TARGET.search(markup)
    labels = {"a": _("link: %(target)s") % {"target": unescape(target[1]) if target else ""}, "b": _("bold"), "i": _("italic")}
    return Token(markup, format_html("<small>{}</small> ", labels.get(name, name)), "")
