"""What changed between two versions of a text, marked word by word for people who translate."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from html import unescape
from itertools import chain, takewhile

from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _

from languages.normalising import BLOCKS, normalise

TOKEN = re.compile(r"<[^>]+>|&#?\w+;|[^\W_]+|\s|[^<]")
PLAIN = re.compile(r"[^\W_]+|\s|.", re.DOTALL)
NAME = re.compile(r"</?([a-z0-9]+)")
LINE_END = format_html("<{}>", "br")
TARGET = re.compile(r'(?:href|id)="([^"]*)"')
BUDGET = 500_000  # comparisons of two words: some hundredths of a second
DIRECT_LIMIT = 100_000  # comparisons that a first look at two texts may take; above that sentences are compared before words


@dataclass(frozen=True, slots=True)
class DiffToken:
    """A word, a sign, a space or a tag: what is compared, and what it looks like where it changed and where it did not."""

    compared: str
    changed: str
    unchanged: str


def mark_changes(before, after, kind="plain"):
    """Return both versions as one HTML text: `<del>` around what is gone, `<ins>` around what is new. All of it is escaped.

    What marks up a text (a link, bold) is named in words where it changed.
    """
    return render_diff(before, after, kind, ("del", "ins"))


def mark_additions(before, after, kind="plain"):
    """Return the version `after` as HTML, with `<ins>` around what `before` does not say. All of it is escaped."""
    return render_diff(before, after, kind, ("ins",))


def render_diff(before, after, kind, names):
    """Return the HTML of what stayed, and of what changed as far as `names`, of the elements around it, say."""
    parts = []
    for is_equal, old, new in diff_tokens(tokens(before, kind), tokens(after, kind)):
        if is_equal:
            parts += [token.unchanged for token in new]
            continue
        changes = {"del": old, "ins": new}
        for name in names:
            if inner := join_html(token.changed for token in changes[name]):
                parts.append(format_html("<{0}>{1}</{0}>", name, inner))
    while parts and parts[-1] in ("", LINE_END):
        parts.pop()
    return join_html(parts)


def diff_tokens(old, new):
    """Yield `(is_equal, tokens of old, tokens of new)` in the order of the texts. The work is bounded (`BUDGET`)."""
    start = common_length(old, new)
    end = common_length(old[start:][::-1], new[start:][::-1])
    yield True, old[:start], new[:start]
    middle, other = old[start : len(old) - end], new[start : len(new) - end]
    if count_equal_pairs(middle, other) <= DIRECT_LIMIT:
        yield from BoundedMatcher(middle, other, BUDGET).steps()
    else:
        yield from diff_sentences(middle, other)
    yield True, old[len(old) - end :], new[len(new) - end :]


def diff_sentences(old, new):
    """Like `diff_tokens`; words are compared only within what changed between two sentences that are the same."""
    matcher = BoundedMatcher(sentences(old), sentences(new), BUDGET)
    steps = list(matcher.steps())
    left = matcher.left
    for is_equal, before, after in steps:
        gone, come = list(chain(*before)), list(chain(*after))
        if is_equal:
            yield True, gone, come
        else:
            matcher = BoundedMatcher(gone, come, left)
            yield from matcher.steps()
            left = matcher.left


def common_length(old, new):
    """Return how many tokens at the beginning of two texts are the same."""
    return sum(1 for _pair in takewhile(lambda pair: pair[0].compared == pair[1].compared, zip(old, new, strict=False)))


def count_equal_pairs(old, new):
    """Return how many pairs of equal words two texts have: what it takes to find the longest that they share."""
    counts = Counter(token.compared for token in new if not token.compared.isspace())
    return sum(counts[token.compared] for token in old)


def sentences(text):
    """Return tokens in tuples, each of which ends with a sentence or a line."""
    complete, sentence = [], []
    for token in text:
        sentence.append(token)
        if token.compared in ".!?" or token.changed == LINE_END:
            complete.append(tuple(sentence))
            sentence = []
    return [*complete, tuple(sentence)] if sentence else complete


class BoundedMatcher(SequenceMatcher):
    """Compares tokens, or tuples of them, until `budget` pairs of equal ones were looked at.

    What has not been compared by then counts as changed. Finding the longest match looks at every pair, and begins anew on
    both sides of it: without an end, texts that repeat themselves would take the cube of their length.
    """

    def __init__(self, old, new, budget):
        self.old, self.new, self.left = old, new, budget
        super().__init__(
            is_space, [comparison_key(token) for token in old], [comparison_key(token) for token in new], autojunk=False
        )

    def find_longest_match(self, alo=0, ahi=None, blo=0, bhi=None):
        self.left -= sum(1 + len(self.b2j.get(one, ())) for one in self.a[alo:ahi]) if self.left > 0 else 0
        return super().find_longest_match(alo, ahi, blo, bhi) if self.left > 0 else Match(alo, blo, 0)

    def steps(self):
        """Yield `(is_equal, part of old, part of new)`."""
        for operation, a, b, c, d in self.get_opcodes():
            yield operation == "equal", self.old[a:b], self.new[c:d]


def comparison_key(one):
    return one.compared if isinstance(one, DiffToken) else tuple(token.compared for token in one)


def is_space(compared):
    """Say whether something is no word to begin a match with: there are too many of it."""
    return isinstance(compared, str) and compared.isspace()


def join_html(parts):
    """Return escaped parts as one."""
    return format_html_join("", "{}", ((part,) for part in parts))


def tokens(text, kind):
    """Return a text, as it is compared, in tokens."""
    normalised = normalise(text, kind)
    if kind != "rich":
        return [word_token(part) for part in PLAIN.findall(normalised)]
    return [tag_token(part) if part.startswith("<") else word_token(unescape(part)) for part in TOKEN.findall(normalised)]


def word_token(text):
    html = escape(text)
    return DiffToken(text, html, html)


def tag_token(markup):
    """Return the token of a tag: a line's end, or what it does to the text."""
    name = NAME.match(markup)[1]
    if name in BLOCKS:
        ends_a_line = markup.startswith("</") or name in ("br", "hr")
        html = LINE_END if ends_a_line and name not in ("ul", "ol") else ""
        return DiffToken(markup, html, html)
    if markup.startswith("</"):
        return DiffToken(markup, "", "")
    target = TARGET.search(markup)
    labels = {
        "a": _("link: %(target)s") % {"target": unescape(target[1]) if target else ""},
        "b": _("bold"),
        "i": _("italic"),
        "sup": _("superscript"),
        "sub": _("subscript"),
    }
    return DiffToken(markup, format_html("<small>{}</small> ", labels.get(name, name)), "")
