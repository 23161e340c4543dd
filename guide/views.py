"""The pages of the guide: its contents with a search, a chapter, and all chapters in one page for paper."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from guide.chapters import chapter_text, plain_text, show_labels
from guide.contents import CHAPTERS, PARTS, chapter_of
from guide.finding import find_chapters
from languages.codes import current_language
from staff_search.matching import words_of


@dataclass(frozen=True, slots=True)
class ShownChapter:
    """A chapter as the templates need it, in the language of whoever reads it or in the next best one."""

    title: str
    summary: str
    body: str
    language: str
    fell_back: bool
    url: str
    readers: str


def shown_chapter(chapter, text=None):
    """Return the `ShownChapter` of a `Chapter`, in the language of `text` where that is given."""
    text = text or chapter_text(chapter.slug, current_language())
    return ShownChapter(
        title=plain_text(text.title),
        summary=show_labels(text.summary),
        body=show_labels(text.body),
        language=text.language,
        fell_back=text.language != current_language(),
        url=reverse("guide:chapter", args=[chapter.slug]),
        readers=str(chapter.audience.words),
    )


class GuideView(WagtailAdminTemplateMixin, TemplateView):
    """What all pages of the guide share."""

    page_title = _("Guide")
    header_icon = "help"

    @cached_property
    def own_chapters(self):
        """The chapters about tasks of whoever reads."""
        return [chapter for chapter in CHAPTERS if chapter.audience.includes(self.request.user)]

    def parts(self, are_own):
        """Return `(title, chapters)` of the parts that have tasks of whoever reads, or tasks of others."""
        parts = [
            (part.title, [shown_chapter(one) for one in part.chapters if (one in self.own_chapters) == are_own])
            for part in PARTS
        ]
        return [(title, chapters) for title, chapters in parts if chapters]

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": reverse("guide:contents"), "label": _("Guide")}]


class ContentsView(GuideView):
    """The contents, one's own tasks first; or the chapters that speak of what is asked for."""

    template_name = "guide/contents.html"

    def get_context_data(self, **kwargs):
        question = " ".join(self.request.GET.get("q", "").split())
        context = {**super().get_context_data(**kwargs), "question": question}
        if words := words_of(question):
            texts = find_chapters(words, current_language())
            return {**context, "chapters": [shown_chapter(chapter_of(text.slug), text) for text in texts], "is_search": True}
        return {**context, "own_parts": self.parts(are_own=True), "other_parts": self.parts(are_own=False)}


class ChapterView(GuideView):
    """One chapter, with those before and after it."""

    template_name = "guide/chapter.html"

    @cached_property
    def chapter(self):
        chapter = chapter_of(self.kwargs["slug"])
        if chapter is None:
            raise Http404
        return chapter

    @cached_property
    def shown(self):
        return shown_chapter(self.chapter)

    def get_page_subtitle(self):
        return self.shown.title

    def get_context_data(self, **kwargs):
        place = CHAPTERS.index(self.chapter)
        previous = shown_chapter(CHAPTERS[place - 1]) if place else None
        following = shown_chapter(CHAPTERS[place + 1]) if place + 1 < len(CHAPTERS) else None
        return {**super().get_context_data(**kwargs), "chapter": self.shown, "previous": previous, "following": following}


class WholeView(GuideView):
    """One’s own chapters below each other, to be printed."""

    template_name = "guide/whole.html"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("On one page")}]

    def get_context_data(self, **kwargs):
        parts = self.parts(are_own=True) or self.parts(are_own=False)
        chapters = [chapter for _title, several in parts for chapter in several]
        return {**super().get_context_data(**kwargs), "chapters": [(one, below_a_title(one.body)) for one in chapters]}


def below_a_title(body):
    """Return the body of a chapter that stands below others: its headings one level lower, without anchors of their own."""
    lowered = body.replace("<h2 ", "<h3 ").replace("</h2>", "</h3>")
    return mark_safe(lowered.replace(' id="section-', ' data-section="'))  # noqa: S308  (made by `show_labels`)
