"""Terms explained where they stand: links from the first use of a term in a page's HTML to its definition.

Pure functions: HTML and terms go in, HTML and the terms it uses come out, with one pass over the tags and one look into an
index for each word. What is seen of the page stays as it is; only `<a class="term">` is put around some of its words.
"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache

MAX_LEAD_LENGTH = 12  # what is read back to see whether a sentence begins
MAX_LINKS = 8  # links to explanations a page: more would make a text restless
# A comment or a tag, and what kind of element it begins or, with a slash, ends.
TAG = re.compile(
    r"""(<!--.*?-->|<(?:(/?[a-zA-Z][a-zA-Z0-9-]*)|![a-zA-Z])[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>)""", re.DOTALL
)
LANG = re.compile(r"""\slang=["']?([A-Za-z]+)""")
CLASS = re.compile(r"""\sclass=["']([^"']*)""")
WORD = re.compile(r"\w+")
VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
# What is a link or a name already, what heads or labels something, and what is no running text.
UNLINKED_ELEMENTS = frozenset(
    {"a", "abbr", "button", "cite", "code", "dfn", "form", "label", "math", "nav", "option", "pre", "select", "textarea"}
    | {"caption", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "summary", "th", "time", "title"}
    | {"audio", "iframe", "script", "style", "svg", "template", "video"}
)
UNLINKED_CLASSES = frozenset(("callout-title", "figure-value", "label", "next-step", "source", "tag", "timeline-date"))
# Written in HTML, an apostrophe or a space may take several forms.
APOSTROPHE = "(?:['’ʼ]|&#x27;|&#39;|&apos;|&rsquo;)"
SPACE = "(?:\\s|\u00a0|\u202f|&nbsp;|&#160;|&#xa0;)+"
AMPERSAND = "(?:&amp;|&#38;|&)"
PIECE = re.compile("(?P<apostrophe>['’ʼ])|(?P<space>\\s+)|(?P<ampersand>&)")
# A whole word: no part of a compound, an address or a character reference.
BEFORE = r"(?<![\w\-‑@/&#])(?<!\w\.)"
AFTER = r"(?![\w\-‑]|[.@/]\w)"
SENTENCE_START = re.compile(r"(?:^|[.!?:;…•–—])[\s  \"“”«»‘’'()]*\Z")


@dataclass(frozen=True, slots=True)
class Term:
    """A term in one language: its `forms` in texts in whatever case, and its `abbreviations`, only as they are written."""

    anchor: str
    forms: tuple
    abbreviations: tuple = ()


class Form:
    """One way in which a term may stand in a text."""

    def __init__(self, term, text, is_exact):
        self.term, self.text, self.is_exact = term, text, is_exact

    @cached_property
    def pattern(self):
        """The regular expression of this form, made when its first word is met."""
        return re.compile(BEFORE + "".join(pattern_parts(self.text)) + AFTER, 0 if self.is_exact else re.IGNORECASE)


def pattern_parts(text):
    """Yield the parts of a form's regular expression."""
    end = 0
    for match in PIECE.finditer(text):
        yield re.escape(text[end : match.start()])
        yield {"apostrophe": APOSTROPHE, "space": SPACE, "ampersand": AMPERSAND}[match.lastgroup]
        end = match.end()
    yield re.escape(text[end:])


def texts_between_tags(html):
    """Return the texts of `html` that stand before, between and after its tags and comments, in their order."""
    return TAG.split(html)[::3]  # each tag comes as two parts: itself, and its element


@lru_cache(maxsize=16)
def index_forms(terms):
    """Return the forms of a tuple of terms by the first word of each in small letters, the longest form first."""
    forms_by_word = {}
    for term in terms:
        for texts, is_exact in ((term.forms, False), (term.abbreviations, True)):
            for text in filter(None, map(str.strip, texts)):
                first = WORD.match(text)
                if first:
                    forms_by_word.setdefault(first[0].lower(), []).append(Form(term, text, is_exact))
    for forms in forms_by_word.values():
        forms.sort(key=lambda form: len(form.text), reverse=True)
    return forms_by_word


def link_terms(html, terms, language, topic=""):
    """Return `html` with a link at the first use of each term, and the terms linked, in the order of the text.

    `terms` is a tuple of `Term`s. At most `MAX_LINKS` are linked, and none that stands in `topic`, the page's own subject as
    plain text. A link goes to `#term-<anchor>` and has the id `use-<anchor>`. What is not in `language` stays as it is.
    """
    forms = index_forms(terms)
    run = LinkPass(forms, {match.term.anchor for match, _span in matches(forms, topic)})
    first, *parts = TAG.split(html)
    linked = [run.add_links(first)]
    silent, depth = None, 0
    for tag, name, text in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        if silent is None:
            if name and name[0] != "/" and is_unlinked(name.lower(), tag, language):
                silent, depth = name.lower(), 1
        elif name and name.lower().removeprefix("/") == silent:
            depth += -1 if name[0] == "/" else 1
            silent = silent if depth else None
        linked += tag, text if silent or not text or text.isspace() else run.add_links(text)
    return "".join(linked), run.used


def is_unlinked(name, tag, language):
    """Say whether nothing is to be linked within an element, given its start tag."""
    if name in UNLINKED_ELEMENTS:
        return True
    if name in VOID:
        return False
    if " lang=" in tag and (match := LANG.search(tag)) and match[1].lower() != language:
        return True
    return " class=" in tag and (match := CLASS.search(tag)) is not None and not UNLINKED_CLASSES.isdisjoint(match[1].split())


def matches(forms, text):
    """Yield `(form, span)` for the terms of a text without tags, from left to right; the longest form at each place."""
    if forms.keys().isdisjoint(map(str.lower, WORD.findall(text))):  # as of most texts
        return
    end = 0
    for word in WORD.finditer(text):
        if word.start() < end:
            continue
        for form in forms.get(word[0].lower(), ()):
            match = form.pattern.match(text, word.start())
            if match and not is_in_a_name(form.text, text, word.start()):
                end = match.end()
                yield form, match.span()
                break


def is_in_a_name(form, text, start):
    """Say whether a word written small has a capital within a sentence: "formation" in "Bruxelles Formation"."""
    return form[0].islower() and text[start].isupper() and not SENTENCE_START.search(text[:start][-MAX_LEAD_LENGTH:])


class LinkPass:
    """One pass over a page's HTML, which remembers the terms linked so far."""

    def __init__(self, forms, seen):
        self.forms, self.seen, self.used = forms, set(seen), []

    def add_links(self, text):
        """Return a text without tags, with links around the terms that stand in it for the first time."""
        parts, end = [], 0
        for form, (start, stop) in matches(self.forms, text):
            anchor = form.term.anchor
            if anchor in self.seen or len(self.used) == MAX_LINKS:
                continue
            self.seen.add(anchor)
            self.used.append(form.term)
            link = f'<a class="term" id="use-{anchor}" href="#term-{anchor}">{text[start:stop]}</a>'
            parts += [text[end:start], link]
            end = stop
        return "".join([*parts, text[end:]]) if parts else text
