"""The chapters of the guide as files, one for each task and language, and what is read from them.

A file is Markdown, without HTML: a heading, a paragraph that says what the task is for, steps. Above them stand the words by
which people look for the chapter and which it does not say itself. Of what its signs mean here:

- `**Save draft**` is a label. It is written as the code says it, in English, in every language, and shown as the reader's
  screen says it; `**column|Kind**` is one that has a context in the catalogue.
- `` `Ctrl+Enter` `` is a key, `![What it shows](page-form)` a picture, `[their chapter](undo)` a link to another chapter.
"""

import re
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt

from guide.pictures import picture_html

FOLDER = Path(__file__).parent / "chapters"
LABEL = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
TAG = re.compile(r"<[^>]+>")
KEY = re.compile(r"<kbd>(.*?)</kbd>")
KEYS = {"Ctrl": _("Ctrl"), "Enter": _("Enter"), "Shift": pgettext_lazy("key", "Shift")}
PLACEHOLDER = re.compile(r"%\(\w+\)s")
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
ASKED = re.compile(r"\A---\nasked: (.*?)\n---\n", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A chapter in one language: its title, what it is for, and its body; labels in them are still those of the code.

    `asked` are other words by which it is looked for, which nobody reads.
    """

    slug: str
    language: str
    title: str
    summary: str
    body: str
    asked: str = ""


@cache
def chapter_text(slug, language):
    """Return the `ChapterText` for a reader of a language, in the next best one where it must be, None where there is none."""
    for code in (language, *settings.LANGUAGE_FALLBACKS[language]):
        path = FOLDER / code / f"{slug}.md"
        if path.exists():
            return parse(path.read_text(encoding="utf-8"), slug, code)
    return None


def parse(source, slug, language):
    """Return the `ChapterText` in the source of a file."""
    markdown, environment = parser(), {"language": language}
    asked = ASKED.match(source)
    tokens = markdown.parse(ASKED.sub("", source), environment)
    number_sections(tokens)
    heading, summary, body = tokens[:3], tokens[3:6], tokens[6:]
    parts = [markdown.renderer.render(part, markdown.options, environment) for part in (heading, summary, body)]
    title, summary, body = parts
    return ChapterText(slug, language, inner_html(title), inner_html(summary), body, asked[1] if asked else "")


def number_sections(tokens):
    """Give headings the same anchors in every language: "section-1", "section-2"."""
    openings = [token for token in tokens if token.type == "heading_open" and token.tag != "h1"]
    for number, token in enumerate(openings, start=1):
        token.attrSet("id", f"section-{number}")


def inner_html(html):
    """Return what stands in the one element of some HTML."""
    return html.strip().partition(">")[2].rpartition("<")[0]


@cache
def parser():
    """Return the parser, which writes whatever looks like HTML as text."""
    markdown = MarkdownIt("commonmark", {"html": False})
    markdown.add_render_rule("image", render_picture)
    markdown.add_render_rule("link_open", render_link)
    markdown.add_render_rule("code_inline", render_keys)
    return markdown


def render_picture(renderer, tokens, index, options, environment):
    token = tokens[index]
    alternative = renderer.renderInlineAsText(token.children, options, environment)
    return picture_html(environment["language"], token.attrGet("src"), alternative)


def render_link(renderer, tokens, index, options, environment):
    target = tokens[index].attrGet("href")
    url = reverse("guide:chapter", args=[target]) if SLUG.fullmatch(target) else target
    return f'<a href="{escape(url)}">'


def render_keys(renderer, tokens, index, options, environment):
    return " + ".join(f"<kbd>{escape(key)}</kbd>" for key in tokens[index].content.split("+"))


def labels_in(html):
    """Return the labels in what `parse` made of a chapter, as the code says them."""
    return [unescape(label) for label in LABEL.findall(html)]


def label_text(label):
    """Return what the screen says for a label, in the active language; what the screen fills in is an ellipsis here."""
    context, separator, text = label.rpartition("|")
    return capfirst(PLACEHOLDER.sub("…", pgettext(context, text) if separator else gettext(text)))


def show_labels(html):
    """Return the HTML of a chapter with its labels as the screen says them, and its keys as keyboards do."""
    shown = LABEL.sub(lambda match: f"<strong>{escape(label_text(unescape(match[1])))}</strong>", html)
    shown = KEY.sub(lambda match: f"<kbd>{KEYS.get(match[1], match[1])}</kbd>", shown)
    return mark_safe(shown)  # noqa: S308  (made by the parser, which lets no HTML through, and labels are escaped)


def plain_text(html):
    """Return the words of a chapter, with its labels as the screen says them."""
    return " ".join(unescape(TAG.sub(" ", show_labels(html))).split())
